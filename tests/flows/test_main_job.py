"""The main job, end to end: real forms, real PostgreSQL, real Redis, a real Celery worker and beat.

report          1 s            2 s               3 s            ...        agent
alice           reply missed   restore missed    (level 1)                 restores
                               4 -> 3 -> ... one step each time a second has passed
"""

import copy
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts import services as accounts
from accounts.actors import Actor
from sla import services as sla
from sla.engine.shipped import shipped_documents
from sla.models import Clock
from sla.tasks import database_now
from tests.flows import reporting
from tests.flows.workers import crew, eventually
from tests.screens.test_ticket_events import form_on
from tickets.models import TicketEvent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def impatient(acme):
    """Acme's contract promises the same as ever, only in seconds."""
    document = copy.deepcopy(shipped_documents()["infrastructure"])
    for target in document["targets"]:
        if target["code"] in ("respond", "restore"):
            target.pop("within", None)
            seconds = 1 if target["code"] == "respond" else 2
            target["within_by_level"] = dict.fromkeys("1234", f"PT{seconds}S")
    before = datetime.now(UTC) - timedelta(days=1)
    version = sla.publish(document=document, effective_at=before, now=before)
    acme.contract.scheme_version = version.version
    acme.contract.save()
    return version


def signed_in(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def raised(ticket):
    events = TicketEvent.objects.filter(ticket=ticket, type="level_raised").order_by("occurred_at")
    return [event.data["level"] for event in events]


def test_fault_reported_in_the_form_rises_by_itself_and_is_restored(
    acme, alice, agent, manager, lead, impatient, tmp_path
):
    reporting.by_customer(signed_in(alice), acme.unit, level="4")
    ticket = reporting.reported()
    assert {"respond", "restore"} <= set(Clock.objects.filter(ticket=ticket).values_list("target", flat=True))

    with crew() as hands:
        worker = hands.worker()
        hands.beat(str(tmp_path))
        assert eventually(lambda: raised(ticket)[:1] == ["3"], seconds=60)
        hands.kill(worker)  # and once more, with nobody there for a moment
        hands.worker()
        assert eventually(lambda: raised(ticket) == ["3", "2", "1"], seconds=60)
        opened = TicketEvent.objects.filter(ticket=ticket, type="crisis_opened")
        assert eventually(opened.exists, seconds=60)
    moments = TicketEvent.objects.filter(ticket=ticket, type="level_raised").values_list("occurred_at", flat=True)
    assert [at - ticket.received_at for at in moments] == [timedelta(seconds=2 * n) for n in (1, 2, 3)]

    desk = signed_in(agent)
    queue = desk.get("/tickets/").content.decode()
    assert ticket.reference in queue
    assert "Past due" in queue
    address = f"/tickets/{ticket.reference}/"
    page = desk.get(address + "?act=restored").content.decode()
    assert "Level raised" in page
    answer = desk.post(address + "events/", form_on(page) | {"note": "Power supply replaced"})
    assert answer.status_code == 302

    ticket.refresh_from_db()
    assert (ticket.state, ticket.level) == ("restored", "1")
    assert "SD-" in signed_in(manager).get("/dashboard/?days=7").content.decode()
    assert_rest_says_the_same(ticket, lead)
    assert sla.check(now=database_now()).differences == []


def assert_rest_says_the_same(ticket, user):
    _, key = accounts.create_key(user=user, name="check", by=Actor(user), now=datetime.now(UTC))
    rest = Client(headers={"Authorization": f"Bearer {key}"})
    found = rest.get(f"/api/v1/tickets/{ticket.reference}/").json()
    assert (found["state"], found["level"], found["severity"]) == ("restored", "1", 1)
    restores = [clock["state"] for clock in found["clocks"] if clock["target"] == "restore"]
    assert restores == ["missed", "missed", "missed", "missed_stopped"]
