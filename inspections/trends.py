"""Whether a reading gets worse, and when it would reach its limit at this pace. Pure: readings in, a judgement out.

A straight line is laid through all readings (least squares). It counts only where there are enough of them and they
follow it; a reading that jumps about says nothing about next year.
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
    it; None where the last reading lies beyond it already.
    """

    per_year: float
    limit: Decimal
    reached_on: date | None

    @property
    def is_beyond(self) -> bool:
        return self.reached_on is None


def worsening(readings: Sequence[Reading], low: Decimal | None, high: Decimal | None) -> Pace | None:
    """None: it does not get worse, or nobody can tell. Readings are in order of their days."""
    if len({one.on for one in readings}) < FEWEST:
        return None
    slope, followed = _line(readings)
    return pace_of(slope, readings[-1], low, high) if followed >= FOLLOWED else None


def pace_of(slope: float, last: Reading, low: Decimal | None, high: Decimal | None) -> Pace | None:
    """Of a line of that slope, in units a day."""
    limit = high if slope > 0 else low
    if limit is None or slope == 0:
        return None
    left = float(limit - last.value) / slope  # in days; negative: the last reading is beyond the limit
    if left < 0:
        return Pace(slope * YEAR, limit, None)
    if left > HORIZON.days:
        return None
    return Pace(slope * YEAR, limit, last.on + timedelta(days=round(left)))


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
