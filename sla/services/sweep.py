"""The sweep: finds due timers, locks their tickets, settles them. Any number of sweeps may run at once.

Lock order: ticket, then its clocks and timers. The effective time of what it writes is the deadline, not its own time.
"""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Greatest

from common.outages import is_outage
from sla.models import Sweep, Timer, Trouble
from sla.services.settle import FAULTS, set_aside, settle
from tickets import services as tickets
from tickets.models import Ticket

log = logging.getLogger(__name__)
BATCH = 200
FULL_EVERY = timedelta(seconds=30)
Due = tuple[datetime, int]


@dataclass
class Swept:
    """What one sweep did: events written, tickets passed over because somebody held them."""

    fired: int = 0
    tickets: int = 0
    skipped: int = 0
    batches: int = 0


def fire_due(*, now: datetime, batch: int = BATCH, is_time_over: Callable[[], bool] = lambda: False) -> Swept:
    """Fires every timer due at or before `now`, in due order, batch by batch, each in its own transaction.

    Ends early, after a whole batch, when `is_time_over` says so; the next sweep goes on. The watermark spares dead
    index entries and is only a hint: every 30 s a full sweep looks below it.
    """
    memory = _memory(now)
    is_full = now - memory.full_at >= FULL_EVERY
    lower = None if is_full else memory.watermark_at
    swept, position, earliest_skipped = Swept(), None, None
    while due := _due(now, lower, position, batch):
        position = due[-1]
        skipped = _fire_batch(due, now, swept)
        swept.batches += 1
        swept.skipped += len(skipped)
        if skipped:
            earliest_skipped = min([earliest_skipped, *skipped]) if earliest_skipped else min(skipped)
        if len(due) < batch or is_time_over():
            break
    watermark = earliest_skipped or (position[0] if position else memory.watermark_at)
    _remember(now, watermark, is_full)
    return swept


def _due(now: datetime, lower: datetime | None, after: Due | None, limit: int) -> list[Due]:
    """The next due timers in the order of their due time, without tickets that are set aside."""
    timers = Timer.objects.filter(due_at__lte=now)
    if lower is not None:
        timers = timers.filter(due_at__gte=lower)
    if after is not None:
        timers = timers.filter(due_at__gte=after[0]).exclude(Q(due_at=after[0]) & Q(ticket__lte=after[1]))
    aside = Exists(Trouble.objects.filter(ticket=OuterRef("ticket")))
    return list(timers.filter(~aside).order_by("due_at", "ticket").values_list("due_at", "ticket")[:limit])


def _fire_batch(due: Sequence[Due], now: datetime, swept: Swept) -> list[datetime]:
    """Settles the tickets nobody else holds; returns the due times of the others."""
    pks = sorted({pk for _, pk in due})
    try:
        done = _settle_unlocked(pks, now, swept)
    except FAULTS as error:  # a bad row: find it by going one at a time
        if is_outage(error):
            raise
        log.exception("A batch of %d tickets failed; settling them one by one", len(pks))
        done = [pk for pk in pks if _settle_alone(pk, now, swept)]
    return [due_at for due_at, pk in due if pk not in set(done)]


def _settle_unlocked(pks: Sequence[int], now: datetime, swept: Swept) -> list[int]:
    with transaction.atomic():
        locked = list(Ticket.objects.for_settling().select_for_update(skip_locked=True).filter(pk__in=pks))
        fired = settle(batch=locked, logs=tickets.read_logs(locked), now=now)
    swept.fired += fired
    swept.tickets += len(locked)
    return [ticket.pk for ticket in locked]


def _settle_alone(pk: int, now: datetime, swept: Swept) -> bool:
    try:
        return bool(_settle_unlocked([pk], now, swept))
    except FAULTS as error:
        if is_outage(error):
            raise
        set_aside(ticket=Ticket.objects.get(pk=pk), error=traceback.format_exc(limit=-3), now=now)
        return True


def _memory(now: datetime) -> Sweep:
    never = now - timedelta(days=36500)
    memory, _ = Sweep.objects.get_or_create(id=1, defaults={"seen_at": now, "watermark_at": never, "full_at": never})
    return memory


def _remember(now: datetime, watermark: datetime, is_full: bool) -> None:
    changes = {"seen_at": Greatest("seen_at", now), "watermark_at": watermark}
    if is_full:
        changes["full_at"] = now
    Sweep.objects.filter(id=1).update(**changes)
