"""The first page of the queue is read through one index, however many closed tickets lie behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.listing import tickets_of
from servicedesk.screens.queue.orders import keys
from servicedesk.screens.queue.pages import SIZE, ordered
from tickets.models import Ticket

NOW = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
OVER, OPEN = 5000, 60


@pytest.fixture
def years(report, agent):
    """Closed tickets by the thousand, one of which still owes something, and some open ones."""
    made = report(at=NOW, now=NOW)
    more = [Ticket(**values(made), number=made.number + n + 1, state="closed") for n in range(OVER)]
    more += [Ticket(**values(made), number=made.number + OVER + n + 1, state="new") for n in range(OPEN)]
    for ticket in [more[7], *more[OVER : OVER + OPEN // 2]]:
        ticket.next_due_at = NOW + timedelta(hours=1)
    Ticket.objects.bulk_create(more)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket")


def values(ticket):
    return {"title": "Old", "received_at": NOW, "created_at": NOW, "updated_at": NOW, "kind": ticket.kind}


def test_what_is_due_next_is_found_by_index(years, agent):
    for address in ("view=due", "due=today", "due=late"):
        found = tickets_of(Filters.of_address(address), agent, NOW)
        plan = ordered(found, keys("due", is_descending=False, grouping="due", now=NOW))[: SIZE + 1].explain()
        assert "ticket_owed_by_due" in plan, plan
        assert "Seq Scan" not in plan, plan


def test_so_is_what_is_mine(years, agent):
    assert "Seq Scan" not in tickets_of(Filters.of_address("view=mine"), agent, NOW).explain()
