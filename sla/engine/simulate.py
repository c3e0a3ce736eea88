"""A story played as if the program had been up all the time: every effect is written the moment it falls due."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from common.epoch import to_us
from sla.engine import vocabulary
from sla.engine.book import Book, new_book
from sla.engine.errors import StoryError
from sla.engine.facts import Case, Event, in_order, unreadable_instants
from sla.engine.happenings import happen
from sla.engine.plan import Calendars, conclude
from sla.engine.results import Effect, Story
from sla.engine.runs import Run
from sla.engine.scheme import Scheme
from sla.engine.thresholds import advance


def simulate(scheme: Scheme, calendars: Calendars, case: Case, events: Sequence[Event], as_of: datetime) -> Story:
    """All events with the automatic ones in their places; raises `StoryError` for a story that cannot be.

    The events that were given are numbered as given, from 1, the automatic ones after them. Events after `as_of` are
    listed but have not happened. Whether the life of a ticket allows the story is for the caller to judge.
    """
    _check(scheme, events)
    now = to_us(as_of)
    log = in_order(replace(event, seq=number) for number, event in enumerate(events, start=1))
    writer = _Writer(len(log))
    book = new_book(scheme, calendars, case, [], writer.write)
    writer.book = book
    for at, event in log:
        if at <= now:
            advance(book, at, inclusive=event.is_by_program)
            writer.written.append(event)
            happen(book, event, at)
    advance(book, now, inclusive=True)
    writer.written.extend(event for at, event in log if at > now)
    return Story(tuple(writer.written), conclude(book, now, ()))


@dataclass(slots=True)
class _Writer:
    """Writes an effect into the story and lets it happen at once."""

    last_seq: int
    written: list[Event] = field(default_factory=list)
    book: Book | None = None

    def write(self, effect: Effect, warned: Run | None) -> None:
        book = self.book
        assert book is not None
        self.last_seq += 1
        event = effect.as_event(self.last_seq)
        book.recorded[effect.key] = event.at_us
        self.written.append(event)
        happen(book, event, event.at_us)


def _check(scheme: Scheme, events: Sequence[Event]) -> None:
    received = [event for event in events if event.type == "received"]
    if not received:
        raise StoryError(0, "the story has no `received`")
    for index, event in enumerate(events):
        reason = _wrong(scheme, event, received[0])
        if reason:
            raise StoryError(index, reason)


def _wrong(scheme: Scheme, event: Event, received: Event) -> str | None:
    if event.type not in vocabulary.ALL:
        return f"there is no event {event.type!r}"
    if event.type in vocabulary.PROGRAM_ONLY:
        return f"{event.type} is written by the program alone"
    if event.type == "received" and event is not received:
        return "a ticket is received once"
    if event.at < received.at:
        return f"{event.type} is before `received`"
    needed = vocabulary.NEEDS.get(event.type)
    if needed is not None and event.data.get(needed) is None:
        return f"{event.type} needs {needed}"
    level = event.data.get("level")
    if level is not None and (not isinstance(level, str) or scheme.level(level) is None):
        return f"scheme {scheme.code!r} has no level {level!r}"
    unreadable = unreadable_instants(event)
    return f"{unreadable[0]} is not an instant with an offset" if unreadable else None
