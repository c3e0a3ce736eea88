"""Plans of inspections: written down, changed, taken out of use. `generating` makes what follows from them."""

from collections.abc import Mapping
from copy import copy
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.policies import require
from accounts.services import records
from accounts.services.records import Saved
from common import moments
from common.errors import Invalid
from customers.models import Contract
from inspections import prospects
from inspections.models import Plan
from inspections.planning import Every
from inspections.policies import TABLE
from inspections.services import generating

ACTION = "inspection.manage_plans"
MOST_DATES = 100
WHEN = ("contract_id", "every", "days", "weekday", "dates", "begins_on", "ends_on")
NO_UNIT = gettext_lazy("Name the unit: its importance says how often it is visited.")


def save_plan(
    *,
    plan: Plan,
    values: Mapping[str, Any],
    by: Actor,
    today: date,
    now: datetime | None = None,
    seen: Mapping[str, Any] | None = None,
) -> Saved:
    """What has been generated stays; what is changed counts from that day on, and what was owed until then is made, as
    of `now` (else of the beginning of the day). Raises Stale, Invalid.
    """
    require(by, ACTION, TABLE)
    _check(plan, values)
    if plan._state.adding:
        plan.made_on = today
    _check_owing(plan, values, today)
    if plan._state.adding:
        return records.save(row=plan, values=values, by=by, seen=seen)
    with transaction.atomic():
        records.lock(plan)
        before = generating.ROWS.get(pk=plan.pk)
        is_edited = any(values.get(name, was) != was for name, was in before.timing.items())
        if is_edited:
            at = now or datetime.combine(today, time(), ZoneInfo(before.site.zone))
            generating.make_up(before, generating.Pass(at))
        saved = records.save(row=plan, values=values, by=by, seen=seen)
        if is_edited and saved.row.inspections.exists():
            generating.go_by_what_is_wanted(saved.row, today, is_edited=True)
    return saved


def set_active(*, plan: Plan, is_active: bool, by: Actor, today: date) -> None:
    """Out of use it owes nothing more; tickets that are there stay. Put back, it owes nothing for the time between."""
    require(by, ACTION, TABLE)
    with transaction.atomic():
        row = records.lock(plan)
        if row.is_active != is_active:
            row.is_active = is_active
            row.save(update_fields=["is_active"])
            if is_active:
                generating.begin_again(row, today)
            records.note(row=row, by=by, flag=CHANGE, what="reopened" if is_active else "ended")


def _check(plan: Plan, values: Mapping[str, Any]) -> None:
    contract: Contract = values.get("contract") or plan.contract
    site, unit = values.get("site"), values.get("unit", plan.unit)
    if site is not None and site.organisation_id != contract.organisation_id:
        raise Invalid.field("site", _("Choose a site of the contract's customer."))
    if unit is not None and site is not None and unit.site_id != site.pk:
        raise Invalid.field("unit", _("This unit stands at another site."))
    _check_contract(plan, contract, values)
    every, dates = values.get("every", plan.every), values.get("dates", plan.dates)
    if every in (Every.DATES, Every.ONCE) and not dates:
        raise Invalid.field("dates", _("Enter at least one date."))
    if every == Every.ONCE and len(dates) > 1:
        raise Invalid.field("dates", _("Enter one date."))
    if len(dates) > MOST_DATES:
        raise Invalid.field("dates", _("Enter at most %(most)d dates.") % {"most": MOST_DATES})
    if values.get("every", plan.every) != Every.WEEKS and values.get("weekday") is not None:
        raise Invalid.field("weekday", _("Only a plan by weeks has a day of the week."))
    if every == Every.IMPORTANCE and values.get("unit", plan.unit) is None:
        raise Invalid.field("unit", str(NO_UNIT))
    if not 1 <= (values.get("days") or 1) <= 250:
        raise Invalid.field("days", _("Enter a number from 1 to 250."))


def _check_owing(plan: Plan, values: Mapping[str, Any], today: date) -> None:
    """A plan that can never owe a visit is refused. One that is there may be ended, and keeps what nobody changes."""
    wanted = copy(plan)
    for name, value in values.items():
        setattr(wanted, name, value)
    wanted.pace, wanted.is_active, wanted.trouble = "", True, ""
    is_new = plan._state.adding
    if not is_new and all(getattr(wanted, name) == getattr(plan, name) for name in WHEN):
        return
    if wanted.ends_on is not None and wanted.ends_on <= wanted.begins_on:
        return  # is said of the row itself
    found = prospects.of(wanted, today)
    if found.is_never and (is_new or found.nothing not in prospects.ENDED):
        raise Invalid.field(found.field, found.words)


def _check_contract(plan: Plan, contract: Contract, values: Mapping[str, Any]) -> None:
    """What is written down now; a contract that was changed since refuses nobody who changes something else."""
    is_other = plan._state.adding or contract.pk != plan.contract_id
    site, begins_on = values.get("site"), values.get("begins_on")
    if site is not None and (is_other or site.pk != plan.site_id):
        named = set(contract.sites.values_list("pk", flat=True))
        if named and site.pk not in named:
            raise Invalid.field("site", _("The contract does not name this site."))
    if begins_on is None or not (is_other or begins_on != plan.begins_on):
        return
    if begins_on < contract.starts_on:
        day = moments.day(contract.starts_on)
        said = _("The contract begins on %(day)s. Enter that day or a later one.")
        raise Invalid.field("begins_on", said % {"day": day})
    if contract.ends_on is not None and begins_on >= contract.ends_on:
        day = moments.day(contract.ends_on)
        raise Invalid.field("begins_on", _("The contract ends on %(day)s. Enter a day before it.") % {"day": day})
