"""The weekly trend as points of an inline SVG: lines that differ in dash and marker, not in colour alone. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from servicedesk.service_levels.period import Period
from sla.attainment import Share, Week, goal
from sla.words import target_label

LEFT, RIGHT, TOP, BOTTOM = 38.0, 456.0, 12.0, 196.0
LABEL_GAP = 20.0  # the labels grow on a phone
LIST = "/dashboard/tickets/?"
MAIN = ("respond", "arrive", "restore")
STYLES = {
    "respond": ("var(--series-1)", "", "circle"),
    "restore": ("var(--series-3)", "6 3", "square"),
    "arrive": ("var(--series-2)", "", "triangle"),
}


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    percent: float


@dataclass(frozen=True)
class Line:
    """`parts`: runs of weeks with a value; a week without clocks leaves a gap."""

    target: str
    label: str
    colour: str
    dash: str
    marker: str
    parts: Sequence[Sequence[Point]]
    last: Point
    label_y: float

    @property
    def points(self) -> Iterator[Point]:
        return (point for part in self.parts for point in part)

    @property
    def paths(self) -> list[str]:
        return [" ".join(f"{point.x:.1f},{point.y:.1f}" for point in part) for part in self.parts]


@dataclass(frozen=True)
class Trend:
    lines: Sequence[Line]
    grid: Sequence[tuple[float, int]]
    weeks: Sequence[tuple[float, int, bool]]  # x, week of the year, drawn on a phone
    goal: float
    goal_y: float
    goal_label_y: float
    floor: int
    band: tuple[float, float] | None = None  # x and width of the weeks that lie in the chosen period


def trend(weeks: Sequence[Week], focus: str, first: date, last: date) -> Trend:
    """`focus`: the target whose goal is drawn as a line; the weeks from `first` to `last` are highlighted."""
    values = [share.percent for week in weeks for code in MAIN if (share := week.shares.get(code)) and share.total]
    lowest = min([value for value in values if value is not None] + [goal(focus), 90.0])
    floor = max(0, int(lowest // 10 * 10))
    lines = [line for code in MAIN if (line := _line(code, weeks, floor)) is not None]
    step = 5 if floor >= 80 else 10 if floor >= 50 else 25
    placed, goal_label_y = _apart(lines, _y(goal(focus), floor))
    return Trend(
        lines=placed,
        grid=[(_y(percent, floor), percent) for percent in range(floor, 101, step)],
        weeks=[(_x(i, weeks), week.monday.isocalendar().week, i % 2 == 0) for i, week in enumerate(weeks)],
        goal=goal(focus),
        goal_y=_y(goal(focus), floor),
        goal_label_y=goal_label_y,
        floor=floor,
        band=_band(weeks, first, last),
    )


def _line(code: str, weeks: Sequence[Week], floor: int) -> Line | None:
    parts: list[list[Point]] = [[]]
    for i, week in enumerate(weeks):
        share = week.shares.get(code)
        if share is None or share.percent is None:
            parts.append([])
        else:
            parts[-1].append(Point(_x(i, weeks), _y(share.percent, floor), share.percent))
    drawn = [part for part in parts if part]
    if not drawn:
        return None
    colour, dash, marker = STYLES[code]
    last = drawn[-1][-1]
    return Line(code, target_label(code), colour, dash, marker, drawn, last, last.y)


def _apart(lines: Sequence[Line], goal_y: float) -> tuple[list[Line], float]:
    """Labels at the ends of lines that meet, and the goal's, are moved so far apart that each can be read."""
    wanted = sorted([*((line.last.y, line.target) for line in lines), (goal_y, "")])
    ys: list[float] = []
    for y, _target in wanted:
        ys.append(max(y, ys[-1] + LABEL_GAP) if ys else y)
    ceiling = BOTTOM
    for i in reversed(range(len(ys))):
        ys[i] = min(ys[i], ceiling)
        ceiling = ys[i] - LABEL_GAP
    placed = {target: y for (_y, target), y in zip(wanted, ys, strict=True)}
    return [replace(line, label_y=placed[line.target]) for line in lines], placed[""]


def _band(weeks: Sequence[Week], first: date, last: date) -> tuple[float, float] | None:
    """Half a step to either side of the weeks' points; nothing where all or none of them lie in the period."""
    inside = [i for i, week in enumerate(weeks) if week.monday <= last and first <= week.monday + timedelta(days=6)]
    if not inside or len(inside) == len(weeks):
        return None
    half = (RIGHT - LEFT) / max(len(weeks) - 1, 1) / 2
    start, end = max(_x(inside[0], weeks) - half, LEFT), min(_x(inside[-1], weeks) + half, RIGHT)
    return start, end - start


def _x(i: int, weeks: Sequence[Week]) -> float:
    return LEFT + (RIGHT - LEFT) * i / max(len(weeks) - 1, 1)


def _y(percent: float, floor: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * (percent - floor) / (100 - floor)


@dataclass(frozen=True)
class TableWeek:
    """A week of the table: by target in the order of MAIN, share and address (None: nothing decided)."""

    number: int
    monday: date
    cells: Sequence[tuple[Share, str] | None]


def table(weeks: Sequence[Week], period: Period) -> list[TableWeek]:
    return [_table_week(week, period) for week in weeks]


def _table_week(week: Week, period: Period) -> TableWeek:
    days = replace(period, first=week.monday, last=week.monday + timedelta(days=6), preset="", month="")
    cells = [
        (share, LIST + days.query(target=code)) if (share := week.shares.get(code)) and share.total else None
        for code in MAIN
    ]
    return TableWeek(week.monday.isocalendar().week, week.monday, cells)
