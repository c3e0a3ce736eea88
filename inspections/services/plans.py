"""Plans of inspections, and the tickets that follow from them. Generating twice, late or in parts makes each once."""

import logging
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import SYSTEM, Actor
from accounts.policies import require
from accounts.services import records
from accounts.services.records import Saved
from common.errors import Invalid, Refusal
from customers.models import Contract
from inspections.models import Inspection, Plan
from inspections.planning import MONTHS, Every, Owed
from inspections.plans import WorkedDays, as_owed, due, left
from inspections.policies import TABLE
from inspections.services import hours
from tickets import services as tickets
from tickets.kinds import Kind

log = logging.getLogger(__name__)
ACTION = "inspection.manage_plans"
AHEAD = timedelta(days=60)  # the longest notice of a scheme is 15 working days; holidays may double it
NAMESPACE = uuid.UUID("6c1f3bb4-7a0b-4f0e-9a50-0f3d9f6e3a52")
MOST_DATES = 100
NO_UNIT = gettext_lazy("Name the unit: its importance says how often it is visited.")
MOST_AT_ONCE = 100
AROUND = ("contract", "site", "unit", "checklist", "assignee")
REFUSED = (Refusal, ValueError, LookupError)
ROWS = Plan.objects.select_related(
    "contract__organisation", "site__organisation", "unit__product", "unit__site", "checklist", "assignee"
)


def save_plan(
    *, plan: Plan, values: Mapping[str, Any], by: Actor, today: date, seen: Mapping[str, Any] | None = None
) -> Saved:
    """What has been generated stays; what is changed counts from that day on. Raises Stale, Invalid."""
    require(by, ACTION, TABLE)
    _check(plan, values)
    if plan._state.adding:
        plan.made_on = today
        return records.save(row=plan, values=values, by=by, seen=seen)
    with transaction.atomic():
        before = records.lock(plan).timing
        saved = records.save(row=plan, values=values, by=by, seen=seen)
        if saved.row.timing != before and saved.row.inspections.exists():
            _begin_edition(saved.row, today)
    return saved


def _begin_edition(plan: Plan, today: date) -> None:
    plan.edition, plan.pace, plan.paced_on = plan.edition + 1, plan.wanted, today
    plan.save(update_fields=["edition", "pace", "paced_on"])


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

    All are looked at first without being locked, in a few statements: mostly there is nothing to do.
    """
    count, work = 0, _Pass(now)
    rows = Plan.objects.filter(is_active=True) if only is None else Plan.objects.filter(is_active=True, pk=only.pk)
    for plan in work.wanting(list(rows.order_by("pk").values_list("pk", flat=True))):
        if count >= limit:
            break
        try:
            count += _generate_of(plan, work, limit - count)
        except REFUSED:
            log.exception("The inspections of plan %s cannot be planned", plan.pk)
    return count


class _Pass:
    """One time over the plans, with what is read once for all of them."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.worked = WorkedDays()
        self.names: dict[int, str] = {}

    def today(self, plan: Plan) -> date:
        return self.now.astimezone(ZoneInfo(plan.site.zone)).date()

    def wanting(self, pks: Sequence[int]) -> Iterator[Plan]:
        """Those that have something to be made, or that go by another rhythm from now on."""
        for first in range(0, len(pks), MOST_AT_ONCE):
            plans = list(ROWS.filter(pk__in=pks[first : first + MOST_AT_ONCE]).order_by("pk"))
            there = _there(plans)
            yield from (plan for plan in plans if self._wants(plan, there.get(plan.pk, [])))

    def _wants(self, plan: Plan, there: Sequence[Owed]) -> bool:
        if plan.pace and plan.pace != plan.wanted:
            return True
        try:
            return bool(self.missing(plan, until(self.today(plan)), there))
        except REFUSED:
            return True  # is said where it is made

    def missing(self, plan: Plan, before: date, there: Collection[Owed]) -> list[Owed]:
        """What is to be visited before that day."""
        soon = [one for one in due(plan, before, self.worked) if one.visit_on < before]
        return left(plan, soon, there)

    def name_of(self, plan: Plan) -> str:
        """Of its list, as it was published; empty before."""
        if plan.checklist_id not in self.names:
            version = plan.checklist.versions.only("name").first()
            self.names[plan.checklist_id] = version.name if version else ""
        return self.names[plan.checklist_id]


