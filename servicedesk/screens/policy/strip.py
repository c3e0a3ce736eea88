"""The counting of one clock as a strip of days, for inline SVG: open, closed, counted, paused, late. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from common.worktime import LocalDay, WorkTime
from servicedesk import wording
from sla.reports import ClockView

LEFT, RIGHT, TOP, STEP = 62.0, 396.0, 46.0, 30.0
MOST_ROWS, KEPT = 12, 6
DAY_HOURS, WIDE_HOURS = (6, 22), (0, 24)
APART = 18.0  # of two flags in a row
WEEKEND = 5


@dataclass(frozen=True)
class Span:
    """`kind`: open, counted, paused or over."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Flag:
    """Where a due time lies (`x`), and where its number stands."""

    number: int
    x: float
    at: float


@dataclass(frozen=True)
class Row:
    """A local day; `note` says why it is closed or worked, or how many days were left out (`is_gap`)."""

    y: float
    label: str
    note: str = ""
    is_open: bool = False
    is_gap: bool = False
    spans: Sequence[Span] = ()
    flags: Sequence[Flag] = ()


@dataclass(frozen=True)
class Strip:
    rows: Sequence[Row]
    hours: Sequence[tuple[float, str]]
    height: float
    reported_x: float
    reported: str
    title: str
    description: str

    @property
    def label_anchor(self) -> str:
        """The word stands on the side where there is room."""
        return "end" if self.reported_x > (LEFT + RIGHT) / 2 else "start"

    @property
    def label_shift(self) -> float:
        return -8.0 if self.label_anchor == "end" else 8.0

    @property
    def is_paused(self) -> bool:
        return self._has("paused")

    @property
    def is_late(self) -> bool:
        return self._has("over")

    def _has(self, kind: str) -> bool:
        return any(span.kind == kind for row in self.rows for span in row.spans)


@dataclass(frozen=True)
class _Axis:
    zone: ZoneInfo
    first: int
    last: int

    def x(self, minutes: float) -> float:
        low, high = 60 * self.first, 60 * self.last
        return LEFT + (RIGHT - LEFT) * (min(max(minutes, low), high) - low) / (high - low)

    def at(self, moment: datetime, day: date) -> float:
        """Of a moment, by the clock on the wall of that day; the midnight after it is its end."""
        local = moment.astimezone(self.zone)
        minutes = 60.0 * local.hour + local.minute + 1440 * (local.date() - day).days
        return self.x(minutes)


@dataclass(frozen=True)
class Calendar:
    """What is open: until the clock starts the calendar that moved its start, then the one it is counted in."""

    starts: WorkTime
    counts: WorkTime
    start: datetime

    def open_on(self, day: LocalDay) -> list[tuple[datetime, datetime]]:
        border = min(max(self.start, day.start), day.end)
        parts = [*self.starts.stretches(day.start, border), *self.counts.stretches(border, day.end)]
        return [(part.start, part.end) for part in parts if part.is_open]

    def has_nights(self, day: LocalDay) -> bool:
        """Whether that day is open from its first minute: such a calendar speaks of no weekends."""
        return (self.starts if day.end <= self.start else self.counts).is_open(day.start)


def draw(
    view: ClockView,
    numbered: Sequence[ClockView],
    calendar: Calendar,
    zone: ZoneInfo,
    received_at: datetime,
    summary: str,
) -> Strip:
    """Of `view`, from the report on; the due times of the others are flagged where they lie on its days."""
    stretches = view.explanation
    dues = [other.due_at for other in numbered if other.due_at is not None]
    end = max([view.stopped_at or view.due_at or stretches[-1].end, *(at for at in dues if at <= stretches[-1].end)])
    days = calendar.counts.local_days(received_at, max(end, received_at + timedelta(seconds=1)))
    axis = _axis(calendar, days, [received_at, *dues], zone)
    rows = list(_rows(days, view, numbered, calendar, axis, end, received_at))
    return Strip(
        rows=rows,
        hours=_hours(axis),
        height=TOP + STEP * len(rows) + 6,
        reported_x=axis.at(received_at, days[0].day),
        reported=wording.time_of_day(received_at, zone),
        title=_("How %(clock)s is counted, day by day") % {"clock": view.label},
        description=summary,
    )


