"""When faults are reported: by weekday and hour in a zone. One statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay

from common.calendars import CALENDARS
from tickets.kinds import Kind
from tickets.models import Ticket

HOURS = range(24)
WEEKDAYS = range(1, 8)  # Monday is 1
WORKING_HOURS = CALENDARS["5x8"].weekly


@dataclass(frozen=True)
class Peaks:
    """Faults by (weekday, hour), both of the zone; cells without any are left out."""

    counts: dict[tuple[int, int], int]
    start: datetime
    end: datetime

    def at(self, weekday: int, hour: int) -> int:
        return self.counts.get((weekday, hour), 0)

    @property
    def highest(self) -> int:
        return max(self.counts.values(), default=0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def peaks(selected: QuerySet[Ticket], start: datetime, end: datetime, zone: tzinfo) -> Peaks:
    rows: Iterable[Any] = (
        _placed(selected, start, end, zone).order_by().values("weekday", "hour").annotate(n=Count("pk"))
    )
    return Peaks({(row["weekday"], row["hour"]): row["n"] for row in rows}, start, end)


def reported(
    selected: QuerySet[Ticket], start: datetime, end: datetime, zone: tzinfo, weekday: int | None, hour: int | None
) -> QuerySet[Ticket]:
    """The faults behind a cell, or behind all of them."""
    found = _placed(selected, start, end, zone)
    if weekday is not None:
        found = found.filter(weekday=weekday)
    if hour is not None:
        found = found.filter(hour=hour)
    return found.order_by("-received_at", "pk")


def is_working(weekday: int, hour: int) -> bool:
    """By the working hours every scheme may name; an hour that is worked in part is worked."""
    begin, end = 60 * hour, 60 * hour + 60
    return any(window.start < end and begin < window.end for window in WORKING_HOURS.get(weekday - 1, ()))


def _placed(selected: QuerySet[Ticket], start: datetime, end: datetime, zone: tzinfo) -> QuerySet[Any]:
    found = selected.filter(kind=Kind.FAULT, received_at__gte=start, received_at__lt=end)
    return found.annotate(
        weekday=ExtractIsoWeekDay("received_at", tzinfo=zone), hour=ExtractHour("received_at", tzinfo=zone)
    )
