"""Promised work comes to be: a ticket of its own, its days, and the steps of its kind. Asking twice makes it once."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid, NotVisible
from customers.models import Site
from jobs import plans, reports
from jobs.kinds import WORKS, Importance, JobKind
from jobs.models import Job, Period, Step
from jobs.policies import TABLE
from jobs.services.periods import check_days
from tickets import services as tickets
from tickets.kinds import Channel, Kind

NAMESPACE = uuid.UUID("f2f5a7bc-07f4-4fd0-9a5c-0ab2f5a1a2a7")
LONGEST_NAME = 150


@dataclass(frozen=True)
class Wanted:
    """What is to be done, where, and on which days."""

    kind: str
    name: str
    site: Site
    begins_on: date
    last_on: date
    importance: str = Importance.IMPORTANT
    period: Period | None = None
    token: uuid.UUID | None = None


@transaction.atomic
def ask_assurance(*, period: Period, by: Actor, now: datetime) -> Job:
    """For one important period; by the customer or for him. A second time gives the same work, unless cancelled."""
    require(by, "job.ask_assurance", TABLE)
    rows = Period.objects.select_for_update(of=("self",)).select_related("site__organisation")
    if by.user is not None:
        rows = rows.visible_to(by.user)
    row = rows.filter(pk=period.pk).first()
    if row is None:
        raise NotVisible(_("There is no such period."))
    there = Job.objects.standing().filter(period=row).select_related("ticket").first()
    if there is not None:
        return there
    if row.last_on < now.astimezone(ZoneInfo(row.site.zone)).date():
        raise Illegal(_("This period is over."))
    wanted = Wanted(JobKind.ASSURANCE, row.name, row.site, row.begins_on, row.last_on, row.importance, row)
    return _make(wanted, by, now)


def make(*, wanted: Wanted, by: Actor, now: datetime) -> Job:
    """By the desk or an engineer. Event assurance is asked for by its period instead. Raises Invalid."""
    require(by, "job.plan", TABLE)
    if wanted.kind not in WORKS or wanted.kind == JobKind.ASSURANCE:
        raise Invalid.field("kind", _("Choose one of the list."))
    name = wanted.name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid.field("name", _("Enter a name of at most %(most)d characters.") % {"most": LONGEST_NAME})
    check_days(wanted.begins_on, wanted.last_on)
    return _make(wanted, by, now)


@transaction.atomic
def _make(wanted: Wanted, by: Actor, now: datetime) -> Job:
    site = wanted.site
    contract = reports.contract_for(wanted.kind, site.organisation, site, wanted.begins_on)
    is_customer = by.is_of_customer
    intake = tickets.Intake(
        title=_title(wanted),
        kind=Kind.JOB,
        organisation=site.organisation,
        site=site,
        scheme=contract.scheme_code if contract else "",
        scheme_version=contract.scheme_version if contract else None,
        channel=Channel.PORTAL if is_customer else Channel.WEB,
        reporter=by.user if is_customer else None,
        language=site.organisation.language,
        form_token=wanted.token,
    )
    ticket = tickets.report(intake=intake, by=by, at=now, now=now)
    there = Job.objects.filter(ticket=ticket).first()
    if there is not None:
        return there  # the same form, sent twice
    days = {"begins_on": wanted.begins_on, "last_on": wanted.last_on}
    job = Job.objects.create(
        ticket=ticket,
        kind=wanted.kind,
        contract=contract,
        period=wanted.period,
        importance=wanted.importance,
        **days,
    )
    Step.objects.bulk_create(
        Step(job=job, code=kind.code, position=n, due_on=plans.due_on(kind, **days, country=site.country))
        for n, kind in enumerate(WORKS[wanted.kind].steps, 1)
    )
    return job


def _title(wanted: Wanted) -> str:
    """In the customer's language."""
    with translation.override(wanted.site.organisation.language):
        return f"{JobKind(wanted.kind).label}: {wanted.name.strip()}"[:200]
