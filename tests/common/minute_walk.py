"""The slow truth: walks every minute, reads the wall clock of the place, and looks whether a window is open.

Shares no code with the product except the rules themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from zoneinfo import ZoneInfo

from common.worktime import Rules

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Walk:
    """Each minute of a stretch of days, with the wall time at its beginning."""

    start: datetime
    walls: tuple[datetime, ...]
    first: dict[datetime, int]
    last: dict[datetime, int]
    day_ends: dict[date, int]


@lru_cache(maxsize=64)
def walk(zone: str, middle: date) -> Walk:
    """Twelve days around a date."""
    place = ZoneInfo(zone)
    start = datetime(middle.year, middle.month, middle.day, tzinfo=UTC) - timedelta(days=6)
    walls = tuple((start + n * MINUTE).astimezone(place).replace(tzinfo=None, fold=0) for n in range(12 * 1440))
    first = {wall: n for n, wall in reversed(list(enumerate(walls)))}
    last = {wall: n for n, wall in enumerate(walls)}
    day_ends: dict[date, int] = {}
    for n, wall in enumerate(walls):
        for before in {wall.date() - timedelta(days=1), wall.date() - timedelta(days=2)}:
            day_ends.setdefault(before, n)
    return Walk(start, walls, first, last, day_ends)


def open_minutes(zone: str, middle: date, rules: Rules) -> list[bool]:
    """For each minute of the walk, whether it is open."""
    seen = walk(zone, middle)
    is_open = [False] * len(seen.walls)
    for day in sorted({wall.date() for wall in seen.walls}):
        for start, end in _spans(seen, day, rules):
            is_open[start:end] = [True] * (end - start) if end > start else []
    return is_open


def _spans(seen: Walk, day: date, rules: Rules) -> Iterator[tuple[int, int]]:
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001  wall time
    for window in rules.windows_on(day):
        length = window.end if window.end > window.start else window.end + 1440
        start = _reach(seen.first, midnight + window.start * MINUTE, seen)
        if length == 1440:
            end = seen.day_ends.get(day, len(seen.walls))
        else:
            end = _reach(seen.last, midnight + length * MINUTE, seen)
        yield start, max(start, end)


def _reach(index: dict[datetime, int], wall: datetime, seen: Walk) -> int:
    """The minute with that wall time, or the first one after the gap it fell into."""
    if wall < seen.walls[0]:
        return 0
    while wall not in index:
        if wall > seen.walls[-1]:
            return len(seen.walls)
        wall += MINUTE
    return index[wall]


class Oracle:
    """Open minutes counted one by one, from the beginning of the walk."""

    def __init__(self, zone: str, middle: date, rules: Rules) -> None:
        self.start = walk(zone, middle).start
        self.is_open = open_minutes(zone, middle, rules)
        self.counted = list(accumulate(self.is_open, initial=0))

    def at(self, n: int) -> datetime:
        return self.start + n * MINUTE

    def between(self, a: int, b: int) -> timedelta:
        return (self.counted[b] - self.counted[a]) * MINUTE

    def add(self, a: int, minutes: int) -> int | None:
        """The first minute by which so many have been open; None beyond the walk."""
        return next((n for n in range(a, len(self.counted)) if self.counted[n] - self.counted[a] == minutes), None)

    def subtract(self, b: int, minutes: int) -> int | None:
        return next((n for n in range(b, -1, -1) if self.counted[b] - self.counted[n] == minutes), None)

    def snap(self, a: int) -> int | None:
        return next((n for n in range(a, len(self.is_open)) if self.is_open[n]), None)
