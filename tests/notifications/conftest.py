"""What notification tests share: the outbox as (kind, address) pairs, a way to empty it, and acting people."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from accounts.actors import Actor
from accounts.models import User
from notifications import services as notifications
from notifications.models import Delivery
from notifications.reports import letters
from tickets import services
from tickets.models import Ticket

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def mails() -> Callable[[], set[tuple[str, str]]]:
    """What lies in the outbox: (kind, address)."""
    return lambda: {(row.kind, letters.address(row)) for row in Delivery.objects.select_related("user")}


@pytest.fixture
def empty_outbox() -> Callable[[], None]:
    return lambda: Delivery.objects.all().delete() and None


@pytest.fixture
def run_outbox(mailoutbox: list[EmailMessage]) -> Callable[..., list[EmailMessage]]:
    """The relay and its workers, as the worker does it; returns the mails sent meanwhile."""

    def run(at: datetime) -> list[EmailMessage]:
        before = len(mailoutbox)
        for pk in notifications.hand_over(now=at):
            notifications.deliver(pk=pk, now=at)
        return mailoutbox[before:]

    return run


@pytest.fixture
def happen() -> Callable[..., Any]:
    """`happen(ticket, "departed", by=engineer, at=instant)`."""

    def record(ticket: Ticket, kind: str, by: User, at: datetime = NOW, note: str = "", **fields: Any) -> Any:
        return services.record(ticket=ticket, type=kind, by=Actor(user=by), at=at, now=at, note=note, fields=fields)

    return record


@pytest.fixture
def case(report: Callable[..., Ticket], alice: User) -> Ticket:
    """A fault that alice's organisation has, reported by her an hour before NOW."""
    at = NOW - timedelta(hours=1)
    return report(by=alice, at=at, now=at, reporter=alice, level="3")
