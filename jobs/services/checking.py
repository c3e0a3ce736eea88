"""Before an event every device of the site is checked: one inspection each, made once, however often this runs."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actors import SYSTEM, Actor
from accounts.models import User
from common.errors import Illegal
from customers.models import Equipment
from inspections import services as inspections
from inspections.models import Checklist
from jobs.models import Check, Job
from jobs.services import spreading
from tickets import services as tickets
from tickets.kinds import Kind, LinkKind, State
from tickets.models import TicketEvent

LIST = "event-assurance-pre-check"
NAMESPACE = uuid.UUID("2bd51f3d-0d4d-4b54-8a7f-5fd0c4f0d9f1")


def make_checks(job: Job, engineers: Iterable[User], now: datetime) -> None:
    """Of every unit in service at the site that has none yet, by those engineers in turn."""
    site = job.ticket.site
    assert site is not None  # work always has a site
    units = Equipment.objects.filter(site=site, is_retired=False).select_related("product")
    there = set(job.checks.values_list("unit_id", flat=True))
    checklist = Checklist.objects.filter(code=LIST).first()
    missing = [unit for unit in units if unit.pk not in there]
    people = list(engineers)
    places = spreading.spread(job.begins_on, site, [user.pk for user in people] or [None], len(missing), now)
    known = {user.pk: user for user in people}
    for unit, (engineer, planned_at) in zip(missing, places, strict=True):
        _make(job, unit, checklist, known[engineer] if engineer is not None else None, planned_at, now)


def _make(
    job: Job, unit: Equipment, checklist: Checklist | None, engineer: User | None, planned_at: datetime, now: datetime
) -> None:
    ticket, organisation = job.ticket, job.ticket.organisation
    assert organisation is not None
    with translation.override(organisation.language):
        title = _("Check before an event: %(unit)s") % {"unit": unit.product.name}
    intake = tickets.Intake(
        title=title[:200],
        kind=Kind.INSPECTION,
        organisation=organisation,
        site=ticket.site,
        equipment=unit,
        scheme=ticket.scheme_code,
        scheme_version=ticket.scheme_version,
        assignee=engineer,
        language=organisation.language,
        form_token=uuid.uuid5(NAMESPACE, f"{job.pk}:{unit.pk}"),
    )
    visit = tickets.Visit(planned_at, spreading.MINUTES)
    row = inspections.ask(intake=intake, checklist=checklist, visit=visit, now=now)
    Check.objects.create(job=job, unit=unit, inspection=row)
    tickets.link(ticket=row.ticket, target=ticket, kind=LinkKind.PARENT, by=SYSTEM, now=now)


def move_checks(job: Job, by: Actor, now: datetime) -> None:
    """Visits still to come, to the days before the new first one; whoever has them keeps them."""
    site = job.ticket.site
    assert site is not None  # work always has a site
    ahead = [check.inspection.ticket for check in open_checks(job)]
    but = {ticket.pk for ticket in ahead}
    for engineer in sorted({ticket.assignee_id for ticket in ahead}, key=lambda pk: pk or 0):
        own = [ticket for ticket in ahead if ticket.assignee_id == engineer]
        places = spreading.spread(job.begins_on, site, [engineer], len(own), now, but)
        for ticket, (_engineer, planned_at) in zip(own, places, strict=True):
            if tickets.appointment_of(ticket).planned_at != planned_at:
                tickets.move_visit(ticket=ticket, planned_at=planned_at, by=by, now=now)


def open_checks(job: Job) -> list[Check]:
    """Devices nobody has visited yet; what was cancelled is not waited for."""
    done = TicketEvent.objects.in_force().filter(type="visit_done").values("ticket")
    over = (State.CANCELLED, State.CLOSED, State.RESOLVED)
    rows = job.checks.exclude(inspection__ticket__state__in=over).exclude(inspection__ticket__in=done)
    return list(rows.select_related("unit", "inspection__ticket"))


def require_checks(job: Job) -> None:
    missing = open_checks(job)
    if missing:
        named = ", ".join(check.unit.serial_number for check in missing[:5]) + (" …" if len(missing) > 5 else "")
        raise Illegal(_("Not visited yet: %(units)s.") % {"units": named})
