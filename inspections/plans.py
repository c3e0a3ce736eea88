"""What a plan owes, with the calendar of its site. Reads the calendars through `tickets.workdays`; writes nothing."""

from datetime import date, timedelta

from inspections.models import Plan
from inspections.planning import Owed, owed
from tickets import workdays

BEFORE, AFTER = timedelta(days=90), timedelta(days=800)  # a visit lies that far from what it is asked by, at most


class WorkedDays:
    """The calendars of one piece of work: of each country and span of years they are read once, however many plans."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int], workdays.IsWorking] = {}

    def between(self, country: str, first: date, last: date) -> workdays.IsWorking:
        key = country, first.year, last.year
        if key not in self._found:
            self._found[key] = workdays.between(country, date(first.year, 1, 1), date(last.year, 12, 31))
        return self._found[key]


def due(plan: Plan, until: date, worked: WorkedDays) -> list[Owed]:
    """In periods that open before that day, in order."""
    first = min([plan.begins_on, *plan.dates])
    is_working = worked.between(plan.site.country, first - BEFORE, until + AFTER)
    return list(owed(plan.rhythm, begins=plan.begins_on, ends=plan.last_day, until=until, is_working=is_working))
