"""The weekly trend as points of an inline SVG: lines that differ in dash and marker, not in colour alone. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sla.attainment import Week, goal
from sla.wording import target_label

LEFT, RIGHT, TOP, BOTTOM = 38.0, 456.0, 12.0, 196.0
LABEL_GAP = 20.0  # the labels grow on a phone
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
    floor: int


def trend(weeks: Sequence[Week], focus: str) -> Trend:
    """`focus`: the target whose goal is drawn as a line."""
    values = [share.percent for week in weeks for code in MAIN if (share := week.shares.get(code)) and share.total]
    lowest = min([value for value in values if value is not None] + [goal(focus), 90.0])
    floor = max(0, int(lowest // 10 * 10))
    lines = [line for code in MAIN if (line := _line(code, weeks, floor)) is not None]
    step = 5 if floor >= 80 else 10 if floor >= 50 else 25
    return Trend(
        lines=_apart(lines),
        grid=[(_y(percent, floor), percent) for percent in range(floor, 101, step)],
        weeks=[(_x(i, weeks), week.monday.isocalendar().week, i % 2 == 0) for i, week in enumerate(weeks)],
        goal=goal(focus),
        goal_y=_y(goal(focus), floor),
        floor=floor,
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


def _apart(lines: Sequence[Line]) -> list[Line]:
    """Labels at the ends of lines that meet are moved so far apart that each can be read."""
    placed: list[Line] = []
    for line in sorted(lines, key=lambda line: line.last.y):
        y = max(line.last.y, placed[-1].label_y + LABEL_GAP) if placed else line.last.y
        placed.append(Line(**{**line.__dict__, "label_y": y}))
    over = placed[-1].label_y - BOTTOM if placed else 0
    return [Line(**{**line.__dict__, "label_y": line.label_y - max(over, 0)}) for line in placed]


def _x(i: int, weeks: Sequence[Week]) -> float:
    return LEFT + (RIGHT - LEFT) * i / max(len(weeks) - 1, 1)


def _y(percent: float, floor: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * (percent - floor) / (100 - floor)
