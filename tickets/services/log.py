"""Appending to the log: the one place that inserts events and keeps the ticket's cached columns in step.

Callers hold the ticket's row lock. It checks neither role nor lifecycle: that is done by the services that call it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.actors import SYSTEM, Actor
from common.bulk import update_rows
from tickets import lifecycle, promises
from tickets.models import Ticket, TicketEvent
from tickets.services import due, remembering
from tickets.signals import event_recorded

LEVEL_EVENTS = frozenset({"received", "placed", "level_confirmed", "level_raised"})
CACHED = ("state", "level", "severity", "is_level_confirmed", "version", "last_seq", "updated_at")


@dataclass(frozen=True)
class Entry:
    """One event to write. `key` makes it unique within the ticket; `is_automatic`: the program did it by itself."""

    type: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None
    is_automatic: bool = False


@dataclass
class Addition:
    """Entries for one locked ticket, with its log so far in the order in which things happened.

    `promised`: what the clocks say once they are written; None leaves that as it is.
    """

    ticket: Ticket
    entries: Sequence[Entry]
    log: list[TicketEvent]
    promised: due.Promised | None = None


def read(tickets: Iterable[Ticket]) -> dict[int, list[TicketEvent]]:
    """The whole logs of these tickets, each in the order in which things happened; one statement."""
    by_pk = {ticket.pk: ticket for ticket in tickets}
    logs: dict[int, list[TicketEvent]] = {pk: [] for pk in by_pk}
    for event in TicketEvent.objects.filter(ticket__in=by_pk).in_order():
        event.ticket = by_pk[event.ticket_id]
        logs[event.ticket_id].append(event)
    for events in logs.values():
        events.sort(key=lambda event: event.place)
    return logs


def status(ticket: Ticket, history: Sequence[TicketEvent]) -> lifecycle.Status:
    """Where the case stands; what was taken back does not count."""
    return lifecycle.fold(ticket.kind, lifecycle.in_force(history))


def append(
    *, ticket: Ticket, entries: Sequence[Entry], log: list[TicketEvent], by: Actor, now: datetime, **columns: Any
) -> list[TicketEvent]:
    """Writes the entries of one ticket and saves its cached columns, together with any other `columns` given."""
    addition = Addition(ticket, entries, log)
    events = _insert([addition], by=by, now=now)
    for name, value in columns.items():
        setattr(ticket, name, value)
    ticket.save(update_fields=[*CACHED, *columns])
    remembering.notice(events)
    event_recorded.send(sender=TicketEvent, events=events, logs={ticket.pk: log}, now=now, is_settled=False)
    return events


def append_first(*, ticket: Ticket, entries: Sequence[Entry], by: Actor, now: datetime) -> None:
    """Inserts a new ticket with `last_seq` 1 and the first lines of its log: the report, and what stands with it. All
    of it is settled and told once, so the ticket's row is written once.
    """
    events = [_event(ticket, entry, by=by, now=now, offset=n) for n, entry in enumerate(entries)]
    if len(events) > 1:
        _refresh(ticket, events, len(events) - 1, now)
    ticket.save(force_insert=True)
    TicketEvent.objects.bulk_create(events)
    remembering.notice(events[1:])
    ticket.fresh_log = list(events)
    event_recorded.send(
        sender=TicketEvent, events=events, logs={ticket.pk: ticket.fresh_log}, now=now, is_settled=False
    )


def append_automatic(*, additions: Sequence[Addition], now: datetime) -> list[TicketEvent]:
    """What follows from the clocks (already in step), for many tickets in a constant number of statements.

    Each ticket's row is written once: every version of it costs an entry in each of its indexes.
    """
    events = _insert(additions, by=SYSTEM, now=now)
    for item in additions:
        if item.promised is not None:
            due.apply(item.ticket, item.promised)
    columns = tuple(dict.fromkeys((*CACHED, *due.COLUMNS)))
    rows = [(item.ticket.pk, *(getattr(item.ticket, name) for name in columns)) for item in additions]
    update_rows(Ticket, columns, rows)
    logs = {item.ticket.pk: item.log for item in additions}
    if events:
        event_recorded.send(sender=TicketEvent, events=events, logs=logs, now=now, is_settled=True)
    return events


def _insert(additions: Sequence[Addition], *, by: Actor, now: datetime) -> list[TicketEvent]:
    events: list[TicketEvent] = []
    for item in additions:
        fresh = [_event(item.ticket, entry, by=by, now=now, offset=i) for i, entry in enumerate(item.entries, 1)]
        item.log.extend(fresh)
        item.log.sort(key=lambda event: event.place)
        _refresh(item.ticket, item.log, len(fresh), now)
        events.extend(fresh)
    return TicketEvent.objects.bulk_create(events)


def _event(ticket: Ticket, entry: Entry, *, by: Actor, now: datetime, offset: int) -> TicketEvent:
    actor = SYSTEM if entry.is_automatic else by
    return TicketEvent(
        ticket=ticket,
        seq=ticket.last_seq + offset,
        type=entry.type,
        occurred_at=entry.at,
        recorded_at=now,
        user=actor.user,
        api_key=actor.key,
        is_automatic=entry.is_automatic,
        data=dict(entry.data),
        key=entry.key,
    )


def _refresh(ticket: Ticket, log: Sequence[TicketEvent], added: int, now: datetime) -> None:
    """Brings the ticket's cached columns up to its log. The level is the latest word; the clocks may know better."""
    ticket.state = status(ticket, log).shown
    of_level = [event for event in lifecycle.in_force(log) if event.type in LEVEL_EVENTS and event.data.get("level")]
    if of_level:
        latest = of_level[-1]
        if latest.data["level"] != ticket.level:
            ticket.level = latest.data["level"]
            ticket.severity = _severity(ticket)
        ticket.is_level_confirmed = latest.type not in ("received", "placed") or latest.data.get(
            "is_level_given", False
        )
    ticket.last_seq += added
    ticket.version += 1
    ticket.updated_at = now


def _severity(ticket: Ticket) -> int | None:
    try:
        return promises.find(ticket.scheme_code, ticket.scheme_version).levels.get(ticket.level)
    except promises.UnknownPromise:
        return None