def _axis(calendar: Calendar, days: Sequence[LocalDay], marks: Sequence[datetime], zone: ZoneInfo) -> _Axis:
    """The hours of daylight, or the whole day where something lies outside them."""
    edges = [*marks]
    for day in days[:MOST_ROWS]:
        for start, end in calendar.open_on(day):
            edges += [start, end - timedelta(minutes=1)]
    hours = {at.astimezone(zone).hour for at in edges}
    first, last = DAY_HOURS
    return _Axis(zone, *(DAY_HOURS if all(first <= hour < last for hour in hours) else WIDE_HOURS))


def _hours(axis: _Axis) -> list[tuple[float, str]]:
    step = 3 if (axis.first, axis.last) == DAY_HOURS else 4
    return [(axis.x(60 * hour), f"{hour:02}:00") for hour in range(axis.first, axis.last + 1, step)]


def _rows(
    days: Sequence[LocalDay],
    view: ClockView,
    numbered: Sequence[ClockView],
    calendar: Calendar,
    axis: _Axis,
    end: datetime,
    received_at: datetime,
) -> Iterator[Row]:
    left_out = len(days) - MOST_ROWS
    for position, day in enumerate(_shown(days)):
        y = TOP + STEP * position
        if day is None:
            yield Row(y, "", _("%(count)d days more") % {"count": left_out}, is_gap=True)
        else:
            yield _row(y, day, view, numbered, calendar, axis, end, received_at)


def _shown(days: Sequence[LocalDay]) -> Sequence[LocalDay | None]:
    """All of them, or the first and the last with one line for those between."""
    return days if len(days) <= MOST_ROWS + 1 else [*days[:KEPT], None, *days[-KEPT:]]


def _row(
    y: float,
    day: LocalDay,
    view: ClockView,
    numbered: Sequence[ClockView],
    calendar: Calendar,
    axis: _Axis,
    end: datetime,
    received_at: datetime,
) -> Row:
    names = wording.date_format().weekdays
    spans = [_span(start, end, "open", day, axis) for start, end in calendar.open_on(day)]
    counted = [
        _span(max(part.start, day.start), min(part.end, day.end, end), part.kind, day, axis)
        for part in view.explanation
        if part.kind != "closed" and part.start < min(day.end, end) and day.start < part.end
    ]
    return Row(
        y,
        f"{names[day.day.weekday()]} {day.day.day}",
        _note(day, bool(spans), calendar),
        bool(spans),
        spans=[*spans, *counted],
        flags=_flags(day, numbered, axis, received_at),
    )


def _span(start: datetime, end: datetime, kind: str, day: LocalDay, axis: _Axis) -> Span:
    x = axis.at(start, day.day)
    return Span(x, max(axis.at(end, day.day) - x, 1.5), kind)


def _note(day: LocalDay, is_open: bool, calendar: Calendar) -> str:
    is_weekend = day.day.weekday() >= WEEKEND
    if is_open and is_weekend and not calendar.has_nights(day):
        return _("worked in exchange")
    if is_open:
        return ""
    return _("closed") if is_weekend else _("public holiday")


def _flags(day: LocalDay, numbered: Sequence[ClockView], axis: _Axis, received_at: datetime) -> list[Flag]:
    """In order of time; numbers that would lie on each other, or on the mark of the report, stand side by side."""
    found: list[Flag] = []
    taken = axis.at(received_at, day.day) - 4 if day.start <= received_at < day.end else -APART
    dues: Mapping[int, datetime] = {
        number: view.due_at for number, view in enumerate(numbered, start=1) if view.due_at is not None
    }
    for number, due in sorted(dues.items(), key=lambda item: item[1]):
        # A time that ends with the day, midnight, belongs to that day.
        if day.start < due <= day.end:
            x = axis.at(due, day.day)
            taken = max(x, taken + APART)
            found.append(Flag(number, x, taken))
    return found
