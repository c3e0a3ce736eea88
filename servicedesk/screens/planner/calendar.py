"""The calendar of visits: a month or a week, for the desk all of them, for a customer those of his sites. Reads only.

A visit stands on the day and at the time of its site; a day says where it is closed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import may
from accounts.roles import Role
from common.whole_numbers import whole_number
from customers.models import Organisation
from inspections import clashes
from inspections.models import Appointment
from servicedesk import wording
from servicedesk.visits import words
from tickets import workdays
from tickets.policies import TABLE

WEEK = timedelta(days=7)
ONE_DAY = timedelta(days=1)
VIEWS = ("month", "week")
MOST = 2000
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 1)


@dataclass(frozen=True)
class Entry:
    """One visit of one day. `tone` and `state` say how far it is."""

    row: Appointment
    time: str
    state: str
    tone: str
    is_mine: bool

    @property
    def is_movable(self) -> bool:
        return not self.row.is_over and self.row.ticket.is_open


@dataclass
class Day:
    day: date
    is_today: bool
    is_outside: bool
    is_weekend: bool
    notes: Sequence[str] = ()
    entries: list[Entry] = field(default_factory=list)

    @property
    def name(self) -> str:
        return wording.date_of(self.day)

    @property
    def weekday(self) -> str:
        return wording.weekday(datetime.combine(self.day, time(), UTC), UTC)


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    view: str
    day: date
    engineer: int = 0
    customer: int = 0

    @property
    def first(self) -> date:
        first = self.day.replace(day=1) if self.view == "month" else self.day
        return first - timedelta(days=first.weekday())

    @property
    def last(self) -> date:
        """The last day that is shown."""
        if self.view == "week":
            return self.first + WEEK - ONE_DAY
        end = (self.day.replace(day=1) + timedelta(days=32)).replace(day=1) - ONE_DAY
        return end + timedelta(days=6 - end.weekday())

    def at(self, **changes: Any) -> str:
        values = {"view": self.view, "day": self.day.isoformat(), "engineer": self.engineer, "customer": self.customer}
        return "?" + urlencode({name: value for name, value in (values | changes).items() if value})

    @property
    def before(self) -> str:
        day = self.day - WEEK if self.view == "week" else (self.day.replace(day=1) - ONE_DAY).replace(day=1)
        return self.at(day=day.isoformat()) if day >= EARLIEST else ""

    @property
    def after(self) -> str:
        day = self.day + WEEK if self.view == "week" else (self.day.replace(day=1) + timedelta(days=32)).replace(day=1)
        return self.at(day=day.isoformat()) if day <= LATEST else ""

    @property
    def heading(self) -> str:
        return wording.month(self.day) if self.view == "month" else wording.days(self.first, self.last)


@require_safe
@never_cache
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    user, now = request.user, timezone.now()
    assert isinstance(user, User)
    asked = _asked(request, timezone.localdate(now))
    rows = _rows(asked, user)
    context = {
        "asked": asked,
        "views": [(code, asked.at(view=code), code == asked.view) for code in VIEWS],
        "days": _days(asked, rows, timezone.localdate(now), user),
        "count": len(rows),
        "can_move": may(Actor(user), "ticket.work", TABLE),
        "now": now,
    }
    if not user.is_staff_member:
        return render(request, "screens/planner/calendar_public.html", context)
    context |= {
        "engineers": User.objects.filter(role=Role.ENGINEER, is_active=True).order_by("name"),
        "customers": Organisation.objects.filter(is_active=True).order_by("name"),
    }
    return render(request, "screens/planner/calendar.html", context)


def _asked(request: HttpRequest, today: date) -> Asked:
    """What cannot be read is as if it had not been asked for."""
    view = request.GET.get("view", "")
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = today
    engineer, customer = (whole_number(request.GET.get(name, "")) or 0 for name in ("engineer", "customer"))
    day = min(max(day, EARLIEST), LATEST)
    return Asked(view if view in VIEWS else "month", day, engineer, customer)


def _rows(asked: Asked, user: User) -> list[Appointment]:
    """A site's day may begin fourteen hours before ours and end twelve after it."""
    begins = datetime.combine(asked.first - ONE_DAY, time(), UTC)
    found = Appointment.objects.visible_to(user).between(
        begins, datetime.combine(asked.last + 2 * ONE_DAY, time(), UTC)
    )
    if asked.engineer and user.is_staff_member:
        found = found.filter(ticket__assignee=asked.engineer)
    if asked.customer and user.is_staff_member:
        found = found.filter(ticket__organisation=asked.customer)
    rows = list(found.with_what_a_calendar_shows().order_by("planned_at", "pk")[:MOST])
    return [row for row in rows if asked.first <= _day_of(row) <= asked.last]


def _day_of(row: Appointment) -> date:
    return row.planned_at.astimezone(clashes.zone_of(row.ticket)).date()


def _days(asked: Asked, rows: Sequence[Appointment], today: date, user: User) -> list[Day]:
    notes = _notes(asked, rows)
    found = {}
    day = asked.first
    while day <= asked.last:
        is_outside = asked.view == "month" and day.month != asked.day.month
        found[day] = Day(day, day == today, is_outside, day.weekday() >= workdays.SATURDAY, notes.get(day, ()))
        day += ONE_DAY
    for row in rows:
        zone = clashes.zone_of(row.ticket)
        state, tone = words.state(row)
        entry = Entry(row, wording.time_of_day(row.planned_at, zone), state, tone, row.ticket.assignee_id == user.pk)
        found[_day_of(row)].entries.append(entry)
    for one in found.values():
        one.entries.sort(key=lambda entry: (entry.time, entry.row.pk))
    return list(found.values())


def _notes(asked: Asked, rows: Iterable[Appointment]) -> Mapping[date, Sequence[str]]:
    """Where a weekday is closed and a weekend day is worked, of the countries that are shown."""
    found: dict[date, list[str]] = {}
    for country in sorted({row.ticket.site.country for row in rows if row.ticket.site}):
        is_working = workdays.between(country, asked.first, asked.last)
        day = asked.first
        while day <= asked.last:
            is_weekday = day.weekday() < workdays.SATURDAY
            if is_working(day) != is_weekday:
                found.setdefault(day, []).append(words.closed(country) if is_weekday else words.worked(country))
            day += ONE_DAY
    return found
