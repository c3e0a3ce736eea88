"""The compiled calendar and the questions it answers, each a binary search.

Aware datetimes in, UTC datetimes out; the `_us` forms take and give whole microseconds since the epoch, for callers
that ask often. Every answer outside the compiled range is `OutsideCalendar`, never a guess.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from common.epoch import from_us, span_us, to_us
from common.local_time import day_start_us, local_date
from common.worktime.errors import OutsideCalendar


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open span of time that is open or closed throughout."""

    start: datetime
    end: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class LocalDay:
    """A whole local day as a half-open span of time."""

    day: date
    start: datetime
    end: datetime
    is_working: bool


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A local day with open time: its first opening and the end of its last window (which may be on the next day)."""

    day: date
    opens_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class WorkTime:
    """Sorted, disjoint, half-open UTC intervals in microseconds, with the open time before and up to each."""

    zone: ZoneInfo
    covers_from: int
    covers_to: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]  # open time before interval i
    upto: tuple[int, ...]  # open time up to the end of interval i
    day_numbers: tuple[int, ...]  # working local days as date ordinals, with their opening and close
    day_opens: tuple[int, ...]
    day_closes: tuple[int, ...]
    first_day: int
    last_day: int
    official_to: int | None  # beyond this instant the days are guessed

    # --- instants and durations

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Open time from a to b; negative if b is earlier."""
        return timedelta(microseconds=self.between_us(to_us(a), to_us(b)))

    def add(self, t: datetime, d: timedelta) -> datetime:
        """The earliest instant by which d of open time has passed since t: closing time, not the next opening.

        With d = 0 it is `snap`; a negative d is `subtract`.
        """
        return from_us(self.add_us(to_us(t), span_us(d)))

    def subtract(self, t: datetime, d: timedelta) -> datetime:
        """The latest instant from which d of open time passes until t: an opening, not the close before it."""
        return from_us(self.subtract_us(to_us(t), span_us(d)))

    def snap(self, t: datetime) -> datetime:
        """t itself if open, else the next opening."""
        return from_us(self.snap_us(to_us(t)))

    def is_open(self, t: datetime) -> bool:
        """Whether t lies in open time; the closing instant does not."""
        us = self._inside(to_us(t))
        i = bisect_right(self.starts, us) - 1
        return i >= 0 and us < self.ends[i]

    def stretches(self, a: datetime, b: datetime) -> list[Stretch]:
        """[a, b) cut into open and closed spans without gap; empty if b is not after a."""
        at, stop = self._inside(to_us(a)), self._inside(to_us(b))
        found: list[Stretch] = []
        i = max(bisect_right(self.starts, at) - 1, 0)
        while at < stop:
            while i < len(self.ends) and self.ends[i] <= at:
                i += 1
            is_open = i < len(self.ends) and self.starts[i] <= at
            edge = stop if i == len(self.ends) else (self.ends[i] if is_open else self.starts[i])
            upto = min(edge, stop)
            found.append(Stretch(from_us(at), from_us(upto), is_open))
            at = upto
        return found

    def covers(self, t: datetime) -> bool:
        """Whether the calendar was compiled for this instant."""
        return self.covers_from <= to_us(t) <= self.covers_to

    def is_provisional(self, t: datetime) -> bool:
        """Whether an answer t rests on days nobody has decreed yet.

        The very end of the last official day does not, unless it is an opening (then the day after is needed).
        """
        us = to_us(t)
        if self.official_to is None or us < self.official_to:
            return False
        if us > self.official_to:
            return True
        i = bisect_left(self.starts, us)
        return i < len(self.starts) and self.starts[i] == us

    # --- working days

    def working_days_after(self, t: datetime, n: int) -> datetime:
        """The close of the n-th working day after the local day of t, which is not counted itself."""
        return self.working_day_after(t, n).closes_at

    def working_days_before(self, t: datetime, n: int) -> datetime:
        """The close of the n-th working day before the local day of t, which is not counted itself."""
        return self.working_day_before(t, n).closes_at

    def working_day_after(self, t: datetime, n: int) -> WorkingDay:
        """The n-th working day after the local day of t."""
        return self._working_day(bisect_right(self.day_numbers, self._listed_day(t)) + _counted(n) - 1)

    def working_day_before(self, t: datetime, n: int) -> WorkingDay:
        """The n-th working day before the local day of t."""
        return self._working_day(bisect_left(self.day_numbers, self._listed_day(t)) - _counted(n))

    def opening_of_day(self, t: datetime) -> datetime:
        """The first opening of the local day of t; on a day without one, the next opening after its start.

        A closing instant belongs to the day it closes, so that "24:00" asks for the day before.
        """
        us, number = to_us(t), self._listed_day(t)
        i = bisect_right(self.day_numbers, number)
        for nearby in (i - 1, i - 2):
            if nearby >= 0 and self.day_closes[nearby] == us:
                return from_us(self.day_opens[nearby])
        if i and self.day_numbers[i - 1] == number:
            return from_us(self.day_opens[i - 1])
        return from_us(self.snap_us(day_start_us(date.fromordinal(number), self.zone)))

    def local_days(self, a: datetime, b: datetime) -> list[LocalDay]:
        """The whole local days that share time with [a, b), in order."""
        number, last, stop = self._day_number(a), self._day_number(b), to_us(b)
        if stop <= to_us(a):
            return []
        start = day_start_us(date.fromordinal(number), self.zone)
        found: list[LocalDay] = []
        while number <= last and start < stop:
            day = date.fromordinal(number)
            end = day_start_us(date.fromordinal(number + 1), self.zone)
            if start < end:  # Samoa had no 30 December 2011
                found.append(LocalDay(day, from_us(start), from_us(end), self._is_working(number)))
            number, start = number + 1, end
        return found

    # --- the same in whole microseconds

    def open_before_us(self, t: int) -> int:
        """Open time from the beginning of the calendar up to t."""
        if not self.covers_from <= t <= self.covers_to:
            self._inside(t)
        i = bisect_right(self.starts, t) - 1
        if i < 0:
            return 0
        end = self.ends[i]
        return self.before[i] + (t if t < end else end) - self.starts[i]

    def between_us(self, a: int, b: int) -> int:
        """Open time from a to b."""
        return self.open_before_us(b) - self.open_before_us(a)

    def add_us(self, t: int, d: int) -> int:
        """See `add`."""
        if d <= 0:
            return self.subtract_us(t, -d) if d else self.snap_us(t)
        sought = self.open_before_us(t) + d
        i = bisect_left(self.upto, sought)
        if i == len(self.upto):
            raise OutsideCalendar(f"the calendar ends {from_us(self.covers_to)} before so much time has passed")
        return self.starts[i] + sought - self.before[i]

    def subtract_us(self, t: int, d: int) -> int:
        """See `subtract`."""
        if d < 0:
            return self.add_us(t, -d)
        if d == 0:
            return self._last_open_us(t)
        sought = self.open_before_us(t) - d
        if sought < 0:
            raise OutsideCalendar(f"the calendar begins {from_us(self.covers_from)}, too late to go so far back")
        i = bisect_right(self.before, sought) - 1
        return self.starts[i] + sought - self.before[i]

    def snap_us(self, t: int) -> int:
        """See `snap`."""
        i = bisect_right(self.starts, self._inside(t)) - 1
        if i >= 0 and t < self.ends[i]:
            return t
        if i + 1 == len(self.starts):
            raise OutsideCalendar(f"no opening between {from_us(t)} and the end of the calendar")
        return self.starts[i + 1]

    def _last_open_us(self, t: int) -> int:
        i = bisect_left(self.starts, self._inside(t)) - 1
        if i < 0:
            raise OutsideCalendar(f"no open time between the beginning of the calendar and {from_us(t)}")
        return min(t, self.ends[i])

    def _inside(self, t: int) -> int:
        if not self.covers_from <= t <= self.covers_to:
            raise OutsideCalendar(
                f"{from_us(t)} is outside the calendar, {from_us(self.covers_from)} to {from_us(self.covers_to)}"
            )
        return t

    def _day_number(self, t: datetime) -> int:
        return local_date(self._inside(to_us(t)), self.zone).toordinal()

    def _listed_day(self, t: datetime) -> int:
        """As `_day_number`, but only where working days are known; an always-open calendar covers more than those."""
        number = self._day_number(t)
        if not self.first_day <= number <= self.last_day + 1:
            raise OutsideCalendar(f"working days are not known around {t}")
        return number

    def _is_working(self, number: int) -> bool:
        if not self.first_day <= number <= self.last_day:
            return True  # only an always-open calendar covers days beyond its list
        i = bisect_left(self.day_numbers, number)
        return i < len(self.day_numbers) and self.day_numbers[i] == number

    def _working_day(self, index: int) -> WorkingDay:
        if not 0 <= index < len(self.day_numbers):
            raise OutsideCalendar("not so many working days in the calendar")
        day = date.fromordinal(self.day_numbers[index])
        return WorkingDay(day, from_us(self.day_opens[index]), from_us(self.day_closes[index]))


def _counted(n: int) -> int:
    if n < 1:
        raise ValueError(f"count at least one working day, not {n}")
    return n
