"""The one stream of a ticket: messages, notes and single lines in the order in which things happened.

The last thirty entries by default; texts are read only for the entries that are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from servicedesk import wording
from servicedesk.screens import event_words
from servicedesk.screens.event_words import Line
from servicedesk.screens.ticket_case import Case
from sla.reports import ClockView
from tickets.models import Attachment, Note, Reply, TicketEvent

SHOWN = 30
FILTERS = ("all", "conversation", "events", "files")
TALK = frozenset({"message", "note", "report"})


@dataclass(frozen=True)
class Item:
    """An entry before its text is read: an event in one of its guises, or what a stopped clock means."""

    at: datetime
    kind: str  # report, message, note, line, clock
    event: TicketEvent | None = None
    view: ClockView | None = None


@dataclass(frozen=True)
class Entry:
    kind: str
    at: datetime
    id: str = ""
    author: str = ""
    is_me: bool = False
    is_us: bool = False
    text: str = ""
    language: str = ""
    line: Line | None = None
    files: Sequence[Attachment] = ()
    words: str = ""  # of a day


@dataclass(frozen=True)
class Stream:
    show: str
    entries: Sequence[Entry]
    earlier: int
    files: Sequence[Attachment]


def stream(case: Case, show: str, everything: bool) -> Stream:
    show = show if show in FILTERS else "all"
    items = [item for item in _items(case) if _fits(item, show)]
    shown = items if everything else items[-SHOWN:]
    entries = list(_with_days(_entries(case, shown), case.now))
    return Stream(show, entries, len(items) - len(shown), case.files)


def _items(case: Case) -> list[Item]:
    items = []
    for event in case.log:
        if event.type == "received" and case.ticket.description:
            items.append(Item(event.occurred_at, "report", event))
        if event.type == "responded" and event.data.get("by_reply"):
            continue  # the reply itself stands right above
        kind = {"replied": "message", "noted": "note"}.get(event.type, "line")
        items.append(Item(event.occurred_at, kind, event))
    stopped = [view for view in case.standing.clocks if view.state in ("met", "missed_stopped")]
    items.extend(Item(view.stopped_at, "clock", view=view) for view in stopped if view.stopped_at is not None)
    return sorted(items, key=lambda item: item.at)


def _fits(item: Item, show: str) -> bool:
    if show == "conversation":
        return item.kind in TALK
    return item.kind not in TALK if show == "events" else show != "files"


def _entries(case: Case, items: Sequence[Item]) -> Iterator[Entry]:
    talk = [item.event for item in items if item.event and item.kind in ("message", "note")]
    replies = {row.event_id: row for row in Reply.objects.filter(event__in=talk).select_related("author")}
    notes = {row.event_id: row for row in Note.objects.filter(event__in=talk).select_related("author")}
    for item in items:
        if item.view is not None:
            yield Entry("line", item.at, f"c-{item.view.clock.key}", line=event_words.of_clock(item.view))
        elif item.event is not None:
            yield _entry(case, item, item.event, replies, notes)


def _entry(
    case: Case, item: Item, event: TicketEvent, replies: Mapping[int, Reply], notes: Mapping[int, Note]
) -> Entry:
    id_ = f"e{event.seq}"
    files = [file for file in case.files if file.event_id == event.pk]
    if item.kind == "report":
        return _report(case, item, event, files)
    row: Any = replies.get(event.pk) or notes.get(event.pk)
    if row is None:
        return Entry("line", item.at, id_, line=event_words.line(event, case), files=files)
    return Entry(
        item.kind,
        item.at,
        id_,
        author=str(row.author or case.ticket.contact_name or ""),
        is_me=row.author_id == case.user.pk,
        is_us=not getattr(row, "is_from_customer", False),
        text=row.body,
        language=getattr(row, "language", ""),
        files=files,
    )


def _report(case: Case, item: Item, event: TicketEvent, files: Sequence[Attachment]) -> Entry:
    """The words of the report open the conversation, under the name of who reported."""
    ticket = case.ticket
    author = str(ticket.reporter or ticket.contact_name or case.name_of(event))
    is_us = ticket.reporter is None and not ticket.contact_name
    return Entry(
        "report", item.at, f"e{event.seq}r", author=author, is_us=is_us, text=ticket.description,
        language=ticket.language, files=files,
    )  # fmt: skip


def _with_days(entries: Iterator[Entry], now: datetime) -> Iterator[Entry]:
    zone = timezone.get_current_timezone()
    last = None
    for entry in entries:
        day = timezone.localdate(entry.at)
        if day != last:
            yield Entry("day", entry.at, words=_day_words(entry.at, now, zone))
            last = day
        yield entry


def _day_words(at: datetime, now: datetime, zone: Any) -> str:
    words = wording.day(at, now, zone)
    whole = wording.date(at, zone)
    return whole if words == whole else f"{words[:1].upper()}{words[1:]}, {whole}"
