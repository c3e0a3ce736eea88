"""One run of one target while the log is folded: when it is due, when to warn, how it ended.

Knows nothing of other runs. All times are whole microseconds.
"""

from dataclasses import dataclass, field
from typing import Any

from common.epoch import from_us, to_us
from common.instants import add_months
from common.worktime import NeverOpen, OutsideCalendar, WorkTime
from sla.engine.arithmetic import Pauses, counted, working_days_after
from sla.engine.terms import Counted, Length, Level, Months, Target, Until, WorkingDays, WorkingDaysBefore

CANNOT_TELL = (OutsideCalendar, NeverOpen)


@dataclass(frozen=True, slots=True)
class Promise:
    """What a level promises for a target, for this ticket. Equal promises do not depend on the level."""

    target: Target = field(compare=False)
    level: Level = field(compare=False)
    length: Length
    starts_code: str
    counts_code: str
    starts_on: WorkTime = field(compare=False, repr=False)
    counts_on: WorkTime = field(compare=False, repr=False)

    @property
    def is_in_days(self) -> bool:
        """Counted in whole working days."""
        return isinstance(self.length, WorkingDays | WorkingDaysBefore)

    @property
    def is_fixed(self) -> bool:
        """Due at a date that pauses do not move."""
        return isinstance(self.length, Until | WorkingDaysBefore)


@dataclass(slots=True, eq=False)
class Run:
    """`begun` is the start event, `start` the same moved by `starts on`, `origin` the event that began the round.

    `created` is when the log made this run (later than `begun` after a lowering), `active` the later of that and the
    last resumption. `missed` is when the miss took effect: at the due time, unless that lay in a pause.
    """

    promise: Promise
    number: int
    begun: int
    origin: int
    created: int
    anchor: int | None  # the agreed or planned instant that the start event carried
    start: int = 0
    length: int | None = None  # in open time; None for working days
    due: int | None = None
    warn: int | None = None
    active: int = 0
    missed: int | None = None
    ended: int | None = None
    result: str | None = None  # met, missed_stopped, replaced, void, restarted, lapsed; None while open
    is_warned: bool = False
    marks: tuple[tuple[int, int], ...] = ()  # consequences that follow a share of this run: their number and percent
    shares: dict[int, int] = field(default_factory=dict)  # of those still to come: when
    used: int = 0  # open time used up before `counting_from`
    counting_from: int = 0  # the start, or the end of the last pause

    @property
    def is_open(self) -> bool:
        """Neither stopped nor replaced nor void."""
        return self.result is None

    @property
    def is_running(self) -> bool:
        """Open and not missed (perhaps paused)."""
        return self.result is None and self.missed is None

    @property
    def code(self) -> str:
        """The target's code."""
        return self.promise.target.code

    @property
    def is_pausable(self) -> bool:
        """Whether waiting for the customer stops it."""
        return self.promise.target.is_paused_by_waiting

    def begin(self, pauses: Pauses) -> None:
        """Finds start, length, due time and the rest once the first fields are known."""
        self.active = max(self.active, self.created)
        try:
            self.start = self.counting_from = self.promise.starts_on.snap_us(self.begun)
            self.length = self._length()
            self.due = self._first_due()
            self._first_marks()
        except CANNOT_TELL:
            self.start = self.start or self.begun
            self.due = self.warn = None
            return
        for number, (_, end) in enumerate(pauses if self.is_pausable else (), start=1):
            if end > self.start:
                self.after_pause(pauses[:number])

    def after_pause(self, pauses: Pauses) -> None:
        """The last of the pauses is over: what lay behind its beginning moves, unless its date is fixed."""
        begin, end = pauses[-1]
        if self.due is None or self.due <= begin:
            return
        try:
            due = self.due_after_pause(pauses)
            if self.length is not None and not self.promise.is_fixed:
                self.used += counted(self.promise.counts_on, self.counting_from, begin, ())
                self.counting_from = max(self.counting_from, end)
            self.due = due
            self._move_marks(begin)
        except CANNOT_TELL:
            self.due = self.warn = None

    def due_after_pause(self, pauses: Pauses) -> int | None:
        """The due time if the last of the pauses ends as given; changes nothing."""
        begin, end = pauses[-1]
        if self.due is None or self.due <= begin or self.promise.is_fixed:
            return self.due
        calendar = self.promise.counts_on
        if isinstance(self.promise.length, WorkingDays):
            return working_days_after(calendar, self.start, self.promise.length.days, pauses)
        used = self.used + counted(calendar, self.counting_from, begin, ())
        return calendar.add_us(max(self.counting_from, end), (self.length or 0) - used)

    def move_to(self, anchor: int | None) -> None:
        """The visit that a notice counts back from has moved."""
        self.anchor = anchor
        try:
            self.due = self._first_due()
            self._first_marks()
        except CANNOT_TELL:
            self.due = self.warn = None

    def _first_due(self) -> int | None:
        length, calendar = self.promise.length, self.promise.counts_on
        if isinstance(length, WorkingDays):
            return working_days_after(calendar, self.start, length.days, ())
        if isinstance(length, WorkingDaysBefore):
            if self.anchor is None:
                return None
            return to_us(calendar.working_days_before(from_us(self.anchor), length.days))
        if isinstance(length, Until):
            return self.anchor
        return None if self.length is None else calendar.add_us(self.start, self.length)

    def _first_marks(self) -> None:
        if self.due is None:
            return
        if self.length is None:
            self.warn = to_us(self.promise.counts_on.opening_of_day(from_us(self.due)))
            return
        self.warn = self._moment_of(self.promise.target.warn_percent)
        self.shares = {number: self._moment_of(percent) for number, percent in self.marks}

    def _move_marks(self, begin: int) -> None:
        """Marks that were reached before the pause stay where they are."""
        if self.promise.is_fixed:
            return
        if self.length is None:
            self._first_marks()
            return
        if self.warn is not None and self.warn > begin:
            self.warn = self._moment_of(self.promise.target.warn_percent)
        for number, percent in self.marks:
            if self.shares.get(number, begin) > begin:
                self.shares[number] = self._moment_of(percent)

    def _moment_of(self, percent: int) -> int:
        """When so much of the counted time is used up."""
        amount = (self.length or 0) * percent // 100
        return self.promise.counts_on.add_us(self.counting_from, amount - self.used)

    def _length(self) -> int | None:
        length, calendar = self.promise.length, self.promise.counts_on
        if isinstance(length, Counted):
            return length.us
        if isinstance(length, Months):
            end = to_us(add_months(from_us(self.start), length.months, calendar.zone.key))
            return calendar.between_us(self.start, end)
        if isinstance(length, Until) and self.anchor is not None:
            return counted(calendar, self.start, self.anchor, ())
        return None


@dataclass(frozen=True, slots=True)
class Trace:
    """What a clock keeps for its explanation."""

    run: Run
    pauses: Pauses  # those of the ticket from the start event until `until`
    is_paused: bool
    until: int  # now, or when the run ended


def anchor_of(length: Length, instants: dict[str, Any]) -> int | None:
    """The instant that a length refers to, out of those the start event carried."""
    if isinstance(length, Until | WorkingDaysBefore):
        value = instants.get(length.field)
        return value if isinstance(value, int) else None
    return None
