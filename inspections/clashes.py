"""What speaks against a day and time of a visit. Warnings all of them: who plans may know better. Writes nothing.

`of`: against a time that somebody thinks of for one visit; `among`: against those that are planned. Both ask `against`,
which is the only place that knows what a clash is. What a scheme promises about the notice is not known here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from accounts.models import Duty
from accounts.roles import SENIOR_DUTY
from inspections.models import LONGEST_MINUTES, Appointment
from inspections.querysets import AppointmentQuerySet
from tickets import workdays
from tickets.models import Ticket

DEFAULT_ZONE, DEFAULT_COUNTRY = "Asia/Shanghai", "CN"
ONE_DAY = timedelta(days=1)
MOST_OTHERS = 3  # of the visits in the way, so many are named
Turn = tuple[datetime | None, datetime | None]  # of duty, half-open; None: from ever, for ever
Turns = Mapping[int, Sequence[Turn]]  # of each engineer


class Why(StrEnum):
    """What is wrong with it."""

    PAST = "past"
    BEFORE_WINDOW = "before_window"
    AFTER_WINDOW = "after_window"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    BUSY = "engineer_busy"
    OFF_DUTY = "engineer_off_duty"
    SAME_SITE = "same_site"
    SAME_UNIT = "same_unit"
    NOTICE = "notice_too_late"


@dataclass(frozen=True, slots=True)
class Slot:
    """A visit in a few columns, so that a month of thousands is read at once. `engineer`, `unit`, `customer`, `site`,
    `ticket`: keys. `day`: the one of the site. `opens_on`, `closes_on`: when the contract owes it, half-open.
    """

    pk: int
    begins_at: datetime
    ends_at: datetime
    day: date
    country: str
    engineer: int | None
    unit: int | None
    customer: int | None
    is_over: bool
    site: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    ticket: int = 0


@dataclass(frozen=True)
class Clash:
    """`day` or `at`: what the reason is about; `other`: the visit that is in the way."""

    why: Why
    day: date | None = None
    at: datetime | None = None
    other: Slot | None = None


class Around:
    """Visits by what they can be in each other's way with, and the turns of duty of their engineers."""

    def __init__(self, slots: Iterable[Slot], turns: Turns) -> None:
        self.turns = turns
        self._engineers: dict[tuple[int, date], list[Slot]] = {}
        self._units: dict[tuple[int, date], list[Slot]] = {}
        self._sites: dict[tuple[int, date], list[Slot]] = {}
        for slot in slots:
            if slot.engineer is not None:
                for day in _days(slot):
                    self._engineers.setdefault((slot.engineer, day), []).append(slot)
            if slot.unit is not None:
                self._units.setdefault((slot.unit, slot.day), []).append(slot)
            if slot.site is not None:
                self._sites.setdefault((slot.site, slot.day), []).append(slot)

    def of_engineer(self, slot: Slot) -> Iterator[Slot]:
        """His others that overlap it."""
        if slot.engineer is None:
            return
        near = {other.pk: other for day in _days(slot) for other in self._engineers.get((slot.engineer, day), ())}
        for other in near.values():
            if other.pk != slot.pk and other.begins_at < slot.ends_at and slot.begins_at < other.ends_at:
                yield other

    def of_unit(self, slot: Slot) -> Iterator[Slot]:
        """Others of its unit on its day."""
        found = self._units.get((slot.unit, slot.day), ()) if slot.unit is not None else ()
        return (other for other in found if other.pk != slot.pk)

    def of_site(self, slot: Slot) -> Iterator[Slot]:
        """Others of its site on its day, but for those of its unit."""
        found = self._sites.get((slot.site, slot.day), ()) if slot.site is not None else ()
        return (other for other in found if other.pk != slot.pk and (slot.unit is None or other.unit != slot.unit))

    def is_off_duty(self, slot: Slot) -> bool:
        return slot.engineer is not None and is_off(self.turns.get(slot.engineer, ()), slot.begins_at)


def is_off(turns: Sequence[Turn], at: datetime) -> bool:
    """Only of who has turns of duty with a beginning or an end: nobody else has a duty list to be off."""
    if not turns or any(starts is None and ends is None for starts, ends in turns):
        return False
    return not any((not starts or starts <= at) and (not ends or at < ends) for starts, ends in turns)


def _days(slot: Slot) -> Iterator[date]:
    """The days in UTC that it touches."""
    day, last = slot.begins_at.astimezone(UTC).date(), slot.ends_at.astimezone(UTC).date()
    while day <= last:
        yield day
        day += ONE_DAY


