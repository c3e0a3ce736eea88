"""The one stream of a ticket: messages, notes and single lines in the order in which things happened.

The last thirty entries by default, and all that is unread; texts are read only for the entries that are shown. Where
the reader stopped last time there is a line. What the program did step by step is folded to one line once it is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from servicedesk import wording
from servicedesk.screens import event_words, ticket_text
from servicedesk.screens.event_words import Line
from servicedesk.screens.ticket_case import Case
from sla import policy_text
from sla.reports import ClockView
from tickets import lifecycle
from tickets.models import Attachment, Note, Reply, TicketEvent

SHOWN, MOST_UNREAD = 30, 150
FILTERS = ("all", "conversation", "events", "files")
TALK = frozenset({"message", "note", "report"})
# Warnings, misses and what follows from them. A few in a row stay; what has just happened is not folded under the eye.
STEPS = frozenset({"clock_warned", "clock_missed", "level_raised", "crisis_opened", "loaner_requested", "spare_needed"})
SHORTEST_RUN, FRESH = 3, timedelta(minutes=10)


@dataclass(frozen=True)
class Item:
    """An entry before its text is read: an event in one of its guises, or what stopped clocks mean."""

    at: datetime
    kind: str  # report, message, note, line, clock
    event: TicketEvent | None = None
    views: Sequence[ClockView] = ()


@dataclass(frozen=True)
class Part:
    """A stretch of a message, ready to be shown; quotes are folded."""

    html: SafeString
    is_quote: bool


@dataclass(frozen=True)
class Entry:
    kind: str
    at: datetime
    id: str = ""
    author: str = ""
    via: str = ""
    is_me: bool = False
    is_us: bool = False
    parts: Sequence[Part] = ()
    language: str = ""
    line: Line | None = None
    is_taken_back: bool = False
    files: Sequence[Attachment] = ()
    words: str = ""  # of a day
    is_new: bool = False  # the line where the reader stopped last time
    is_step: bool = False  # of the program, read, not fresh
    run: Sequence["Entry"] = ()  # steps folded to one line


@dataclass(frozen=True)
class Stream:
    show: str
    entries: Sequence[Entry]
    earlier: int
    files: Sequence[Attachment]
    counts: Mapping[str, int] = field(default_factory=dict)
    unread: int = 0

    @property
    def is_marked(self) -> bool:
        """Whether the line is in it where the reader stopped."""
        return any(entry.is_new for entry in self.entries)


def stream(case: Case, show: str, everything: bool) -> Stream:
    show = show if show in FILTERS else "all"
    whole = _items(case)
    items = [item for item in whole if _fits(item, show)]
    unread = [at for at, item in enumerate(items) if case.is_unread(item.event)]
    first = unread[0] if unread and case.mark else None  # to who never looked all is new; he begins as usual
    start = 0 if everything else _start(len(items), first)
    entries = list(_with_days(_entries(case, items[start:]), case, None if first is None else first - start))
    if show == "all":
        entries = list(_folded(entries))
    counts = {name: sum(_fits(item, name) for item in whole) for name in FILTERS[:3]} | {"files": len(case.files)}
    return Stream(show, entries, start, case.files, counts, len(unread))


def _start(length: int, first_unread: int | None) -> int:
    """The last thirty, and what is unread above them, within reason."""
    usual = max(0, length - SHOWN)
    return usual if first_unread is None else max(min(usual, first_unread - 1), length - MOST_UNREAD, 0)


def _items(case: Case) -> list[Item]:
    items = []
    for event in case.log:
        if event.type == "received" and case.ticket.description:
            items.append(Item(event.occurred_at, "report", event))
        if event.type == "responded" and event.data.get("by_reply"):
            continue  # the reply itself stands right above
        kind = {"replied": "message", "noted": "note"}.get(event.type, "line")
        items.append(Item(event.occurred_at, kind, event))
    return sorted([*items, *_stops(case)], key=lambda item: item.at)


def _stops(case: Case) -> Iterator[Item]:
    """Clocks that one thing stopped, in time, are one line; a clock that stopped late has its own."""
    together: dict[datetime, list[ClockView]] = {}
    for view in case.standing.clocks:
        if view.state == "met" and view.stopped_at is not None:
            together.setdefault(view.stopped_at, []).append(view)
        elif view.state == "missed_stopped" and view.stopped_at is not None:
            yield Item(view.stopped_at, "clock", views=[view])
    for at, views in together.items():
        yield Item(at, "clock", views=views)


def _fits(item: Item, show: str) -> bool:
    if show == "conversation":
        return item.kind in TALK
    return item.kind not in TALK if show == "events" else show != "files"


def _entries(case: Case, items: Sequence[Item]) -> Iterator[Entry]:
    talk = [item.event for item in items if item.event and item.kind in ("message", "note")]
    replies = {row.event_id: row for row in Reply.objects.filter(event__in=talk).select_related("author")}
    notes = {row.event_id: row for row in Note.objects.filter(event__in=talk).select_related("author")}
    gone = lifecycle.retractions(case.log)
    for item in items:
        if item.event is None:
            key = f"c-{item.views[0].clock.key}"
            yield Entry("line", item.at, key, line=event_words.of_clocks(item.views))
        else:
            entry = _entry(case, item, item.event, replies, notes)
            yield replace(entry, is_taken_back=item.event.seq in gone, is_step=_is_step(case, item.event))


def _is_step(case: Case, event: TicketEvent) -> bool:
    is_old = case.now - event.recorded_at >= FRESH
    is_new = case.mark is not None and case.is_unread(event)
    return event.is_automatic and event.type in STEPS and is_old and not is_new


def _folded(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Steps in a row, of one day, as one entry; it keeps the place and the name of the first."""
    for is_step, group in groupby(entries, key=lambda entry: entry.is_step):
        row = list(group)
        if not is_step or len(row) < SHORTEST_RUN:
            yield from row
            continue
        yield replace(row[0], kind="run", at=row[-1].at, line=_run_line(row), run=row)


