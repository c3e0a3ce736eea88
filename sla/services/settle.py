"""Settling: bringing locked tickets up to date with their logs and with the instant, exactly once.

Recomputes before it acts; what it appends has a unique key, so that a second settling finds nothing left to do.
A ticket that cannot be evaluated is set aside and never stops the others; an outage of the database is no fault of a
ticket and ends the whole attempt.
"""

import logging
import traceback
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F

from common.outages import is_outage
from sla import facts, plans
from sla.models import Trouble
from sla.services import rows
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

log = logging.getLogger(__name__)
Logs = Mapping[int, list[TicketEvent]]
# What one bad row can cause. A worker that is asked to stop is none of these.
FAULTS = (DatabaseError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
FIRST_RETRY, LAST_RETRY = timedelta(seconds=30), timedelta(hours=1)


def settle(*, batch: Sequence[Ticket], logs: Logs, now: datetime, are_new: bool = False, is_told: bool = False) -> int:
    """Appends the automatic events due by `now` and writes clocks and timers. Returns the number of events.

    The caller holds the locks of all tickets in `batch`; `logs` are their whole logs. `is_told`: an event of theirs led
    here, which is announced by itself.
    """
    overrides = facts.LazyOverrides()
    planned = []
    for ticket in batch:
        try:
            planned.append((ticket, plans.follow(logs[ticket.pk], now, overrides)))
        except (*FAULTS, *plans.UNREADABLE) as error:  # one bad row must not stop the rest
            if is_outage(error):
                raise
            set_aside(ticket=ticket, error=traceback.format_exc(limit=-3), now=now)
    rows.write(planned, are_new=are_new)
    if not are_new and planned:
        Trouble.objects.filter(ticket__in=[ticket.pk for ticket, _ in planned]).delete()
    additions = [_addition(ticket, outcome, logs[ticket.pk]) for ticket, outcome in planned if outcome.effects]
    quiet = [(ticket, rows.promised(outcome.plan)) for ticket, outcome in planned if not outcome.effects]
    tickets.set_promised(quiet, is_told=is_told)
    return len(tickets.append_automatic(additions=additions, now=now)) if additions else 0


def _addition(ticket: Ticket, outcome: plans.Planned, history: list[TicketEvent]) -> tickets.Addition:
    era = facts.era_of(history)
    entries = [
        tickets.Entry(effect.type, effect.at, effect.data, effect.key + era, is_automatic=True)
        for effect in outcome.effects
    ]
    return tickets.Addition(ticket, entries, history, rows.promised(outcome.plan))


def settle_safely(*, batch: Sequence[Ticket], logs: Logs, now: datetime, are_new: bool = False) -> None:
    """Like `settle`, in a savepoint: whatever goes wrong with the clocks, the fact itself is kept."""
    try:
        with transaction.atomic():
            settle(batch=batch, logs=logs, now=now, are_new=are_new, is_told=True)
    except FAULTS as error:
        if is_outage(error):
            raise
        why = traceback.format_exc(limit=-3)
        for ticket in batch:
            set_aside(ticket=ticket, error=why, now=now)


def set_aside(*, ticket: Ticket, error: str, now: datetime) -> None:
    """Marks the ticket out of date; it is retried with growing pauses and shown to administrators."""
    log.error("Ticket %s cannot be evaluated: %s", ticket.reference, error.strip().rsplit("\n", 1)[-1])
    defaults = {"error": error, "since_at": now, "retry_at": now + FIRST_RETRY}
    trouble, is_new = Trouble.objects.get_or_create(ticket=ticket, defaults=defaults)
    if is_new:
        return
    pause = min(FIRST_RETRY * 2 ** min(trouble.attempts, 10), LAST_RETRY)
    Trouble.objects.filter(pk=trouble.pk).update(attempts=F("attempts") + 1, retry_at=now + pause, error=error)


def settle_tickets(*, pks: Sequence[int], now: datetime) -> int:
    """Locks these tickets, waiting for those in somebody's hands, and settles them; one transaction."""
    with transaction.atomic():
        locked = list(Ticket.objects.for_settling().select_for_update().filter(pk__in=pks))
        return settle(batch=locked, logs=tickets.read_logs(locked), now=now)


def retry_set_aside(*, now: datetime, limit: int = 100) -> int:
    """Tries the tickets again whose pause is over. Returns how many are up to date again."""
    due = list(Trouble.objects.filter(retry_at__lte=now).order_by("retry_at").values_list("ticket", flat=True)[:limit])
    for pk in due:
        _retry(pk, now)
    return len(due) - Trouble.objects.filter(ticket__in=due).count()


def _retry(pk: int, now: datetime) -> None:
    """Also what the database refuses waits longer each time, and does not keep the others from their turn."""
    try:
        settle_tickets(pks=[pk], now=now)
    except FAULTS as error:
        if is_outage(error):
            raise
        set_aside(ticket=Ticket.objects.get(pk=pk), error=traceback.format_exc(limit=-3), now=now)
