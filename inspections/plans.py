"""What a plan owes, with the calendar of its site. Reads the calendars through `tickets.workdays`; writes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from inspections.models import Inspection, Plan
from inspections.planning import MONTHS, Owed, owed, untaken
from tickets import workdays

WARRANTY_LIST = "end-of-warranty"
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
    found = owed(plan.rhythm, begins=plan.begins_on, ends=plan.last_day, until=until, is_working=is_working)
    return [replace(one, key=plan.key_of(one.key)) for one in found]


def as_owed(row: Inspection) -> Owed:
    """What an inspection of a plan was made for."""
    assert row.opens_on is not None
    assert row.closes_on is not None
    return Owed(row.key, row.opens_on, row.closes_on, row.opens_on + (row.closes_on - row.opens_on) // 2)


def left(plan: Plan, found: Sequence[Owed], there: Collection[Owed]) -> list[Owed]:
    """Of what it owes, what is not there. What was over when it began to go by its rhythm, nobody here knows about;
    what was made before stands for the time in which its middle lies.
    """
    keys = {one.key for one in there}
    before = [one for one in there if not plan.is_of_this_edition(one.key)]
    return [one for one in untaken(found, before) if one.key not in keys and one.closes_on > plan.counts_from]


def with_those_there(
    plan: Plan, until: date, worked: WorkedDays, there: Collection[Owed], standing: Collection[str] = ()
) -> list[Owed]:
    """All of a plan: what was made of it, as it was owed then, and what is left. `standing`: keys of what was made and
    not called off; it is there whatever the plan and its contract say since, which may end earlier now.
    """
    found = due(plan, until, worked)
    by_key = {one.key: one for one in found}
    end = until if plan.last_day is None else min(until, plan.last_day)
    named = {*by_key, *standing}
    kept = [_as_it_is(plan, one, by_key.get(one.key)) for one in there if one.opens_on < end or one.key in named]
    return [*kept, *left(plan, found, there)]


def _as_it_is(plan: Plan, one: Owed, today: Owed | None) -> Owed:
    """`today`: what has its key in the plan as it is now; another thing if it was made at another pace."""
    if today is None:
        return one
    is_same = today.opens_on == one.opens_on and today.closes_on in (one.closes_on, plan.last_day)
    return today if is_same or plan.rhythm.every not in MONTHS else one
