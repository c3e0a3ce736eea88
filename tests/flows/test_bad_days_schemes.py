"""A scheme that cannot be evaluated, or whatever else goes wrong with the clocks: the fault is accepted through every
door, marked, shown to administrators, tried again with growing pauses, and healed by a version that can be read.
"""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from sla import library, services
from sla.models import Clock, SchemeVersion, Timer, Trouble
from tests.api.conftest import api  # noqa: F401
from tests.flows import reporting
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db
SIMULATION = {
    "site": {"zone": "Asia/Shanghai", "country": "CN"},
    "ticket": {"kind": "fault"},
    "events": [{"type": "received", "at": "2026-11-20T17:50:00+08:00", "level": "3"}],
    "as_of": "2026-11-22T12:00:00+08:00",
}


def publish(version, change):
    """A version of acme's scheme as it would stand there after a fault in publishing, not through our own check."""
    document = SchemeVersion.objects.get(code="infrastructure", version=1).document
    now = datetime.now(UTC)
    SchemeVersion.objects.create(
        code="infrastructure", version=version, name="Infrastructure", document=change(document),
        effective_at=now - timedelta(hours=1), published_at=now,
    )  # fmt: skip
    library.forget()


def with_odd_calendar(document):
    first, *rest = document["targets"]
    return {**document, "targets": [{**first, "counts_on": {"1": {"x": 1}}}, *rest]}


BROKEN = {
    "nothing": lambda document: {},
    "a list": lambda document: [],
    "nonsense": lambda document: {**document, "targets": "nonsense"},
    "odd calendar": with_odd_calendar,
    "no level": lambda document: {**document, "levels": []},
}


@pytest.fixture(params=BROKEN)
def broken(request, acme):
    publish(9, BROKEN[request.param])


@pytest.fixture
def broken_once(acme):
    publish(9, BROKEN["nonsense"])


@pytest.mark.usefixtures("broken")
def test_web_form_accepts(client, acme, alice):
    client.force_login(alice)
    walk = reporting.Walk(client)
    walk.equipment(unit=acme.unit.pk)
    walk.fault()
    answer = walk.check(**reporting.CONTACT)
    assert reporting.reported().reference in answer.content.decode()
    assert Trouble.objects.get().ticket == reporting.reported()


@pytest.mark.usefixtures("broken")
def test_rest_accepts(api, agent):  # noqa: F811
    made = api(agent).post("tickets/", {"kind": "fault", "title": "x", "organisation": "acme", "site": "acme-hq"})
    assert (made.status_code, made.json()["clocks"]) == (201, [])
    assert Trouble.objects.get().ticket.reference == made.json()["number"]


@pytest.mark.usefixtures("broken_once")
@pytest.mark.parametrize("role", ["agent", "manager", "administrator"])
def test_no_page_breaks(client, request, report, role):
    ticket = report()
    client.force_login(request.getfixturevalue(role))
    pages = ["/tickets/", f"/tickets/{ticket.reference}/", f"/tickets/{ticket.reference}/preview/?level=2"]
    pages += ["/dashboard/", "/dashboard/tickets/", "/dashboard/export.csv", "/schemes/", "/tickets/new/"]
    for page in pages:
        assert client.get(page).status_code == 200, page
    assert client.get("/schemes/infrastructure/").status_code in (200, 503)


@pytest.mark.usefixtures("broken_once")
def test_rest_goes_on(api, agent, report):  # noqa: F811
    client, path = api(agent), f"tickets/{report().reference}/"
    for address in (path, f"{path}clocks/", "tickets/", "schemes/", "schemes/infrastructure/"):
        assert client.get(address).status_code == 200
    for door, body in (("replies", {"body": "x"}), ("notes", {"body": "x"}), ("events", {"type": "responded"})):
        assert client.post(f"{path}{door}/", body).status_code == 201
    assert client.post("schemes/infrastructure/simulate/", SIMULATION).status_code == 409


@pytest.mark.usefixtures("broken_once")
def test_it_is_shown_to_who_must_know(client, administrator, agent, report):
    ticket = report()
    client.force_login(agent)
    assert "cannot be worked out" in client.get(f"/tickets/{ticket.reference}/").content.decode()
    client.force_login(administrator)
    page = client.get("/status/").content.decode()
    assert ticket.reference in page
    assert "a list of tables is expected" in page


@pytest.mark.usefixtures("broken_once")
def test_pauses_between_attempts_grow_up_to_an_hour(report):
    report()
    pauses = []
    for _ in range(10):
        due = Trouble.objects.get().retry_at
        services.retry_set_aside(now=due)
        pauses.append((Trouble.objects.get().retry_at - due).total_seconds())
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (60, 3600)


@pytest.mark.usefixtures("broken_once")
def test_version_that_can_be_read_heals_what_the_broken_one_left(report):
    ticket = report()
    publish(10, lambda document: document)
    now = Trouble.objects.get().retry_at
    assert services.retry_set_aside(now=now) == 1
    assert not Trouble.objects.exists()
    targets = set(Clock.objects.filter(ticket=ticket).values_list("target", flat=True))
    assert targets == {"respond", "restore"}
    assert Timer.objects.filter(ticket=ticket).count() == 2
    ticket.refresh_from_db()
    assert ticket.next_due_target == "respond"
    assert services.check(now=now).differences == []


@pytest.mark.usefixtures("broken_once")
def test_healed_ticket_can_be_given_its_level(report, agent):
    ticket, now = report(), datetime.now(UTC)
    publish(10, lambda document: document)
    tickets.record(ticket=ticket, type="level_confirmed", by=Actor(agent), at=now, now=now, fields={"level": "1"})
    assert (Ticket.objects.get().level, Ticket.objects.get().severity) == ("1", 1)
    assert not Trouble.objects.exists()


def with_long_code(document):
    """Readable, but its clocks fit into no column: the database refuses their rows each time."""
    return {**document, "targets": [{**target, "code": "t" * 60 + target["code"]} for target in document["targets"]]}


def test_clocks_that_the_database_refuses_do_not_stop_the_others(report):
    healthy = report()
    publish(9, with_long_code)
    refused, other = report(), report()
    assert set(Trouble.objects.values_list("ticket", flat=True)) == {refused.pk, other.pk}
    Trouble.objects.create(ticket=healthy, since_at=refused.created_at, retry_at=refused.created_at, error="?")
    due = max(Trouble.objects.values_list("retry_at", flat=True)) + timedelta(seconds=1)
    assert services.retry_set_aside(now=due) == 1
    assert not Trouble.objects.filter(ticket=healthy).exists()
    assert set(Trouble.objects.values_list("attempts", flat=True)) == {2}


def test_sweep_sets_aside_what_the_database_refuses_and_fires_the_rest(report):
    healthy, now = report(), datetime.now(UTC)
    publish(9, with_long_code)
    refused = report()
    Trouble.objects.all().delete()
    Timer.objects.create(ticket=refused, target="restore", run=1, kind="miss", due_at=now)
    services.fire_due(now=now + timedelta(hours=1))
    assert Trouble.objects.get().ticket == refused
    assert TicketEvent.objects.filter(ticket=healthy, type="clock_missed").exists()
