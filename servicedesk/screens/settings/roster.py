"""Who is called under each name of the ladders through a week: stretches, gaps, overlaps. Pure, half-open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MOST_SENTENCES = 5


class Turn(Protocol):
    """A row of the duty list; open ends are None."""

    pk: int
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True)
class Stretch:
    """`left` and `width` are percent of the week; `turn` None: nobody."""

    start: datetime
    end: datetime
    left: float
    width: float
    turn: Turn | None = None
    is_twice: bool = False


@dataclass(frozen=True)
class Row:
    stretches: tuple[Stretch, ...]
    gaps: tuple[Stretch, ...]
    twice: tuple[tuple[datetime, datetime], ...]


def row(turns: Sequence[Turn], start: datetime, end: datetime) -> Row:
    """What of the turns lies in the week, what is uncovered in it, and when two are called at once."""
    shown = [(max(t.starts_at or start, start), min(t.ends_at or end, end), t) for t in turns]
    shown = sorted(((a, b, t) for a, b, t in shown if a < b), key=lambda entry: entry[:2])
    twice = tuple(_overlaps([(a, b) for a, b, _turn in shown]))
    stretches = tuple(_stretch(a, b, start, end, turn, any(x < b and a < y for x, y in twice)) for a, b, turn in shown)
    gaps = tuple(_stretch(a, b, start, end) for a, b in _gaps([(a, b) for a, b, _turn in shown], start, end))
    return Row(stretches, gaps, twice)


def _stretch(
    a: datetime, b: datetime, start: datetime, end: datetime, turn: Turn | None = None, is_twice: bool = False
) -> Stretch:
    whole = end - start
    return Stretch(a, b, round((a - start) / whole * 100, 3), round((b - a) / whole * 100, 3), turn, is_twice)


def _gaps(
    covered: Iterable[tuple[datetime, datetime]], start: datetime, end: datetime
) -> Iterable[tuple[datetime, datetime]]:
    reached = start
    for a, b in covered:
        if a > reached:
            yield reached, a
        reached = max(reached, b)
    if reached < end:
        yield reached, end


def _overlaps(covered: Sequence[tuple[datetime, datetime]]) -> Iterable[tuple[datetime, datetime]]:
    reached: datetime | None = None
    for a, b in covered:
        if reached is not None and a < reached:
            yield a, min(b, reached)
        reached = b if reached is None else max(reached, b)
