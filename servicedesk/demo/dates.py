"""Days of visits that people talk about: one that the customer would have otherwise, one together with the maker, and
a round every week while a season lasts.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from accounts.actors import Actor
from accounts.models import User
from customers.models import Contract, Equipment, Site
from inspections import services
from inspections.models import Checklist, Plan
from inspections.planning import Every
from servicedesk.demo import places
from tickets import services as tickets
from tickets.models import Ticket

DAY = timedelta(days=1)
WEDNESDAY, SEASON = 2, 6 * 7
MAKER = "Ms Kwan, Relais, +852 5550 0142"
ANNOUNCED = (
    "We would like to come as planned and go through the whole platform with you. It takes about half a day. "
    "Please see to it that we can get in, and that somebody who knows the equipment is there."
)
OTHERWISE = "On that day we close the quarter and nobody may touch the platform. Either of these suits us."


def create(people: Mapping[str, User], now: datetime) -> None:
    """What is told of the two began four days ago."""
    began = now - 4 * DAY
    _weekly(people, now)
    _asked_otherwise(_once(people, places.PLATFORM[1], 75, began), people, now)
    _with_the_maker(_once(people, places.PLATFORM[2], 65, began, is_joint=True, maker_contact=MAKER), people, now)


def _weekly(people: Mapping[str, User], now: datetime) -> None:
    """Until the concert every room is tried out each Wednesday, from the desk."""
    first = (now + DAY).date()  # a visit of today would be too late to plan
    plan = _plan(
        people,
        first,
        contract=Contract.objects.get(number="DEL-25-001"),
        site=Site.objects.get(code="delta-1"),
        checklist=Checklist.objects.get(code="conference-terminal"),
        every=Every.WEEKS,
        weekday=WEDNESDAY,
        begins_on=first,
        ends_on=first + SEASON * DAY,
        manner=Plan.Manner.REMOTE,
        minutes=45,
    )
    services.generate(now=now, only=plan)


def _once(people: Mapping[str, User], serial: str, days: int, began: datetime, **values: Any) -> Ticket:
    """A visit within the sixty days before that one, in their middle."""
    unit = Equipment.objects.select_related("site").get(serial_number=serial)
    plan = _plan(
        people,
        began.date(),
        contract=Contract.objects.get(number="ACM-24-018"),
        site=unit.site,
        unit=unit,
        checklist=Checklist.objects.get(code="yearly-system"),
        every=Every.ONCE,
        dates=[began.date() + days * DAY],
        begins_on=began.date(),
        minutes=240,
        **values,
    )
    services.generate(now=began, only=plan)
    return Ticket.objects.get(inspection__plan=plan)


def _plan(people: Mapping[str, User], today: date, **values: Any) -> Plan:
    values["assignee"] = people["engineer"]
    saved: Plan = services.save_plan(plan=Plan(), values=values, by=Actor(people["lead"]), today=today).row
    return saved


def _asked_otherwise(ticket: Ticket, people: Mapping[str, User], now: datetime) -> None:
    """The two days wait for the desk's answer."""
    planned_at = _announce(ticket, people, now - 3 * DAY)
    days = [planned_at + 2 * DAY, planned_at + 5 * DAY]
    booking = tickets.appointment_of(ticket).seq
    tickets.propose_days(
        ticket=ticket, booking=booking, days=days, words=OTHERWISE, by=Actor(people["alice"]), now=now - DAY
    )


def _with_the_maker(ticket: Ticket, people: Mapping[str, User], now: datetime) -> None:
    """The customer has agreed; the maker has not answered yet."""
    _announce(ticket, people, now - 3 * DAY)
    booking = tickets.appointment_of(ticket).seq
    tickets.agree_to_visit(ticket=ticket, booking=booking, by=Actor(people["alice"]), now=now - 2 * DAY)
    at = now - 2 * DAY + timedelta(hours=1)
    tickets.record(
        ticket=ticket, type="maker_asked", by=Actor(people["engineer"]), at=at, now=at, fields={"contact": MAKER}
    )


def _announce(ticket: Ticket, people: Mapping[str, User], at: datetime) -> datetime:
    """Returns the day that stands."""
    by, planned_at = Actor(people["lead"]), tickets.appointment_of(ticket).planned_at
    assert planned_at is not None
    tickets.watch(ticket=ticket, user=people["alice"], by=by)
    tickets.record(
        ticket=ticket, type="notice_sent", by=by, at=at, now=at, message=ANNOUNCED, fields={"visit_at": planned_at}
    )
    return planned_at
