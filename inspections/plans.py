"""What a plan owes, with the calendar of its site. Reads the calendars through `tickets.workdays`; writes nothing."""

from datetime import date, timedelta

from inspections.models import Plan
from inspections.planning import Owed, owed
from tickets import workdays

BEFORE, AFTER = timedelta(days=90), timedelta(days=800)  # a visit lies that far from what it is asked by, at most


def due(plan: Plan, until: date) -> list[Owed]:
    """In periods that open before that day, in order."""
    first = min([plan.begins_on, *plan.dates])
    is_working = workdays.between(plan.site.country, first - BEFORE, until + AFTER)
    return list(owed(plan.rhythm, begins=plan.begins_on, ends=plan.last_day, until=until, is_working=is_working))
