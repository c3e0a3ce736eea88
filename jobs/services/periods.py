"""Important periods: kept by the desk and by the customers themselves, at their own sites."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from accounts.services import records
from accounts.services.records import Saved
from common.errors import Illegal, Invalid, NotVisible
from customers.models import Contract, Site
from jobs import reports
from jobs.kinds import JobKind
from jobs.models import Allowance, Job, Period
from jobs.policies import TABLE

LONGEST_DAYS = 120
Values = Mapping[str, Any]


def save_period(*, period: Period, values: Values, by: Actor, seen: Values | None = None) -> Saved:
    """Raises NotVisible for a place of somebody else, Invalid, Stale; Illegal once somebody stands by for it."""
    require(by, "job.keep_periods", TABLE)
    site: Site = values.get("site") or period.site
    if by.user is not None and not Site.objects.visible_to(by.user).filter(pk=site.pk).exists():
        raise NotVisible(_("There is no such site."))
    begins, last = values.get("begins_on") or period.begins_on, values.get("last_on") or period.last_on
    check_days(begins, last)
    if period._state.adding:
        period.created_by = by.user
    elif Job.objects.standing().filter(period=period).exists():
        raise Illegal(_("Event assurance is planned for it already. Write to the desk to move it."))
    period.organisation = site.organisation
    return records.save(row=period, values=values, by=by, seen=seen)


def check_days(begins: date, last: date) -> None:
    """Raises Invalid beside `last_on`."""
    if last < begins:
        raise Invalid.field("last_on", _("Enter the first day or a later one."))
    if (last - begins).days >= LONGEST_DAYS:
        raise Invalid.field("last_on", _("Enter at most %(most)d days.") % {"most": LONGEST_DAYS})


def save_allowance(*, contract: Contract, kind: str, per_year: int, by: Actor) -> Allowance:
    """The contract's own number; never fewer than its scheme promises."""
    require(by, "job.manage_allowances", TABLE)
    least = reports.least(contract, kind)
    if kind not in JobKind.values:
        raise Invalid.field("kind", _("Choose one of the list."))
    if not least <= per_year <= 366:
        raise Invalid.field("per_year", _("Enter a number from %(least)d to 366.") % {"least": least})
    row = Allowance.objects.filter(contract=contract, kind=kind).first() or Allowance(contract=contract, kind=kind)
    saved: Allowance = records.save(row=row, values={"per_year": per_year}, by=by).row
    return saved
