"""Plans of inspections, and the tickets that follow from them. Generating twice, late or in parts makes each once."""

import logging
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import SYSTEM, Actor
from accounts.policies import require
from accounts.services import records
from accounts.services.records import Saved
from common.errors import Invalid, Refusal
from customers.models import Contract
from inspections.models import Inspection, Plan
from inspections.planning import Every, Owed
from inspections.plans import WorkedDays, due
from inspections.policies import TABLE
from tickets import services as tickets
from tickets import workdays
from tickets.kinds import Kind
from tickets.models import Ticket

log = logging.getLogger(__name__)
ACTION = "inspection.manage_plans"
AHEAD = timedelta(days=60)  # the longest notice of a scheme is 15 working days; holidays may double it
HOUR_OF_VISIT = time(10)
NAMESPACE = uuid.UUID("6c1f3bb4-7a0b-4f0e-9a50-0f3d9f6e3a52")
MOST_DATES = 100


def save_plan(
    *, plan: Plan, values: Mapping[str, Any], by: Actor, today: date, seen: Mapping[str, Any] | None = None
) -> Saved:
    """What has been generated stays; what is changed counts for the rest. Raises Stale, Invalid."""
    require(by, ACTION, TABLE)
    _check(plan, values)
    if plan._state.adding:
        plan.made_on = today
    return records.save(row=plan, values=values, by=by, seen=seen)


def set_active(*, plan: Plan, is_active: bool, by: Actor) -> None:
    """Out of use it owes nothing more; tickets that are there stay."""
    require(by, ACTION, TABLE)
    with transaction.atomic():
        row = records.lock(plan)
        if row.is_active != is_active:
            row.is_active = is_active
            row.save(update_fields=["is_active"])
            records.note(row=row, by=by, flag=CHANGE, what="reopened" if is_active else "ended")


def generate(*, now: datetime, limit: int = 500, only: Plan | None = None) -> int:
    """Makes the tickets of what is to be visited within the time ahead. Returns how many; what is left over comes with
    the next call. Each plan in a transaction of its own, which whoever is there first holds; one that cannot be
    planned, such as of a scheme that is gone, keeps no other waiting. `only`: of one plan.
    """
    made, worked = 0, WorkedDays()
    rows = Plan.objects.filter(is_active=True) if only is None else Plan.objects.filter(is_active=True, pk=only.pk)
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        if made >= limit:
            break
        try:
            made += _generate_of(pk, now, limit - made, worked)
        except (Refusal, ValueError, LookupError):
            log.exception("The inspections of plan %s cannot be planned", pk)
    return made


@transaction.atomic
def _generate_of(pk: int, now: datetime, limit: int, worked: WorkedDays) -> int:
    plan = _held(pk)
    if plan is None:
        return 0
    missing = _missing(plan, now, worked)[:limit]
    for one in missing:
        _make(plan, one, now)
    return len(missing)


def _held(pk: int) -> Plan | None:
    """None while another worker has it."""
    rows = Plan.objects.select_related("contract", "site__organisation", "unit__product", "checklist", "assignee")
    return rows.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, is_active=True).first()


def _missing(plan: Plan, now: datetime, worked: WorkedDays) -> list[Owed]:
    today = now.astimezone(ZoneInfo(plan.site.zone)).date()
    until = today + AHEAD + timedelta(days=1)
    there = set(plan.inspections.values_list("key", flat=True))
    soon = [one for one in due(plan, until, worked) if one.visit_on < until and one.closes_on > plan.made_on]
    return [one for one in soon if one.key not in there]


def _make(plan: Plan, one: Owed, now: datetime) -> Ticket:
    intake = tickets.Intake(
        title=_title(plan),
        kind=Kind.INSPECTION,
        organisation=plan.contract.organisation,
        site=plan.site,
        equipment=plan.unit,
        scheme=plan.contract.scheme_code,
        scheme_version=plan.contract.scheme_version,
        assignee=plan.assignee,
        language=plan.contract.organisation.language,
        form_token=uuid.uuid5(NAMESPACE, f"{plan.pk}:{one.key}"),
    )
    ticket = tickets.report(intake=intake, by=SYSTEM, at=now, now=now)
    Inspection.objects.create(ticket=ticket, plan=plan, key=one.key, opens_on=one.opens_on, closes_on=one.closes_on)
    planned_at = visit_at(plan, one, now)
    fields = {"planned_at": planned_at, "minutes": plan.minutes}
    tickets.record(ticket=ticket, type="visit_planned", by=SYSTEM, at=now, now=now, fields=fields)
    return ticket


def visit_at(plan: Plan, one: Owed, now: datetime) -> datetime:
    """In the morning of the day, at the site; of a day that is over, the next working day from tomorrow on."""
    zone = ZoneInfo(plan.site.zone)
    day, tomorrow = one.visit_on, now.astimezone(zone).date() + timedelta(days=1)
    if day < tomorrow:
        is_working = workdays.between(plan.site.country, tomorrow, tomorrow + timedelta(days=30))
        day = next((d for n in range(30) if is_working(d := tomorrow + timedelta(days=n))), tomorrow)
    return datetime.combine(day, HOUR_OF_VISIT, zone)


def _title(plan: Plan) -> str:
    """In the customer's language; the list's name as it was published."""
    version = plan.checklist.versions.first()
    with translation.override(plan.contract.organisation.language):
        name = version.name if version else _("Inspection")
        return f"{name}: {plan.unit.product.name if plan.unit else plan.site.name}"[:200]


def _check(plan: Plan, values: Mapping[str, Any]) -> None:
    contract: Contract = values.get("contract") or plan.contract
    site, unit = values.get("site"), values.get("unit")
    if site is not None and site.organisation_id != contract.organisation_id:
        raise Invalid.field("site", _("Choose a site of the contract's customer."))
    if unit is not None and site is not None and unit.site_id != site.pk:
        raise Invalid.field("unit", _("This unit stands at another site."))
    every, dates = values.get("every", plan.every), values.get("dates", plan.dates)
    if every in (Every.DATES, Every.ONCE) and not dates:
        raise Invalid.field("dates", _("Enter at least one date."))
    if every == Every.ONCE and len(dates) > 1:
        raise Invalid.field("dates", _("Enter one date."))
    if len(dates) > MOST_DATES:
        raise Invalid.field("dates", _("Enter at most %(most)d dates.") % {"most": MOST_DATES})
    if values.get("every", plan.every) != Every.WEEKS and values.get("weekday") is not None:
        raise Invalid.field("weekday", _("Only a plan by weeks has a day of the week."))
    if not 1 <= (values.get("days") or 1) <= 250:
        raise Invalid.field("days", _("Enter a number from 1 to 250."))
