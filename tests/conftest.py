"""The fixed cast and its world, for every test; each fixture makes only what it names."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import translation

from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Role
from customers.models import Membership
from sla import library
from tests import places
from tests.product import Product, running
from tickets import services
from tickets.models import Ticket

LONGEST = ("tests/browser/test_every_page.py", "tests/servicedesk/test_launch_up.py")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that really commit are cleaned up by TRUNCATE, which the log refuses everywhere else."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS ticketevent_no_truncate ON tickets_ticketevent")
        cursor.execute("DROP TRIGGER IF EXISTS movement_no_truncate ON spares_movement")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A request in another language leaves that language to the thread, and so to the next test."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _static_files_as_they_are(settings: Any) -> None:
    """Pages name their style sheets without a collected manifest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def _fresh_library() -> None:
    """Compiled schemes are kept for the life of a process; here the database is rolled back under it."""
    library.forget()


@pytest.fixture(autouse=True)
def _replies_leave_at_once(settings: Any) -> None:
    """Tests about the wait set their own."""
    settings.SEND_WAIT_SECONDS = 0


@pytest.fixture(autouse=True)
def _no_rush(settings: Any) -> None:
    """Tests with a frozen clock stay within one window of the rate limits; those about limits set their own."""
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"staff_key": "100000/s", "customer_key": "100000/s"}


@pytest.fixture
def still() -> Iterator[None]:
    """Monday, 10:00 in Shanghai, and the clock stands: no day, no minute and no window of a limit ends in between.

    Named before the fixtures that sign somebody in: a session of another day is over.
    """
    with time_machine.travel(datetime(2026, 11, 16, 2, 0, tzinfo=UTC), tick=False):
        yield


def person(name: str, role: Role) -> User:
    return User.objects.create_user(f"{name}@demo.test", "correct horse", name=name.title(), role=role)


@pytest.fixture
def agent(db: None) -> User:
    return person("agent", Role.AGENT)


@pytest.fixture
def lead(db: None) -> User:
    return person("lead", Role.LEAD)


@pytest.fixture
def manager(db: None) -> User:
    return person("manager", Role.MANAGER)


@pytest.fixture
def engineer(db: None) -> User:
    return person("engineer", Role.ENGINEER)


@pytest.fixture
def storekeeper(db: None) -> User:
    return person("storekeeper", Role.STOREKEEPER)


@pytest.fixture
def administrator(db: None) -> User:
    return person("admin", Role.ADMINISTRATOR)


@pytest.fixture
def acme(db: None) -> SimpleNamespace:
    """`organisation`, `hq`, `plant`, `contract` (infrastructure), `unit` SN-1234 at hq, `plant_unit` SN-1235."""
    return places.acme()


@pytest.fixture
def borealis(db: None) -> SimpleNamespace:
    """`organisation`, `site`, `contract` (power), `unit` SN-2234."""
    return places.borealis()


@pytest.fixture
def cathay(db: None) -> SimpleNamespace:
    """`organisation`, `site`, `contracts` (software for its software, hardware for the rest)."""
    return places.cathay()


@pytest.fixture
def delta(db: None) -> SimpleNamespace:
    """`organisation`, `site` in Berlin, `contract` (teleconference)."""
    return places.delta()


@pytest.fixture
def alice(acme: SimpleNamespace) -> User:
    """Customer: acme-hq."""
    user = person("alice", Role.CUSTOMER)
    Membership.objects.create(user=user, organisation=acme.organisation, site=acme.hq)
    return user


@pytest.fixture
def bob(acme: SimpleNamespace) -> User:
    """Customer, colleague of another site: acme-plant only."""
    user = person("bob", Role.CUSTOMER)
    Membership.objects.create(user=user, organisation=acme.organisation, site=acme.plant)
    return user


@pytest.fixture
def carol(borealis: SimpleNamespace) -> User:
    """Customer of another organisation: the stranger. Sees all of borealis."""
    user = person("carol", Role.CUSTOMER)
    Membership.objects.create(user=user, organisation=borealis.organisation)
    return user


@pytest.fixture
def report(acme: SimpleNamespace, agent: User) -> Callable[..., Ticket]:
    """Makes a ticket at acme-hq by the agent: `report(title=..., by=user, at=instant, now=instant, site=...)`."""

    def make(by: User | None = None, at: datetime | None = None, now: datetime | None = None, **facts: Any) -> Ticket:
        written_at = now or datetime.now(UTC)
        values = {"title": "Server does not start", "organisation": acme.organisation, "site": acme.hq, **facts}
        intake = services.Intake(**values)
        return services.report(intake=intake, by=Actor(user=by or agent), at=at or written_at, now=written_at)

    return make


@pytest.fixture
def ticket(report: Callable[..., Ticket]) -> Ticket:
    """An open fault at acme-hq, reported an hour ago."""
    return report(at=datetime.now(UTC) - timedelta(hours=1))


@pytest.fixture(scope="session")
def _product(django_db_setup: None, django_db_blocker: Any) -> Iterator[Product]:
    with django_db_blocker.unblock(), running() as product:
        yield product


@pytest.fixture
def product(transactional_db: None, _product: Product) -> Iterator[Product]:
    """The real product in a process of its own, pages and streams; see tests/product.py."""
    yield _product
    _product.come_to_rest()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's event loop stays in the thread once it has run; tests that fork or commit come before it.

    The longest come first of each half: at the end no process waits for another's.
    """
    items.sort(key=lambda item: (item.nodeid.startswith("tests/browser/"), not item.nodeid.startswith(LONGEST)))
