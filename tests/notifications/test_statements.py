"""However many events come at once, the receiver needs the same number of statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import SYSTEM
from accounts.models import Duty, Team
from notifications import services as notifications
from notifications.models import Delivery, Notice
from tests.notifications.conftest import NOW
from tickets import services
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def missed(report, alice, engineer, lead):
    """`missed(n)`: a miss and a raise on each of n tickets, unannounced so far."""
    team = Team.objects.create(code="night", name="Night", lead=lead)
    Duty.objects.create(code="dedicated_engineer", user=engineer)

    def make(count):
        events = []
        for _ in range(count):
            ticket = report(at=NOW, now=NOW, reporter=alice, team=team, contact=services.Contact(email="x@y.test"))
            for seq, kind in enumerate(("clock_missed", "level_raised"), 90):
                data = {"target": "restore", "run": 1, "level": "2"}
                event = TicketEvent(ticket=ticket, seq=seq, type=kind, occurred_at=NOW, recorded_at=NOW, data=data)
                event.is_automatic = True
                events.append(event)
        Delivery.objects.all().delete()
        return TicketEvent.objects.bulk_create(events)

    return make


def statements(events):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        notifications.announce(events=events, now=NOW + timedelta(seconds=1))
    return len(captured)


def test_receiver_needs_as_many_statements_for_a_hundred_tickets_as_for_one(missed, administrator):
    one = statements(missed(1))
    hundred = statements(missed(100))
    assert hundred == one <= 8


def test_announcing_twice_writes_once(missed, administrator):
    events = missed(3)
    statements(events)
    rows = Delivery.objects.count(), Notice.objects.count()
    statements(events)
    assert rows == (Delivery.objects.count(), Notice.objects.count())
    assert rows[0] > 0


def test_a_new_report_costs_three_statements(report, alice):
    ticket = report(by=alice, reporter=alice)
    events = list(TicketEvent.objects.filter(ticket=ticket).select_related("ticket"))
    Delivery.objects.all().delete()
    assert statements([event for event in events if event.type == "received"]) <= 3


def test_events_nobody_hears_of_cost_nothing(ticket):
    event = TicketEvent(ticket=ticket, seq=50, type="noted", occurred_at=NOW, recorded_at=NOW, pk=0)
    assert statements([event]) == 0 == statements([TicketEvent(ticket=ticket, type="responded", data={})])


def test_system_is_nobodys_author(case, agent, mails, empty_outbox):
    empty_outbox()
    services.assign(ticket=case, assignee=agent, by=SYSTEM, now=NOW)
    assert mails() == {("assigned", "agent@demo.test")}
