"""A list reads of each ticket the clock it shows, not a history that grows by the hour."""

from datetime import UTC, datetime, timedelta

import pytest

from sla import services
from sla.models import Clock
from tickets.models import TicketEvent

RECEIVED = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_of_a_crisis_with_a_run_each_hour_a_list_reads_the_next_one_only(report):
    ticket = report(at=RECEIVED, now=RECEIVED, level="3")
    for hours in (33, 60, 90):
        services.fire_due(now=RECEIVED + timedelta(hours=hours))
    assert ticket.clocks.count() > 50
    ticket.refresh_from_db()
    shown = Clock.objects.shown_in_lists([ticket])
    assert {(clock.target, clock.due_at) for clock in shown} == {(ticket.next_due_target, ticket.next_due_at)}


@pytest.mark.parametrize("model", [Clock, TicketEvent])
def test_reading_in_order_does_not_join_the_tickets(model):
    assert "JOIN" not in str(model.objects.all().query)
