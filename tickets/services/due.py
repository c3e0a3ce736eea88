"""What the clocks say of a ticket, on its own row, so that lists are index scans. Only `sla` calls this."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from common.bulk import update_rows
from tickets.models import Ticket
from tickets.signals import times_moved


@dataclass(frozen=True)
class Promised:
    """When a ticket is due next and by which clock, and the level that its log comes to. The fields are columns."""

    next_due_at: datetime | None
    next_due_target: str
    level: str
    severity: int | None
    is_level_confirmed: bool


COLUMNS = ("next_due_at", "next_due_target", "level", "severity", "is_level_confirmed")


def differs(ticket: Ticket, promised: Promised) -> bool:
    return tuple(getattr(ticket, name) for name in COLUMNS) != astuple(promised)


def apply(ticket: Ticket, promised: Promised) -> None:
    """Puts it on the row in memory."""
    for name, value in zip(COLUMNS, astuple(promised), strict=True):
        setattr(ticket, name, value)


def set_promised(rows: Sequence[tuple[Ticket, Promised]], *, is_told: bool = False) -> None:
    """Writes only what differs. The caller holds the tickets' locks. `is_told`: the event behind it is announced."""
    changed = []
    for ticket, promised in rows:
        if differs(ticket, promised):
            apply(ticket, promised)
            changed.append(ticket)
    update_rows(Ticket, COLUMNS, [(t.pk, *(getattr(t, name) for name in COLUMNS)) for t in changed])
    if changed and not is_told:
        times_moved.send(sender=Ticket, tickets=changed)
