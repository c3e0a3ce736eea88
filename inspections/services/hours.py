"""The day and hour of a visit that a plan makes: within its time, with room for its notice, where its engineer is on
duty and free and nobody else is at the site. Where nothing is free it says the usual hour all the same.

A day is not avoided because of another visit at the site: who is there already saves the way. Callers are in a
transaction.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q

from inspections import clashes
from inspections.models import LONGEST_MINUTES, Appointment, Plan
from inspections.planning import MONTHS, Every, Owed
from tickets import workdays

LONGEST_NOTICE = 15  # working days, of any scheme
ROOMY = (*MONTHS, Every.ONCE)  # whose day is the middle of a time; that of the others is what was asked for
USUAL = time(10)
HOURS = (USUAL, time(14), time(16), time(9), time(13), time(11), time(15), time(17))  # the first that is free
CLOSE = time(18)
MOST_DAYS = 15  # worked ones that are looked through
TURN = "SELECT pg_advisory_xact_lock(hashtextextended('inspections.visits', 0))"
Span = tuple[datetime, datetime]


def visit_at(plan: Plan, one: Owed, now: datetime) -> datetime:
    """In the morning of the day, at the site. Of a plan made within its time: as soon as there is room for the longest
    notice that a scheme promises, if that is still within its time; of a day that is over, the next working day.
    Another hour, or a later day of its time, where somebody is at the site then or the plan's engineer is elsewhere;
    without an engineer, where another visit at this customer has none either: one team goes to both.
    """
    zone = ZoneInfo(plan.site.zone)
    day, today = one.visit_on, now.astimezone(zone).date()
    ahead = [today + timedelta(days=n) for n in range(1, 60)]
    is_working = workdays.between(plan.site.country, ahead[0], max(ahead[-1], one.closes_on))
    worked = [one_day for one_day in ahead if is_working(one_day)] or ahead
    announced = worked[min(LONGEST_NOTICE, len(worked) - 1)]
    is_roomy = plan.rhythm.every in ROOMY
    if is_roomy and day < announced < one.closes_on:
        day = announced
    day = max(day, worked[0])
    days = [day]
    while is_roomy and len(days) < MOST_DAYS and (day := day + timedelta(days=1)) < one.closes_on:
        if is_working(day):
            days.append(day)
    return _free(plan, days, zone) or datetime.combine(days[0], USUAL, zone)


def _free(plan: Plan, days: Sequence[date], zone: ZoneInfo) -> datetime | None:
    """The first time at which nothing is in the way; where the site is taken all day, at which its engineer is free."""
    engineer = plan.engineer
    turns = clashes.turns_of({engineer.pk}).get(engineer.pk, ()) if engineer else ()
    every = [datetime.combine(one_day, hour, zone) for one_day in days for hour in HOURS]
    times = [at for at in every if not clashes.is_off(turns, at)] or every
    of_nobody = Q(ticket__assignee=None, ticket__organisation=plan.contract.organisation_id)
    is_his = Q(ticket__assignee=engineer) if engineer else of_nobody
    for rule in (is_his | Q(ticket__site=plan.site_id), *([is_his] if engineer else [])):
        diary = Diary(rule, days, zone)
        for at in times:
            # The usual hour is asked for, also by a visit that lasts into the evening.
            if (diary.is_free if at.time() == USUAL else diary.has_room)(at, plan.minutes):
                return at
    return None


class Diary:
    """What is planned on some days, and what is put there by and by. `of`: which visits take their time, None: none.
    `but`: tickets whose visits do not count. Callers are in a transaction.
    """

    def __init__(self, of: Q | None, days: Sequence[date], zone: ZoneInfo, but: Collection[int] = ()) -> None:
        self._zone = zone
        begins, ends = (datetime.combine(day, time(), zone) for day in (min(days), max(days) + timedelta(days=1)))
        self._taken = _taken(of, begins, ends, but) if of is not None else []

    def has_room(self, begins: datetime, minutes: int) -> bool:
        """In the hours of that day at the site, and nothing else then."""
        close = datetime.combine(begins.date(), CLOSE, self._zone)
        return begins + timedelta(minutes=minutes) <= close and self.is_free(begins, minutes)

    def is_free(self, begins: datetime, minutes: int) -> bool:
        ends = begins + timedelta(minutes=minutes)
        return not any(begins < until and since < ends for since, until in self._taken)

    def put(self, begins: datetime, minutes: int) -> None:
        self._taken.append((begins, begins + timedelta(minutes=minutes)))


def of_engineer(engineer: int | None) -> Q | None:
    """His visits; of nobody yet none, who has nothing else to do."""
    return Q(ticket__assignee=engineer) if engineer is not None else None


def _taken(of: Q, begins: datetime, ends: datetime, but: Collection[int] = ()) -> list[Span]:
    """Those visits that reach into that time. Who else makes visits waits until these are written: one after the other,
    as two that waited for engineer and site in another order would wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(TURN)
    longest = timedelta(minutes=LONGEST_MINUTES)
    rows = Appointment.objects.between(begins - longest, ends + longest).filter(of, outcome="")
    rows = rows.exclude(ticket__in=but) if but else rows
    return [(at, at + timedelta(minutes=length)) for at, length in rows.values_list("planned_at", "minutes")]
