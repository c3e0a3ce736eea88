"""When a service is open, as people write it down: windows of the week, and what single dates change.

An explicit date always beats the rule of its weekday. Nothing here knows about zones or instants.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import Self

MINUTES_A_DAY = 1440


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Open from `start` to `end`, in local minutes of the day; an end at or before the start is on the next day."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < MINUTES_A_DAY and 0 <= self.end <= MINUTES_A_DAY):
            raise ValueError(f"a window lies between 00:00 and 24:00: {self.start}-{self.end} minutes")

    @classmethod
    def between(cls, start: time, end: time) -> Self:
        """From two times of day; 00:00 as end means the following midnight."""
        return cls(start.hour * 60 + start.minute, end.hour * 60 + end.minute)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "09:00-12:00"; "24:00" is allowed as end."""
        try:
            (h1, m1), (h2, m2) = (map(int, part.strip().split(":")) for part in text.split("-"))
        except ValueError as error:
            raise ValueError(f"not a window such as 09:00-12:00: {text!r}") from error
        if not (0 <= m1 < 60 and 0 <= m2 < 60):
            raise ValueError(f"no such time of day: {text!r}")
        return cls(h1 * 60 + m1, h2 * 60 + m2)

    @property
    def end_offset(self) -> int:
        """Minutes from the midnight that begins the start day to the end; more than 1440 for a night shift."""
        return self.end if self.end > self.start else self.end + MINUTES_A_DAY

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"


Weekly = Mapping[int, tuple[Window, ...]]


@dataclass(frozen=True)
class DayStatus:
    """What single dates change: closed, worked like a normal weekday (make-up days), or open at given windows."""

    closed: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()
    windows: Mapping[date, tuple[Window, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        both = self.closed & self.working
        if both:
            raise ValueError(f"both closed and worked: {', '.join(str(day) for day in sorted(both))}")


@dataclass(frozen=True)
class Rules:
    """Windows per weekday (0 is Monday) and the dates that differ."""

    weekly: Weekly
    days: DayStatus = field(default_factory=DayStatus)

    def __post_init__(self) -> None:
        if not all(0 <= weekday <= 6 for weekday in self.weekly):
            raise ValueError("weekdays go from 0 (Monday) to 6 (Sunday)")

    @classmethod
    def same_hours(cls, weekdays: Iterable[int], *windows: str, days: DayStatus | None = None) -> Self:
        """The same windows on each of the weekdays."""
        parsed = tuple(Window.parse(text) for text in windows)
        return cls(dict.fromkeys(weekdays, parsed), days or DayStatus())

    @cached_property
    def normal_day(self) -> tuple[Window, ...]:
        """The windows of a normal weekday: Monday's, or those of the first weekday that has any."""
        return next((self.weekly[day] for day in range(7) if self.weekly.get(day)), ())

    def windows_on(self, day: date) -> tuple[Window, ...]:
        """The windows that begin on that date."""
        if day in self.days.windows:
            return self.days.windows[day]
        if day in self.days.closed:
            return ()
        if day in self.days.working:
            return self.normal_day
        return self.weekly.get(day.weekday(), ())
