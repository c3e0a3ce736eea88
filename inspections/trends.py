"""Whether a reading gets worse, and when it would reach its limit at this pace. Pure: readings in, a judgement out.

A straight line is laid through all readings (least squares). It counts only where there are enough of them and they
follow it; a reading that jumps about says nothing about next year. Where a reading is held against the last one alone,
each small step may be good and all of them together not: it may move from its first value as far as one step may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

FEWEST = 3
FOLLOWED = 0.5  # share of the readings' spread that the line explains, at least
HORIZON = timedelta(days=5 * 365)
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Reading:
    on: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Pace:
    """`per_year`: in the reading's unit, signed. `limit`: the one it moves towards. `reached_on`: when the line meets
    it; None where the last reading lies beyond it already. `step`: what one visit may differ from the last, where the
    limit follows from that alone.
    """

    per_year: float
    limit: Decimal
    reached_on: date | None
    step: Decimal | None = None

    @property
    def is_beyond(self) -> bool:
        return self.reached_on is None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a reading may be: `low` and `high` as such, `change` and `change_percent` beside the last one."""

    low: Decimal | None = None
    high: Decimal | None = None
    change: Decimal | None = None
    change_percent: Decimal | None = None

    def around(self, first: Decimal) -> "tuple[Decimal | None, Decimal | None, Decimal | None]":
        """The lowest and the highest it may come to, and the step they follow from where it is held against the last
        reading alone: a fixed limit says which direction is the wrong one.
        """
        share = None if self.change_percent is None else abs(first) * self.change_percent / 100
        steps = [size for size in (self.change, share) if size is not None]
        if self.low is not None or self.high is not None or not steps:
            return self.low, self.high, None
        step = min(steps)
        return first - step, first + step, step


def worsening(readings: Sequence[Reading], bounds: Bounds) -> Pace | None:
    """None: it does not get worse, or nobody can tell. Readings are in order of their days."""
    if len({one.on for one in readings}) < FEWEST:
        return None
    slope, followed = _line(readings)
    return pace_of(slope, readings[0].value, readings[-1], bounds) if followed >= FOLLOWED else None


def pace_of(slope: float, first: Decimal, last: Reading, bounds: Bounds) -> Pace | None:
    """Of a line of that slope, in units a day."""
    low, high, step = bounds.around(first)
    limit = high if slope > 0 else low
    if limit is None or slope == 0:
        return None
    left = float(limit - last.value) / slope  # in days; negative: the last reading is beyond the limit
    if left < 0:
        return Pace(slope * YEAR, limit, None, step)
    if left > HORIZON.days:
        return None
    return Pace(slope * YEAR, limit, last.on + timedelta(days=round(left)), step)


def _line(readings: Sequence[Reading]) -> tuple[float, float]:
    """Change a day, and how much of the spread the line explains."""
    first = readings[0].on
    days = [float((one.on - first).days) for one in readings]
    values = [float(one.value) for one in readings]
    middle, mean = sum(days) / len(days), sum(values) / len(values)
    wide = sum((day - middle) ** 2 for day in days)
    tall = sum((value - mean) ** 2 for value in values)
    both = sum((day - middle) * (value - mean) for day, value in zip(days, values, strict=True))
    if not wide or not tall:
        return 0.0, 0.0
    return both / wide, both**2 / (wide * tall)
