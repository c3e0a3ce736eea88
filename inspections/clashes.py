"""What speaks against a day and time of a visit. Warnings all of them: who plans may know better. Writes nothing.

`of`: against a time that somebody thinks of for one visit; `among`: what is wrong with those that are planned.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from accounts.models import Duty
from inspections.models import LONGEST_MINUTES, Appointment
from inspections.querysets import AppointmentQuerySet
from tickets import workdays
from tickets.models import Ticket

DEFAULT_ZONE, DEFAULT_COUNTRY = "Asia/Shanghai", "CN"


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


@dataclass(frozen=True)
class Clash:
    """`at`: the day or instant the reason is about; `other`: the visit that is in the way."""

    why: Why
    at: datetime | None = None
    other: Appointment | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A visit in a few columns, so that a month of thousands is read at once. `engineer`, `unit`, `customer`: keys."""

    pk: int
    begins_at: datetime
    ends_at: datetime
    day: date
    country: str
    engineer: int | None
    unit: int | None
    customer: int | None
    is_over: bool


def zone_of(ticket: Ticket) -> ZoneInfo:
    return ZoneInfo(ticket.site.zone if ticket.site else DEFAULT_ZONE)


def of(*, ticket: Ticket, planned_at: datetime, minutes: int, now: datetime) -> list[Clash]:
    """Against that time for the visit of this ticket. Three statements."""
    zone = zone_of(ticket)
    others = _around(ticket, planned_at, minutes, zone)
    return [
        *([Clash(Why.PAST)] if planned_at <= now else []),
        *_window(ticket, planned_at, zone),
        *_closed(ticket, planned_at, zone),
        *_busy(ticket, planned_at, minutes, others),
        *_off_duty(ticket, planned_at),
        *_same_site(ticket, planned_at, zone, others),
    ]


def _around(ticket: Ticket, planned_at: datetime, minutes: int, zone: ZoneInfo) -> Sequence[Appointment]:
    """Other visits of that day or that can reach into it."""
    day = planned_at.astimezone(zone).date()
    begins = min(datetime.combine(day, time(), zone), planned_at) - timedelta(minutes=LONGEST_MINUTES)
    ends = max(datetime.combine(day + timedelta(days=1), time(), zone), planned_at + timedelta(minutes=minutes))
    rows = Appointment.objects.between(begins, ends).filter(outcome="").exclude(ticket=ticket)
    return list(rows.select_related("ticket__site", "ticket__organisation"))


def _window(ticket: Ticket, planned_at: datetime, zone: ZoneInfo) -> Iterator[Clash]:
    inspection = getattr(ticket, "inspection", None)
    day = planned_at.astimezone(zone).date()
    if inspection is None or inspection.opens_on is None or inspection.closes_on is None:
        return
    if day < inspection.opens_on:
        yield Clash(Why.BEFORE_WINDOW, datetime.combine(inspection.opens_on, time(), zone))
    if day >= inspection.closes_on:
        yield Clash(Why.AFTER_WINDOW, datetime.combine(inspection.closes_on, time(), zone))


def _closed(ticket: Ticket, planned_at: datetime, zone: ZoneInfo) -> Iterator[Clash]:
    """The site's country decides; a weekend day that is worked in exchange is no weekend."""
    day = planned_at.astimezone(zone).date()
    country = ticket.site.country if ticket.site else DEFAULT_COUNTRY
    if not workdays.between(country, day, day)(day):
        is_weekend = day.weekday() >= workdays.SATURDAY
        yield Clash(Why.WEEKEND if is_weekend else Why.HOLIDAY, planned_at)


def _busy(ticket: Ticket, planned_at: datetime, minutes: int, others: Sequence[Appointment]) -> Iterator[Clash]:
    ends_at = planned_at + timedelta(minutes=minutes)
    for other in others:
        is_same = ticket.assignee_id is not None and other.ticket.assignee_id == ticket.assignee_id
        if is_same and other.planned_at < ends_at and planned_at < other.ends_at:
            yield Clash(Why.BUSY, other.planned_at, other)


def _off_duty(ticket: Ticket, planned_at: datetime) -> Iterator[Clash]:
    """Only of who has turns of duty with a beginning and an end: nobody else has a duty list to be off."""
    if ticket.assignee_id is None:
        return
    turns = list(Duty.objects.filter(user=ticket.assignee_id).values_list("starts_at", "ends_at"))
    if not turns or any(starts is None and ends is None for starts, ends in turns):
        return
    is_on = any((not starts or starts <= planned_at) and (not ends or planned_at < ends) for starts, ends in turns)
    if not is_on:
        yield Clash(Why.OFF_DUTY, planned_at)


def _same_site(ticket: Ticket, planned_at: datetime, zone: ZoneInfo, others: Sequence[Appointment]) -> Iterator[Clash]:
    day = planned_at.astimezone(zone).date()
    for other in others:
        is_there = ticket.site_id is not None and other.ticket.site_id == ticket.site_id
        if is_there and other.planned_at.astimezone(zone).date() == day:
            yield Clash(Why.SAME_SITE, other.planned_at, other)


COLUMNS = (
    "pk", "planned_at", "minutes", "outcome", "ticket__site__zone", "ticket__site__country", "ticket__assignee",
    "ticket__equipment", "ticket__organisation",
)  # fmt: skip


def slots(rows: AppointmentQuerySet[Appointment]) -> list[Slot]:
    """In one statement, in the order of their times. `day`: the one of the site."""
    found = rows.order_by("planned_at", "pk").values_list(*COLUMNS)
    return [
        Slot(
            pk, begins_at, begins_at + timedelta(minutes=minutes),
            begins_at.astimezone(ZoneInfo(zone or DEFAULT_ZONE)).date(), country or DEFAULT_COUNTRY, engineer, unit,
            customer, bool(outcome),
        )
        for pk, begins_at, minutes, outcome, zone, country, engineer, unit, customer in found
    ]  # fmt: skip


def among(found: Iterable[Slot], is_working: Mapping[str, workdays.IsWorking], now: datetime) -> dict[int, list[Why]]:
    """What is wrong with those that are to come, by their keys. `is_working`: of each country."""
    ahead = [slot for slot in found if not slot.is_over and slot.ends_at > now]
    wrong: dict[int, list[Why]] = {}
    for pk in _busy_together(ahead):
        wrong.setdefault(pk, []).append(Why.BUSY)
    units: dict[tuple[int, date], list[int]] = {}
    for slot in ahead:
        if slot.unit is not None:
            units.setdefault((slot.unit, slot.day), []).append(slot.pk)
        if slot.country in is_working and not is_working[slot.country](slot.day):
            is_weekend = slot.day.weekday() >= workdays.SATURDAY
            wrong.setdefault(slot.pk, []).append(Why.WEEKEND if is_weekend else Why.HOLIDAY)
    for pks in units.values():
        for pk in pks if len(pks) > 1 else ():
            wrong.setdefault(pk, []).append(Why.SAME_UNIT)
    return wrong


def _busy_together(ahead: Sequence[Slot]) -> set[int]:
    """Those whose engineer is elsewhere at that time. One look at each, in the order of their beginnings."""
    wrong: set[int] = set()
    last: dict[int, Slot] = {}  # of each engineer the visit that ends last so far
    for slot in sorted(ahead, key=lambda one: (one.begins_at, one.pk)):
        if slot.engineer is None:
            continue
        before = last.get(slot.engineer)
        if before is not None and slot.begins_at < before.ends_at:
            wrong |= {slot.pk, before.pk}
        if before is None or slot.ends_at > before.ends_at:
            last[slot.engineer] = slot
    return wrong