def _run_line(row: Sequence[Entry]) -> Line:
    names = list(dict.fromkeys(entry.line.what for entry in row if entry.line))
    told = policy_text.listed([names[0], *(f"{name[:1].lower()}{name[1:]}" for name in names[1:3])])
    more = f"{told} …" if len(names) > 3 else told
    count = len(row)
    what = ngettext("%(n)d automatic step", "%(n)d automatic steps", count) % {"n": count}
    return Line(what, "escalate", "risk", more=more)


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
    is_us = not getattr(row, "is_from_customer", False)
    return Entry(
        item.kind,
        item.at,
        id_,
        author=str(row.author or case.ticket.contact_name or ""),
        via="" if item.kind == "note" else _via(case, is_us=is_us),
        is_me=row.author_id == case.user.pk,
        is_us=is_us,
        parts=_parts(row.body, case),
        language=getattr(row, "language", ""),
        files=files,
    )


def _via(case: Case, *, is_us: bool) -> str:
    if not is_us:
        return _("customer")
    reader = case.ticket.reporter or case.ticket.contact_name
    return _("to %(name)s") % {"name": reader} if reader else _("to the customer")


def _parts(text: str, case: Case) -> Sequence[Part]:
    people = case.colleagues
    return [Part(ticket_text.markup(part.text, people), part.is_quote) for part in ticket_text.parts(text)]


def _report(case: Case, item: Item, event: TicketEvent, files: Sequence[Attachment]) -> Entry:
    """The words of the report open the conversation, under the name of who reported."""
    ticket = case.ticket
    author = str(ticket.reporter or ticket.contact_name or case.name_of(event))
    is_us = ticket.reporter is None and not ticket.contact_name
    channel = ticket.get_channel_display().lower()
    via = channel if is_us else _("customer, %(channel)s") % {"channel": channel}
    return Entry(
        "report", item.at, f"e{event.seq}r", author=author, via=via, is_us=is_us,
        parts=_parts(ticket.description, case), language=ticket.language, files=files,
    )  # fmt: skip


def _with_days(entries: Iterator[Entry], case: Case, first_unread: int | None) -> Iterator[Entry]:
    """A line for each day, and one where the reader stopped; where both fall together the latter names the day."""
    zone = timezone.get_current_timezone()
    last = None
    for at, entry in enumerate(entries):
        day = timezone.localdate(entry.at)
        is_first_unread = at == first_unread and case.mark is not None
        if is_first_unread:
            words = {"day": wording.day(entry.at, case.now, zone)}
            yield Entry("day", entry.at, "new", words=_("New since you last looked, %(day)s") % words, is_new=True)
        elif day != last:
            yield Entry("day", entry.at, f"d-{day:%Y%m%d}", words=_day_words(entry.at, case.now, zone))
        last = day
        yield entry


def _day_words(at: datetime, now: datetime, zone: Any) -> str:
    near = wording.sentence_start(wording.near_day(at, now, zone))
    return policy_text.clauses([*filter(None, [near]), wording.date(at, zone)])
