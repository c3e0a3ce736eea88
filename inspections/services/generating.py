"""The tickets that follow from plans. Generating twice, late or in parts makes each once.

A rhythm that changes, by a person's edit or by the importance of the unit, changes in one way: what the old one owed
until today is made up for, and the new one counts from today on.
"""

import logging
import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.actors import SYSTEM
from common.errors import Refusal
from inspections.models import Inspection, Plan
from inspections.planning import Owed
from inspections.plans import WorkedDays, as_owed, due, left
from inspections.services import hours
from tickets import services as tickets
from tickets.kinds import Kind

log = logging.getLogger(__name__)
AHEAD = timedelta(days=60)  # the longest notice of a scheme is 15 working days; holidays may double it
NAMESPACE = uuid.UUID("6c1f3bb4-7a0b-4f0e-9a50-0f3d9f6e3a52")
MOST_AT_ONCE = 100
LONGEST_TROUBLE = 300
IN = "en"  # what cannot be planned is told alike whoever tried
AROUND = ("contract", "site", "unit", "checklist", "assignee")
REFUSED = (Refusal, ValueError, LookupError)
ROWS = Plan.objects.select_related(
    "contract__organisation", "site__organisation", "unit__product", "unit__site", "checklist", "assignee"
)


def generate(*, now: datetime, limit: int = 500, only: Plan | None = None) -> int:
    """Makes the tickets of what is to be visited within the time ahead. Returns how many; what is left over comes with
    the next call. Each plan in a transaction of its own, which whoever is there first holds; one that cannot be
    planned, such as of a scheme that is gone, keeps no other waiting. `only`: of one plan.

    All are looked at first without being locked, in a few statements: mostly there is nothing to do.
    """
    count, work = 0, Pass(now)
    if only is None:
        _rest(timezone.localdate(now))
    rows = Plan.objects.plannable() if only is None else Plan.objects.plannable().filter(pk=only.pk)
    for plan in work.wanting(list(rows.order_by("pk").values_list("pk", flat=True))):
        if count >= limit:
            break
        try:
            with translation.override(IN):
                count += _generate_of(plan, work, limit - count)
        except REFUSED as refusal:
            _keep_trouble(plan, str(refusal) or type(refusal).__name__)
    return count


def _keep_trouble(plan: Plan, why: str) -> None:
    """The plan's page and the list of plans say it until it is mended; the log hears of it once, however often it is
    tried again.
    """
    trouble = why[:LONGEST_TROUBLE]
    if plan.trouble != trouble:
        Plan.objects.filter(pk=plan.pk).update(trouble=trouble)
        log.exception("The inspections of plan %s cannot be planned", plan.pk)


class Pass:
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
        if plan.trouble or (plan.pace and plan.pace != plan.wanted):
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
def _rest(today: date) -> None:
    """What is out of service counts from the day on which it is served again, as a plan put back in use does."""
    resting = Plan.objects.unserved().exclude(paced_on=today).select_for_update(of=("self",), skip_locked=True)
    pks = list(resting.values_list("pk", flat=True))
    if pks:
        Plan.objects.filter(pk__in=pks).update(paced_on=today)


@transaction.atomic
def _generate_of(read: Plan, work: Pass, limit: int) -> int:
    plan = _held(read)
    if plan is None:
        return 0
    late = make_up(plan, work, limit) if plan.pace and plan.pace != plan.wanted else 0
    if late == limit:
        return limit
    go_by_what_is_wanted(plan, work.today(plan))
    missing = work.missing(plan, until(work.today(plan)), _there([plan]).get(plan.pk, []))[: limit - late]
    for one in missing:
        _make(plan, one, work)
    if plan.trouble:
        plan.trouble = ""
        plan.save(update_fields=["trouble"])
    return late + len(missing)


def make_up(plan: Plan, work: Pass, limit: int | None = None) -> int:
    """Makes what fell due by the rhythm it has gone by until now, before another one counts. Returns how many."""
    is_planned = plan.is_owing and not plan.is_astray_on(work.today(plan))
    late = work.missing(plan, work.today(plan), _there([plan]).get(plan.pk, []))[:limit] if is_planned else []
    for one in late:
        _make(plan, one, work)
    return len(late)


def go_by_what_is_wanted(plan: Plan, today: date, *, is_edited: bool = False) -> None:
    """From today on; what was made ahead stays. `is_edited`: its days are others, their names have to be, too."""
    if plan.pace == plan.wanted and not is_edited:
        return
    plan.paced_on = today if plan.pace or is_edited else plan.paced_on
    plan.pace, plan.edition = plan.wanted, plan.edition + is_edited
    plan.save(update_fields=["pace", "paced_on", "edition"])


def begin_again(plan: Plan, today: date) -> None:
    """After a time in which nothing counted: what was owed in it is not made up for. Names stay, so that what was made
    ahead is not made twice.
    """
    plan.pace, plan.paced_on = plan.wanted, today
    plan.save(update_fields=["pace", "paced_on"])


def until(today: date) -> date:
    """The first day that is too far ahead."""
    return today + AHEAD + timedelta(days=1)


def _held(read: Plan) -> Plan | None:
    """As it is now, locked, with the rows around it that were read a moment ago. None while another worker has it."""
    rows = Plan.objects.plannable().select_for_update(of=("self",), skip_locked=True).filter(pk=read.pk)
    for plan in rows:
        for name in AROUND:
            if getattr(plan, f"{name}_id") == getattr(read, f"{name}_id"):
                setattr(plan, name, getattr(read, name))
        return plan
    return None


def _make(plan: Plan, one: Owed, work: Pass) -> None:
    intake = tickets.Intake(
        title=_title(plan, work),
        kind=Kind.INSPECTION,
        organisation=plan.contract.organisation,
        site=plan.site,
        equipment=plan.unit,
        contract=plan.contract,
        scheme=plan.contract.scheme_code,
        scheme_version=plan.contract.scheme_version,
        assignee=plan.engineer,
        language=plan.contract.organisation.language,
        form_token=uuid.uuid5(NAMESPACE, f"{plan.pk}:{one.key}"),
        visit=tickets.Visit(hours.visit_at(plan, one, work.now), plan.minutes),
    )
    ticket = tickets.report(intake=intake, by=SYSTEM, at=work.now, now=work.now)
    Inspection.objects.create(ticket=ticket, plan=plan, key=one.key, opens_on=one.opens_on, closes_on=one.closes_on)


def _title(plan: Plan, work: Pass) -> str:
    """In the customer's language; the list's name as it was published."""
    with translation.override(plan.contract.organisation.language):
        name = work.name_of(plan) or _("Inspection")
        return f"{name}: {plan.unit.product.name if plan.unit else plan.site.name}"[:200]