def against(slot: Slot, around: Around, is_working: workdays.IsWorking) -> Iterator[Clash]:
    """Everything that is wrong with it, in the order in which it is said. `is_working`: of its country, which decides
    about its day; a weekend day that is worked in exchange is no weekend.
    """
    if slot.opens_on is not None and slot.day < slot.opens_on:
        yield Clash(Why.BEFORE_WINDOW, slot.opens_on)
    if slot.closes_on is not None and slot.day >= slot.closes_on:
        yield Clash(Why.AFTER_WINDOW, slot.closes_on)
    if not is_working(slot.day):
        yield Clash(Why.WEEKEND if slot.day.weekday() >= workdays.SATURDAY else Why.HOLIDAY, slot.day)
    in_the_way = {
        Why.BUSY: around.of_engineer(slot),
        Why.SAME_UNIT: around.of_unit(slot),
        Why.SAME_SITE: around.of_site(slot),
    }
    for why, others in in_the_way.items():
        yield from (Clash(why, other.day, other.begins_at, other) for other in islice(others, MOST_OTHERS))
    if around.is_off_duty(slot):
        yield Clash(Why.OFF_DUTY)


def zone_of(ticket: Ticket) -> ZoneInfo:
    return ZoneInfo(ticket.site.zone if ticket.site else DEFAULT_ZONE)


def of(*, ticket: Ticket, planned_at: datetime, minutes: int, now: datetime) -> list[Clash]:
    """Against that time for the visit of this ticket. A few statements."""
    slot = _thought_of(ticket, planned_at, minutes)
    around = Around(_near(slot, zone_of(ticket)), turns_of(_engineers([slot])))
    is_working = workdays.between(slot.country, slot.day, slot.day)
    return [*([Clash(Why.PAST)] if planned_at <= now else []), *against(slot, around, is_working)]


def _thought_of(ticket: Ticket, planned_at: datetime, minutes: int) -> Slot:
    inspection = getattr(ticket, "inspection", None)
    return Slot(
        pk=0,
        begins_at=planned_at,
        ends_at=planned_at + timedelta(minutes=minutes),
        day=planned_at.astimezone(zone_of(ticket)).date(),
        country=ticket.site.country if ticket.site else DEFAULT_COUNTRY,
        engineer=ticket.assignee_id,
        unit=ticket.equipment_id,
        customer=ticket.organisation_id,
        is_over=False,
        site=ticket.site_id,
        opens_on=inspection.opens_on if inspection else None,
        closes_on=inspection.closes_on if inspection else None,
        ticket=ticket.pk,
    )


def _near(slot: Slot, zone: ZoneInfo) -> list[Slot]:
    """Other visits of that day, wherever it begins, or that can reach into it."""
    begins = min(datetime.combine(slot.day, time(), zone), slot.begins_at) - timedelta(minutes=LONGEST_MINUTES)
    ends = max(datetime.combine(slot.day + ONE_DAY, time(), zone), slot.ends_at)
    return slots(Appointment.objects.between(begins, ends).filter(outcome="").exclude(ticket=slot.ticket))


def turns_of(engineers: Collection[int]) -> Turns:
    """The duty list of these, in one statement or none. Who stands by at an event is not off on other days."""
    turns: dict[int, list[Turn]] = {}
    rows = Duty.objects.filter(user__in=engineers).exclude(code=SENIOR_DUTY).order_by()
    if not engineers:
        return turns
    for user, starts, ends in rows.values_list("user", "starts_at", "ends_at"):
        turns.setdefault(user, []).append((starts, ends))
    return turns


def _engineers(found: Iterable[Slot]) -> set[int]:
    return {slot.engineer for slot in found if slot.engineer is not None}


COLUMNS = (
    "pk", "planned_at", "minutes", "outcome", "ticket", "ticket__site", "ticket__site__zone", "ticket__site__country",
    "ticket__assignee", "ticket__equipment", "ticket__organisation", "ticket__inspection__opens_on",
    "ticket__inspection__closes_on",
)  # fmt: skip


def slots(rows: AppointmentQuerySet[Appointment]) -> list[Slot]:
    """In one statement, in the order of their times."""
    found = rows.order_by("planned_at", "pk").values_list(*COLUMNS)
    return [
        Slot(
            pk, begins_at, begins_at + timedelta(minutes=minutes),
            begins_at.astimezone(ZoneInfo(zone or DEFAULT_ZONE)).date(), country or DEFAULT_COUNTRY, engineer, unit,
            customer, bool(outcome), site, opens_on, closes_on, ticket,
        )
        for (
            pk, begins_at, minutes, outcome, ticket, site, zone, country, engineer, unit, customer, opens_on, closes_on,
        ) in found
    ]  # fmt: skip


def ahead(found: Iterable[Slot], now: datetime) -> list[Slot]:
    """Those that can still be at another time: of what has been, nothing is said."""
    return [slot for slot in found if not slot.is_over and slot.ends_at > now]


def among(found: Iterable[Slot], is_working: Mapping[str, workdays.IsWorking], now: datetime) -> dict[int, list[Why]]:
    """What is wrong with those that are to come, by their keys. `is_working`: of each country; without one every day
    is worked. One statement or none, however many.
    """
    coming = ahead(found, now)
    around = Around(coming, turns_of(_engineers(coming)))
    wrong = {}
    for slot in coming:
        clashes = against(slot, around, is_working.get(slot.country, _always))
        if whys := list(dict.fromkeys(clash.why for clash in clashes)):
            wrong[slot.pk] = whys
    return wrong


def _always(day: date) -> bool:
    return True
