"""Rebuilding the caches from the logs: clock rows, timer rows and the tickets' own columns must come out the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from sla import plans
from sla.models import Clock, Timer
from sla.services import rows
from sla.services.settle import settle_tickets
from tickets import services as tickets
from tickets import tags
from tickets.models import Ticket, TicketEvent

CHUNK = 50  # locked at once, so that nobody waits long


@dataclass
class Rebuilt:
    """How many tickets were read, and what differed from the rows."""

    tickets: int = 0
    differences: list[str] = field(default_factory=list)


def check(*, now: datetime) -> Rebuilt:
    """Plans every ticket anew and compares; changes nothing."""
    result = Rebuilt()
    for pks in _chunks(Ticket.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        with transaction.atomic():
            batch = list(Ticket.objects.filter(pk__in=pks))
            logs = tickets.read_logs(batch)
            for ticket in batch:
                result.differences.extend(_differences(ticket, logs[ticket.pk], now))
                result.tickets += 1
    return result


def _differences(ticket: Ticket, log: list[TicketEvent], now: datetime) -> list[str]:
    planned = plans.follow(log, now)
    clocks, gone = rows.differences(
        Clock.objects.filter(ticket=ticket), rows.clock_rows(ticket, planned), rows.CLOCK_FIELDS
    )
    timers, idle = rows.differences(
        Timer.objects.filter(ticket=ticket), rows.timer_rows(ticket, planned.plan), ("kind", "due_at")
    )
    found = [f"{ticket.reference} {row.target}:{row.run}" for row in (*clocks, *timers)]
    found += [f"{ticket.reference} has a row too many"] * (len(gone) + len(idle))
    found += [f"{ticket.reference} lacks {effect.key}" for effect in planned.effects]
    if tickets.differs(ticket, rows.promised(planned.plan)):
        found.append(f"{ticket.reference} says otherwise on its row")
    if ticket.tags != tags.of_log(log):
        found.append(f"{ticket.reference} has other tags than its log")
    return found


def rebuild(*, now: datetime) -> int:
    """Plans every ticket anew and writes what differs. Returns how many tickets were read."""
    count = 0
    for pks in _chunks(Ticket.objects.order_by("pk").values_list("pk", flat=True).iterator()):
        settle_tickets(pks=pks, now=now)
        tickets.put_tags_right(pks=pks)
        count += len(pks)
    return count


def _chunks(pks: Iterator[int]) -> Iterator[list[int]]:
    chunk: list[int] = []
    for pk in pks:
        chunk.append(pk)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
