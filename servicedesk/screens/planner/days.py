"""The days of the calendar: which visits stand on each, what is wrong with them, and where the first of those is.

All visits of the days are read in a few columns, in one statement; in full only those that have room on the page. What
has none is counted, with the way to its day. Reads only.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from accounts.models import User
from inspections import clashes
from inspections.clashes import Slot, Why
from inspections.models import LONGEST_MINUTES, Appointment
from servicedesk import wording
from servicedesk.screens.planner.asked import ONE_DAY, Asked
from servicedesk.visits import warnings, words
from tickets import workdays

MOST_A_DAY = {"month": 8, "week": 30, "day": 100}


@dataclass(frozen=True)
class Entry:
    """One visit of one day. `tone` and `state` say how far it is, `wrong` what speaks against its time."""

    row: Appointment
    time: str
    state: str
    tone: str
    is_mine: bool
    wrong: Sequence[str] = ()

    @property
    def is_movable(self) -> bool:
        return not self.row.is_over and self.row.ticket.is_open


@dataclass
class Day:
    """`more`: so many visits have no room here, `more_wrong` of them clash; `address`: where all stand."""

    day: date
    is_today: bool
    is_outside: bool
    is_weekend: bool
    notes: Sequence[str] = ()
    entries: list[Entry] = field(default_factory=list)
    more: int = 0
    more_wrong: int = 0
    address: str = ""

    @property
    def name(self) -> str:
        return wording.date_of(self.day)

    @property
    def weekday(self) -> str:
        return wording.weekday(datetime.combine(self.day, time(), UTC), UTC)


@dataclass(frozen=True)
class Shown:
    """`wrong`: so many visits clash, the first at `first_wrong`; `pages`: of one day, how many."""

    days: Sequence[Day]
    count: int
    wrong: int = 0
    first_wrong: str = ""
    pages: int = 1


def shown(asked: Asked, user: User, now: datetime, today: date) -> Shown:
    """What the calendar shows this person. What clashes is told to staff alone: it speaks of other customers."""
    found = _read(asked, user)
    calendars = {
        country: workdays.between(country, asked.first, asked.last)
        for country in sorted({slot.country for slot in found if asked.first <= slot.day <= asked.last})
    }
    mine = [slot for slot in found if asked.first <= slot.day <= asked.last and _is_wanted(slot, asked, user)]
    wrong = warnings.among(found, calendars, now) if user.is_staff_member else {}
    by_day: dict[date, list[Slot]] = {}
    for slot in mine:
        by_day.setdefault(slot.day, []).append(slot)
    room = {day: _room(asked, slots) for day, slots in by_day.items()}
    entries = _entries([slot.pk for slots in room.values() for slot in slots], wrong, user)
    days = _days(asked, today, _notes(asked, {slot.country for slot in mine}, calendars))
    for one in days:
        slots, kept = by_day.get(one.day, []), room.get(one.day, [])
        one.entries = [entries[slot.pk] for slot in kept]
        one.more = 0 if asked.view == "day" else len(slots) - len(kept)
        one.more_wrong = sum(slot.pk in wrong for slot in slots) - sum(slot.pk in wrong for slot in kept)
        one.address = asked.at(view="day", day=one.day.isoformat())
    bad = [slot for slot in mine if slot.pk in wrong]
    most = max((len(slots) for slots in by_day.values()), default=0) if asked.view == "day" else 0
    return Shown(days, len(mine), len(bad), _way(asked, bad, by_day, entries), _pages(most))


def _read(asked: Asked, user: User) -> list[Slot]:
    """A site's day may begin fourteen hours before ours and end twelve after it; a visit may last for days."""
    begins = datetime.combine(asked.first - ONE_DAY, time(), UTC) - timedelta(minutes=LONGEST_MINUTES)
    rows = Appointment.objects.visible_to(user).between(begins, datetime.combine(asked.last + 2 * ONE_DAY, time(), UTC))
    return clashes.slots(rows)


def _is_wanted(slot: Slot, asked: Asked, user: User) -> bool:
    if not user.is_staff_member:
        return True
    is_his = not asked.engineer or slot.engineer == asked.engineer
    return is_his and (not asked.customer or slot.customer == asked.customer)


def _room(asked: Asked, slots: Sequence[Slot]) -> Sequence[Slot]:
    """In the order of the clock at the site; of one day its page."""
    most = MOST_A_DAY[asked.view]
    first = (min(asked.page, _pages(len(slots))) - 1) * most if asked.view == "day" else 0
    return slots[first : first + most]


def _pages(count: int) -> int:
    return max(1, -(-count // MOST_A_DAY["day"]))


def _entries(pks: Collection[int], wrong: Mapping[int, Sequence[Why]], user: User) -> dict[int, Entry]:
    found = {}
    for row in Appointment.objects.filter(pk__in=pks).with_what_a_calendar_shows().order_by():
        state, tone = words.state(row)
        at = wording.time_of_day(row.planned_at, clashes.zone_of(row.ticket))
        said = [words.wrong(why) for why in wrong.get(row.pk, ())]
        found[row.pk] = Entry(row, at, state, tone, row.ticket.assignee_id == user.pk, said)
    return found


def _way(asked: Asked, bad: Sequence[Slot], by_day: Mapping[date, Sequence[Slot]], entries: Mapping[int, Entry]) -> str:
    """To the first that clashes: on this page, or where its day stands in full."""
    if not bad:
        return ""
    first = bad[0]
    mark = f"#visit-{first.pk}"
    if first.pk in entries:
        return mark
    place = next(n for n, slot in enumerate(by_day[first.day]) if slot.pk == first.pk)
    return asked.at(view="day", day=first.day.isoformat(), page=place // MOST_A_DAY["day"] + 1) + mark


def _days(asked: Asked, today: date, notes: Mapping[date, Sequence[str]]) -> list[Day]:
    found = []
    day = asked.first
    while day <= asked.last:
        is_outside = asked.view == "month" and day.month != asked.day.month
        found.append(Day(day, day == today, is_outside, day.weekday() >= workdays.SATURDAY, notes.get(day, ())))
        day += ONE_DAY
    return found


def _notes(
    asked: Asked, countries: Iterable[str], calendars: Mapping[str, workdays.IsWorking]
) -> Mapping[date, Sequence[str]]:
    """Where a weekday is closed and a weekend day is worked, of the countries that are shown."""
    found: dict[date, list[str]] = {}
    for country in sorted(countries):
        is_working = calendars[country]
        day = asked.first
        while day <= asked.last:
            is_weekday = day.weekday() < workdays.SATURDAY
            if is_working(day) != is_weekday:
                found.setdefault(day, []).append(words.closed(country) if is_weekday else words.worked(country))
            day += ONE_DAY
    return found
