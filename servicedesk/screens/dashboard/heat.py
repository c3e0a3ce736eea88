"""The hours of the week as a table of seven fixed steps, so that the number in each cell can be read. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicedesk import wording
from servicedesk.service_levels import peaks
from servicedesk.service_levels.peaks import Peaks
from servicedesk.service_levels.period import Period

LIST = "/dashboard/tickets/?"
# Up to which share of the highest cell, and the strength of the colour, as the design has them.
STEPS = ((0.0, 0), (0.09, 8), (0.25, 18), (0.4, 30), (0.56, 44), (0.66, 56), (0.9, 88), (1.0, 100))
DARK, PALE = 88, 8


@dataclass(frozen=True)
class Cell:
    hour: int
    number: int
    strength: int
    is_shut: bool
    address: str

    @property
    def css(self) -> str:
        tone = "hi" if self.strength >= DARK else "lo" if self.strength <= PALE else ""
        return " ".join(filter(None, (tone, "shut" if self.is_shut else "")))


@dataclass(frozen=True)
class Day:
    name: str
    cells: Sequence[Cell]
    total: int
    address: str


def days(found: Peaks, period: Period) -> list[Day]:
    names = wording.date_format().weekdays
    return [_day(weekday, names[weekday - 1], found, period) for weekday in peaks.WEEKDAYS]


def _day(weekday: int, name: str, found: Peaks, period: Period) -> Day:
    cells = [
        Cell(
            hour,
            found.at(weekday, hour),
            strength(found.at(weekday, hour), found.highest),
            not peaks.is_working(weekday, hour),
            LIST + period.query(show="faults", weekday=weekday, hour=hour),
        )
        for hour in peaks.HOURS
    ]
    total = sum(cell.number for cell in cells)
    return Day(name, cells, total, LIST + period.query(show="faults", weekday=weekday))


def strength(number: int, highest: int) -> int:
    share = number / highest if highest else 0
    return next(value for border, value in STEPS if share <= border)
