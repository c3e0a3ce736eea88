"""What a plan will owe, in words for whoever writes it down; and why, where it owes nothing. Reads only.

Nobody is told by silence: a plan that can never owe a visit is refused, one that owes none for now says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import moments
from customers.models import Equipment
from inspections.models import Plan
from inspections.models.plans import BY_DATES
from inspections.planning import Every, Owed
from inspections.planning.rhythm import add_months
from inspections.plans import WARRANTY_LIST, WorkedDays, due

ONE_DAY = timedelta(days=1)


class Nothing(StrEnum):
    """Why it owes no visit."""

    UNUSED = "unused"
    UNSERVED = "unserved"  # unit, site or customer is out of service
    MOVED = "moved"
    REFUSED = "refused"  # what the program could not plan
    OVER = "over"
    DATES_OVER = "dates_over"
    DATES_OUTSIDE = "dates_outside"
    SHORT = "too_short"  # its time ends before its first day


FOR_NOW = (Nothing.UNUSED, Nothing.UNSERVED, Nothing.MOVED, Nothing.REFUSED)
ENDED = (Nothing.OVER, Nothing.DATES_OVER)


@dataclass(frozen=True)
class Prospect:
    """`count`: so many visits within a year; `first`: the next of all. `nothing`: why there is none."""

    plan: Plan
    count: int = 0
    first: Owed | None = None
    nothing: Nothing | None = None
    doubt: str = ""

    @property
    def is_never(self) -> bool:
        """Nothing but another plan makes it owe something."""
        return self.nothing is not None and self.nothing not in FOR_NOW

    @property
    def is_worth_a_look(self) -> bool:
        return self.nothing is not None or not self.count or bool(self.doubt)

    @property
    def field(self) -> str:
        """Beside which a refusal stands."""
        if self.nothing in (Nothing.DATES_OVER, Nothing.DATES_OUTSIDE):
            return "dates"
        return "ends_on" if self.plan.ends_on is not None and self.plan.ends_on == self.plan.last_day else "begins_on"

    @property
    def words(self) -> str:
        said = _why_not(self.plan, self.nothing) if self.nothing is not None else _when(self)
        return " ".join(part for part in (said, self.doubt) if part)


def of(plan: Plan, today: date) -> Prospect:
    """From today on. Expects the plan with its contract and its organisation, site and unit."""
    if why := _for_now(plan, today):
        return Prospect(plan, nothing=why)
    since, year = max(today, plan.counts_from), add_months(today, 12)
    if plan.last_day is not None and plan.last_day <= since:
        return Prospect(plan, nothing=Nothing.OVER)
    until = add_months(max([today, plan.begins_on, *plan.dates]), 13)
    found = due(plan, until, WorkedDays())
    coming = [one for one in found if one.closes_on > since]
    if not coming:
        return Prospect(plan, nothing=_never(plan, found))
    return Prospect(plan, sum(one.visit_on < year for one in coming), coming[0], doubt=_doubt(plan, today))


def _for_now(plan: Plan, today: date) -> Nothing | None:
    if not plan.is_active:
        return Nothing.UNUSED
    if not plan.is_owing:
        return Nothing.UNSERVED
    if plan.is_astray_on(today):
        return Nothing.MOVED
    return Nothing.REFUSED if plan.trouble else None


def _never(plan: Plan, found: list[Owed]) -> Nothing:
    if found:
        return Nothing.DATES_OVER
    return Nothing.DATES_OUTSIDE if plan.every in BY_DATES else Nothing.SHORT


def _doubt(plan: Plan, today: date) -> str:
    """Of the inspection at the end of a warranty: whether there is such a warranty."""
    if plan.checklist.code != WARRANTY_LIST or plan.every != Every.ONCE:
        return ""
    if plan.unit is None:
        units = Equipment.objects.filter(site=plan.site, is_retired=False)
        is_known = units.whose_warranty_ends(today, add_months(plan.dates[-1], 12)).exists()
        return "" if is_known else _("No unit at this site has an end of warranty ahead: the given date counts.")
    ends_on = plan.unit.warranty_ends_on
    facts = {"unit": plan.unit.serial_number}
    if ends_on is None:
        return _("%(unit)s has no end of warranty: the given date counts.") % facts
    said = _("The warranty of %(unit)s ends on %(day)s: the given date counts.")
    return "" if ends_on in plan.dates else said % {**facts, "day": moments.day(ends_on)}


def _when(prospect: Prospect) -> str:
    first = prospect.first
    assert first is not None  # else there is a reason
    days = {"first": moments.day(first.opens_on), "last": moments.day(first.closes_on - ONE_DAY)}
    if not prospect.count:
        said = _("This plan owes no visit in the next twelve months: the first is owed from %(first)s to %(last)s.")
        return said % days
    said = ngettext(
        "This plan owes %(n)s visit in the next twelve months, from %(first)s to %(last)s.",
        "This plan owes %(n)s visits in the next twelve months, the first from %(first)s to %(last)s.",
        prospect.count,
    )
    return said % {**days, "n": prospect.count}


def _why_not(plan: Plan, why: Nothing) -> str:
    end = moments.day(plan.last_day) if plan.last_day is not None else ""
    facts = {"begin": moments.day(plan.begins_on), "end": end, "unit": plan.unit, "why": plan.trouble}
    return _sentence(plan, why) % facts


def _sentence(plan: Plan, why: Nothing) -> str:
    if why == Nothing.OVER:
        is_own = plan.ends_on is not None and plan.ends_on == plan.last_day
        own = _("This plan owes no visit because its time was over on %(end)s.")
        return own if is_own else _("This plan owes no visit because its contract was over on %(end)s.")
    if why == Nothing.DATES_OUTSIDE:
        before = _("This plan owes no visit because all its dates are before %(begin)s, when it begins.")
        outside = _("This plan owes no visit because none of its dates is between %(begin)s and %(end)s.")
        return outside if plan.last_day is not None else before
    return {
        Nothing.UNUSED: _("This plan owes no visit because it is not used any more."),
        Nothing.UNSERVED: _("This plan owes no visit because its unit, site or customer is out of service."),
        Nothing.MOVED: _("This plan owes no visit because its unit stands at another site."),
        Nothing.REFUSED: _("This plan makes no visits because they are refused: %(why)s"),
        Nothing.DATES_OVER: _("This plan owes no visit because its dates are over."),
        Nothing.SHORT: _("This plan owes no visit because it ends on %(end)s, before the first day it asks for."),
    }[why]
