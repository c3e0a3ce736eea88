"""From the log to clocks, effects and timers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from common.epoch import from_us, to_us
from common.worktime import WorkTime
from sla.engine.book import Book, new_book
from sla.engine.clocks import clocks
from sla.engine.facts import Case, Event, in_order
from sla.engine.happenings import happen
from sla.engine.results import Effect, Plan, Timer
from sla.engine.runs import Run
from sla.engine.scheme import Scheme
from sla.engine.thresholds import advance, coming

Calendars = Mapping[str, WorkTime]

_CHANGES_NOTHING = frozenset(("clock_warned", "clock_missed"))
_TIMER_KINDS = {"warn": "warn", "miss": "miss"}


def plan(scheme: Scheme, calendars: Calendars, case: Case, events: Iterable[Event], now: datetime) -> Plan:
    """Everything that follows from the log at `now`. Same arguments, same answer.

    Events after `now` have not happened yet. What the log lacks is proposed in `effects`, never assumed: until the
    caller has appended a raise, the clocks stand as if it had not come.
    """
    now_us = to_us(now)
    log = [entry for entry in in_order(events) if entry[0] <= now_us]
    proposals = _Proposals()
    book = new_book(scheme, calendars, case, log, proposals.write)
    play(book, log, now_us)
    return conclude(book, now_us, proposals.effects(book))


def play(book: Book, log: Iterable[tuple[int, Event]], now: int) -> None:
    """Lets the log and time happen, up to and including now."""
    for at, event in log:
        advance(book, at, inclusive=event.is_by_program)
        happen(book, event, at)
    advance(book, now, inclusive=True)


@dataclass(slots=True)
class _Proposals:
    """Collects what the log lacks, up to the first effect that changes what follows: beyond it the fold is a guess."""

    found: list[tuple[Effect, Run | None]] = field(default_factory=list)
    is_complete: bool = False

    def write(self, effect: Effect, warned: Run | None) -> None:
        """Takes an effect; `warned` is the run of a warning."""
        if self.is_complete:
            return
        self.found.append((effect, warned))
        self.is_complete = effect.type not in _CHANGES_NOTHING

    def effects(self, book: Book) -> tuple[Effect, ...]:
        """Without warnings that are overtaken: nobody is warned of a clock that has stopped, is paused or is missed."""
        return tuple(
            effect
            for effect, warned in self.found
            if warned is None or (warned.is_running and not book.is_paused(warned))
        )


def conclude(book: Book, now: int, effects: tuple[Effect, ...]) -> Plan:
    """The book as a plan."""
    found = tuple(clocks(book, now))
    return Plan(
        now=from_us(now),
        level=book.level.code,
        severity=book.level.severity,
        is_level_confirmed=book.is_level_confirmed,
        clocks=found,
        effects=effects,
        timers=tuple(_timers(book)),
        level_changes=tuple(book.changes),
        next_due_at=min((clock.due_at for clock in found if clock.is_open and clock.due_at is not None), default=None),
        is_paused=book.paused_since is not None,
        is_crisis_open=book.crisis_since is not None,
        is_provisional=any(clock.is_provisional for clock in found if clock.is_open),
        is_undetermined=any(clock.is_undetermined for clock in found if clock.is_open),
    )


def _timers(book: Book) -> Iterator[Timer]:
    """For each open clock its next threshold, for each delay its end."""
    first: dict[tuple[str, int], Timer] = {}
    for item in sorted(coming(book), key=lambda item: (item.at, item.rank)):
        target, run = (item.run.code, item.run.number) if item.run else ("", 0)
        kind = _TIMER_KINDS.get(item.act) or (item.rule.event if item.rule else item.act)
        first.setdefault((target or kind, run), Timer(target, run, kind, from_us(item.at)))
    yield from first.values()
