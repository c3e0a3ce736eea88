"""The inspection at the end of a unit's warranty is planned by itself: one plan a unit, which follows its warranty."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.actors import SYSTEM
from accounts.services import records
from customers import coverage
from customers.models import Contract, Equipment
from inspections.models import Checklist, Plan
from inspections.planning import Every
from inspections.planning.rhythm import WARRANTY_DAYS
from inspections.plans import WARRANTY_LIST
from inspections.services.plans import save_plan

AHEAD = timedelta(days=120)  # the time of the visit opens 60 days before the end, its ticket comes up to 60 before that
ONE_DAY = timedelta(days=1)


def plan_warranty_ends(*, now: datetime) -> int:
    """Returns how many plans were made or moved. Nothing where the list is gone, no contract is in force, or somebody
    planned it by hand; a plan that was taken out of use stays so.
    """
    checklist = Checklist.objects.filter(code=WARRANTY_LIST, is_retired=False).first()
    if checklist is None:
        return 0
    today = now.date()
    units = Equipment.objects.filter(is_retired=False).whose_warranty_ends(today, today + AHEAD)
    rows = list(units.select_related("product", "site__organisation").order_by("pk"))
    there: dict[int | None, Plan] = {}
    for plan in Plan.objects.filter(unit__in=rows, checklist=checklist).order_by("follows_warranty"):
        there[plan.unit_id] = plan  # the one that follows wins
    unplanned: dict[date, list[Equipment]] = {}
    for unit in rows:
        if unit.pk not in there:
            unplanned.setdefault(_today(unit, now), []).append(unit)
    contracts: dict[int, Contract] = {}
    for today, some in unplanned.items():  # of one day, or of two where sites lie far from each other
        contracts |= coverage.contracts_of(some, today)
    return sum(_plan(unit, there.get(unit.pk), contracts.get(unit.pk), checklist, _today(unit, now)) for unit in rows)


def _today(unit: Equipment, now: datetime) -> date:
    return now.astimezone(ZoneInfo(unit.site.zone)).date()


def _plan(unit: Equipment, there: Plan | None, contract: Contract | None, checklist: Checklist, today: date) -> bool:
    ends_on = unit.warranty_ends_on
    if ends_on is None or not today < ends_on <= today + AHEAD:
        return False
    if there is not None:
        return there.follows_warranty and _follow(there, ends_on)
    opens_on = max(today + ONE_DAY, ends_on - timedelta(days=WARRANTY_DAYS))
    is_long_enough = contract is not None and (contract.ends_on is None or contract.ends_on > opens_on)
    return contract is not None and is_long_enough and _make(unit, contract, checklist, today, ends_on)


def _follow(plan: Plan, ends_on: date) -> bool:
    """A warranty that was extended, or written down anew; what was planned for another day by then stays."""
    if plan.dates == [ends_on] or not plan.is_active:
        return False
    records.save(row=plan, values={"dates": [ends_on]}, by=SYSTEM)
    return True


def _make(unit: Equipment, contract: Contract, checklist: Checklist, today: date, ends_on: date) -> bool:
    values = {
        "contract": contract,
        "site": unit.site,
        "unit": unit,
        "checklist": checklist,
        "every": Every.ONCE.value,
        "dates": [ends_on],
        "begins_on": today,
    }
    with transaction.atomic():
        Equipment.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # two workers plan one after the other
        if Plan.objects.filter(unit=unit, checklist=checklist).exists():
            return False
        save_plan(plan=Plan(follows_warranty=True), values=values, by=SYSTEM, today=today)
    return True