def _there(plans: Sequence[Plan]) -> dict[int, list[Owed]]:
    found: dict[int, list[Owed]] = {}
    for row in Inspection.objects.filter(plan__in=plans).only("plan", "key", "opens_on", "closes_on").order_by():
        found.setdefault(row.plan_id or 0, []).append(as_owed(row))
    return found


@transaction.atomic
def _generate_of(read: Plan, work: _Pass, limit: int) -> int:
    plan = _held(read)
    if plan is None:
        return 0
    today, there = work.today(plan), _there([plan]).get(plan.pk, [])
    late = _late(plan, today, work, there)[:limit]
    for one in late:
        _make(plan, one, work)
    if len(late) == limit:
        return limit
    _go_by_what_is_wanted(plan, today)
    missing = work.missing(plan, until(today), [*there, *late])[: limit - len(late)]
    for one in missing:
        _make(plan, one, work)
    return len(late) + len(missing)


def _late(plan: Plan, today: date, work: _Pass, there: Collection[Owed]) -> list[Owed]:
    """Of a plan whose pace has changed, what fell due before anybody noticed."""
    return work.missing(plan, today, there) if plan.pace != plan.wanted and plan.pace in MONTHS else []


def _go_by_what_is_wanted(plan: Plan, today: date) -> None:
    """Another rhythm, or another importance of the unit, counts from today on; what was made ahead stays."""
    if plan.pace != plan.wanted:
        plan.pace, plan.paced_on = plan.wanted, today if plan.pace else None
        plan.save(update_fields=["pace", "paced_on"])


def until(today: date) -> date:
    """The first day that is too far ahead."""
    return today + AHEAD + timedelta(days=1)


def _held(read: Plan) -> Plan | None:
    """As it is now, locked, with the rows around it that were read a moment ago. None while another worker has it."""
    rows = Plan.objects.select_for_update(skip_locked=True).filter(pk=read.pk, is_active=True)
    for plan in rows:
        for name in AROUND:
            if getattr(plan, f"{name}_id") == getattr(read, f"{name}_id"):
                setattr(plan, name, getattr(read, name))
        return plan
    return None


def _make(plan: Plan, one: Owed, work: _Pass) -> None:
    intake = tickets.Intake(
        title=_title(plan, work),
        kind=Kind.INSPECTION,
        organisation=plan.contract.organisation,
        site=plan.site,
        equipment=plan.unit,
        contract=plan.contract,
        scheme=plan.contract.scheme_code,
        scheme_version=plan.contract.scheme_version,
        assignee=plan.assignee,
        language=plan.contract.organisation.language,
        form_token=uuid.uuid5(NAMESPACE, f"{plan.pk}:{one.key}"),
        visit=tickets.Visit(hours.visit_at(plan, one, work.now), plan.minutes),
    )
    ticket = tickets.report(intake=intake, by=SYSTEM, at=work.now, now=work.now)
    Inspection.objects.create(ticket=ticket, plan=plan, key=one.key, opens_on=one.opens_on, closes_on=one.closes_on)


def _title(plan: Plan, work: _Pass) -> str:
    """In the customer's language; the list's name as it was published."""
    with translation.override(plan.contract.organisation.language):
        name = work.name_of(plan) or _("Inspection")
        return f"{name}: {plan.unit.product.name if plan.unit else plan.site.name}"[:200]


def _check(plan: Plan, values: Mapping[str, Any]) -> None:
    contract: Contract = values.get("contract") or plan.contract
    site, unit = values.get("site"), values.get("unit", plan.unit)
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
    if every == Every.IMPORTANCE and values.get("unit", plan.unit) is None:
        raise Invalid.field("unit", str(NO_UNIT))
    if not 1 <= (values.get("days") or 1) <= 250:
        raise Invalid.field("days", _("Enter a number from 1 to 250."))
