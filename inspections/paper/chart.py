"""A small chart of one reading: dots by their day, limits as lines, all within a field of 0 to 1. Pure.

Papers and pages draw the same numbers, so that they cannot disagree. y grows upwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ROOM, SIDE = 0.12, 0.04  # of the field stay free above and below, and at both ends, of what is drawn


@dataclass(frozen=True, slots=True)
class Dot:
    """`label`: the value as people read it; `day`: the same of its day. `is_now`: of this visit."""

    x: float
    y: float
    label: str
    day: str
    is_bad: bool = False
    is_now: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """A line across the field, with its value in words."""

    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`said`: the last value with its unit; `note`: what the limits are."""

    title: str
    said: str
    note: str
    dots: Sequence[Dot]
    limits: Sequence[Limit]
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A reading as it is drawn."""

    on: date
    value: Decimal
    label: str
    day: str
    is_bad: bool = False


def draw(
    title: str, values: Sequence[Value], limits: Sequence[tuple[Decimal, str]], *, said: str = "", note: str = ""
) -> Chart:
    """Expects values in order of their days, at least one; the last one is the one of now."""
    heights = [one.value for one in values] + [limit for limit, _label in limits]
    low, high = min(heights), max(heights)
    span = float(high - low) or 1.0
    first, last = values[0].on, values[-1].on
    days = (last - first).days

    def y_of(value: Decimal) -> float:
        share = 0.5 if high == low else float(value - low) / span
        return round(ROOM + share * (1 - 2 * ROOM), 4)

    def x_of(one: Value) -> float:
        return 0.5 if days == 0 else round(SIDE + (one.on - first).days / days * (1 - 2 * SIDE), 4)

    dots = [
        Dot(x_of(one), y_of(one.value), one.label, one.day, one.is_bad, number == len(values))
        for number, one in enumerate(values, start=1)
    ]
    lines = [Limit(y_of(limit), label) for limit, label in limits]
    return Chart(title, said or values[-1].label, note, dots, lines, values[-1].is_bad)
