"""Which days of the calendar somebody asks for, and whose visits; and the addresses of the days around. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from common.whole_numbers import whole_number
from servicedesk import wording

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
VIEWS = ("month", "week", "day")
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 1)


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `page`: of one day that has more visits than a page."""

    view: str
    day: date
    engineer: int = 0
    customer: int = 0
    page: int = 1

    @property
    def first(self) -> date:
        if self.view == "day":
            return self.day
        first = self.day.replace(day=1) if self.view == "month" else self.day
        return first - timedelta(days=first.weekday())

    @property
    def last(self) -> date:
        """The last day that is shown."""
        if self.view == "day":
            return self.day
        if self.view == "week":
            return self.first + WEEK - ONE_DAY
        end = (self.day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY
        return end + timedelta(days=6 - end.weekday())

    def at(self, **changes: Any) -> str:
        """The same with those changes, on its first page unless they say another."""
        values = {"view": self.view, "day": self.day.isoformat(), "engineer": self.engineer, "customer": self.customer}
        found = {name: value for name, value in (values | changes).items() if value}
        return "?" + urlencode({name: value for name, value in found.items() if (name, value) != ("page", 1)})

    @property
    def before(self) -> str:
        day = {
            "month": (self.day.replace(day=1) - ONE_DAY).replace(day=1),
            "week": self.day - WEEK,
            "day": self.day - ONE_DAY,
        }[self.view]
        return self.at(day=day.isoformat()) if day >= EARLIEST else ""

    @property
    def after(self) -> str:
        day = {
            "month": (self.day.replace(day=1) + timedelta(days=32)).replace(day=1),
            "week": self.day + WEEK,
            "day": self.day + ONE_DAY,
        }[self.view]
        return self.at(day=day.isoformat()) if day <= LATEST else ""

    @property
    def heading(self) -> str:
        if self.view == "day":
            return wording.sentence_start(wording.date_of(self.day))
        return wording.month(self.day) if self.view == "month" else wording.days(self.first, self.last)


def read(query: Mapping[str, Any], today: date) -> Asked:
    """What cannot be read is as if it had not been asked for."""
    view = query.get("view", "")
    try:
        day = date.fromisoformat(query.get("day", ""))
    except ValueError:
        day = today
    engineer, customer, page = (whole_number(query.get(name, "")) or 0 for name in ("engineer", "customer", "page"))
    day = min(max(day, EARLIEST), LATEST)
    return Asked(view if view in VIEWS else "month", day, engineer, customer, max(page, 1))
