"""The next due time on the ticket's row, so that lists are index scans. Only `sla` calls this."""

from collections.abc import Sequence
from datetime import datetime

from common.bulk import update_rows
from tickets.models import Ticket


def set_next_due(rows: Sequence[tuple[Ticket, datetime | None, str]]) -> None:
    """(ticket, due or None, target code); writes only what differs. The caller holds the tickets' locks."""
    changed = [row for row in rows if (row[0].next_due_at, row[0].next_due_target) != row[1:]]
    for ticket, due_at, target in changed:
        ticket.next_due_at, ticket.next_due_target = due_at, target
    update_rows(Ticket, ("next_due_at", "next_due_target"), [(t.pk, due, target) for t, due, target in changed])
