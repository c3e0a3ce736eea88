"""Remembering what one press of a person wrote, so that he can take it back: on one ticket or on many.

    with services.remembered(by=actor, now=now) as memory:
        services.assign(...)
        memory.said = "Assigned to Kit Lau"
    memory.action  # None: nothing was written

It opens no transaction: a caller that wants all or nothing does. What the program writes meanwhile is not remembered.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from accounts.actors import Actor
from tickets.models import RecentAction, RecentPart, TicketEvent

KEPT = timedelta(days=7)
LONGEST = 300
# Talk is not taken back here: a reply waits before it leaves, and a note harms nobody.
LASTING = frozenset({"received", "replied", "noted", "attached", "retracted"})


@dataclass
class Memory:
    """What is being remembered; `said` is set by who knows what the page will say."""

    said: str = ""
    events: list[TicketEvent] = field(default_factory=list)
    action: RecentAction | None = None


_memory: ContextVar[Memory | None] = ContextVar("tickets_memory", default=None)


@contextmanager
def remembered(*, by: Actor, now: datetime, said: str = "") -> Iterator[Memory]:
    memory = Memory(said)
    token = _memory.set(memory)
    try:
        yield memory
    finally:
        _memory.reset(token)
    _keep(memory, by, now)


def notice(events: Sequence[TicketEvent]) -> None:
    """Called by the log with what people's work has just written."""
    memory = _memory.get()
    if memory is not None:
        memory.events.extend(event for event in events if not event.is_automatic)


@transaction.atomic
def _keep(memory: Memory, by: Actor, now: datetime) -> None:
    # What was rolled back on the way is not there to be taken back.
    written = TicketEvent.objects.filter(pk__in=[event.pk for event in memory.events])
    entries: dict[int, list[int]] = {}
    for event in written if memory.events else ():
        if event.type not in LASTING and not _stands_on_other(event):
            entries.setdefault(event.ticket_id, []).append(event.seq)
    if not entries or by.user is None:
        return
    action = RecentAction.objects.create(person=by.user, said=memory.said[:LONGEST], at=now)
    RecentPart.objects.bulk_create(
        RecentPart(action=action, ticket_id=ticket, entries=sorted(seqs)) for ticket, seqs in sorted(entries.items())
    )
    memory.action = action


def _stands_on_other(event: TicketEvent) -> bool:
    """A link stands in both logs and is taken back from its source; a reply's own response goes with the reply."""
    is_target = event.type in ("linked", "unlinked") and "from" in event.data
    return is_target or bool(event.data.get("by_reply"))


def name_action(*, action: RecentAction, said: str) -> None:
    """What the page said about it."""
    action.said = said[:LONGEST]
    action.save(update_fields=["said"])


def forget_old(*, now: datetime) -> int:
    """What nobody can take back any more, after it was listed for a while. Returns how many rows went."""
    return RecentAction.objects.filter(at__lt=now - KEPT).delete()[0]
