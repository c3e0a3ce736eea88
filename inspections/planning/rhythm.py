"""What a plan owes: a function of the plan alone, so that generating it in steps, twice or all at once says the same.

Periods are half-open and counted from the plan's first day: the 31st of a month stays the 31st wherever there is one.
Each has a key that never changes, and a visit in its middle, on a working day.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

IsWorking = Callable[[date], bool]
ONE_DAY = timedelta(days=1)
WARRANTY_DAYS = 60  # before the end of warranty: whatever is found then is still covered
LONGEST_REST = 30  # days in a row without work, before somebody has closed a whole month


class Every(StrEnum):
    """How often."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    WEEKS = "weeks"  # every so many, on one day of the week
    WORKING_DAYS = "working-days"  # every so many
    DATES = "dates"  # so many working days before each
    ONCE = "once"  # within the days before one date, such as the end of warranty
    IMPORTANCE = "importance"  # one of those by months: which, the importance of the unit says


MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`every`: any but IMPORTANCE, which is no rhythm of its own. `days`: of WORKING_DAYS and WEEKS every so many, of
    DATES so many before (working days); `dates`: of DATES and ONCE; `weekday`: of WEEKS, Monday is 0, None the one of
    the plan's first day.
    """

    every: Every
    days: int = 1
    dates: tuple[date, ...] = ()
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """One inspection: due within [opens_on, closes_on), visited on `visit_on` unless somebody plans another day."""

    key: str
    opens_on: date
    closes_on: date
    visit_on: date

    @property
    def middle(self) -> date:
        """Whatever the calendar says: a decreed holiday moves the visit and not where it belongs."""
        return self.opens_on + (self.closes_on - self.opens_on) // 2


def owed(rhythm: Rhythm, *, begins: date, ends: date | None, until: date, is_working: IsWorking) -> Iterator[Owed]:
    """What is owed in periods that open before `until`, in order. `begins`: the plan's first day; `ends`: the first day
    it counts no more, None for no end. A period that the end cuts short is owed if it has begun.
    """
    end = until if ends is None else min(until, ends)
    if rhythm.every in MONTHS:
        yield from _by_months(MONTHS[rhythm.every], begins, ends, end, is_working)
    elif rhythm.every == Every.WEEKS:
        yield from _by_weeks(rhythm, begins, ends, end, is_working)
    elif rhythm.every == Every.WORKING_DAYS:
        yield from _by_working_days(rhythm.days, begins, end, is_working)
    else:
        yield from _by_dates(rhythm, begins, ends, until, is_working)


def untaken(found: Iterable[Owed], there: Collection[Owed]) -> Iterator[Owed]:
    """Those that are not there yet. `there`: what was made, perhaps at another pace. A period by months in which the
    middle of one of them lies has its inspection: half a year made beforehand stands for the month it falls in.
    """
    keys, middles = {one.key for one in there}, [one.middle for one in there]
    for one in found:
        if one.key not in keys and not any(one.opens_on <= middle < one.closes_on for middle in middles):
            yield one


def _by_months(months: int, begins: date, ends: date | None, end: date, is_working: IsWorking) -> Iterator[Owed]:
    for number in count():
        opens, closes = add_months(begins, number * months), add_months(begins, (number + 1) * months)
        if opens >= end:
            return
        closes = closes if ends is None else min(closes, ends)
        yield Owed(opens.isoformat(), opens, closes, _middle(opens, closes, is_working))


def _by_weeks(rhythm: Rhythm, begins: date, ends: date | None, end: date, is_working: IsWorking) -> Iterator[Owed]:
    """On that day of the week; where it is closed, on the next day that is worked before the period is over."""
    weekday = begins.weekday() if rhythm.weekday is None else rhythm.weekday
    day = begins + timedelta(days=(weekday - begins.weekday()) % 7)
    while day < end:
        following = day + timedelta(weeks=max(rhythm.days, 1))
        closes = following if ends is None else min(following, ends)
        after = _from(day, is_working)
        yield Owed(day.isoformat(), day, closes, after if after < closes else day)
        day = following


def _by_working_days(days: int, begins: date, end: date, is_working: IsWorking) -> Iterator[Owed]:
    """The first working day from the plan's first on, then every so many. Its number is its key: a make-up day that is
    decreed later moves the days and not what they are.
    """
    day, number = _from(begins, is_working), 0
    while day < end:
        following = day
        for _ in range(max(days, 1)):
            following = _from(following + ONE_DAY, is_working)
        yield Owed(f"day-{number}", day, following, day)
        day, number = following, number + 1


def _by_dates(rhythm: Rhythm, begins: date, ends: date | None, until: date, is_working: IsWorking) -> Iterator[Owed]:
    for day in sorted(set(rhythm.dates)):
        if rhythm.every == Every.ONCE:
            opens = day - timedelta(days=WARRANTY_DAYS)
            visit = _middle(opens, day, is_working)
        else:
            opens = visit = _before(day, rhythm.days, is_working)
        if begins <= day and opens < until and (ends is None or opens < ends):
            yield Owed(day.isoformat(), opens, day, visit)


def _middle(opens: date, closes: date, is_working: IsWorking) -> date:
    """The working day at the middle of a period or after it, before it where none is left."""
    middle = opens + (closes - opens) // 2  # as `Owed.middle`
    after = _from(middle, is_working)
    return after if after < closes else _back_from(middle, opens, is_working)


def _from(day: date, is_working: IsWorking) -> date:
    """That day or the next that is worked; after a month without any, that day itself."""
    return next((one for one in _days(day, 1, LONGEST_REST) if is_working(one)), day)


def _back_from(day: date, opens: date, is_working: IsWorking) -> date:
    found = (one for one in _days(day, -1, LONGEST_REST) if is_working(one) and one >= opens)
    return next(found, opens)


def _before(day: date, days: int, is_working: IsWorking) -> date:
    """The working day so many before: 1 is the last one before it."""
    found = day
    for _ in range(max(days, 1)):
        found = next((one for one in _days(found - ONE_DAY, -1, LONGEST_REST) if is_working(one)), found - ONE_DAY)
    return found


def _days(first: date, step: int, length: int) -> Iterator[date]:
    return (first + timedelta(days=step * number) for number in range(length))


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for wanted in range(day.day, 27, -1):
        try:
            return date(year, month + 1, wanted)
        except ValueError:  # a shorter month
            continue
    return date(year, month + 1, min(day.day, 28))
