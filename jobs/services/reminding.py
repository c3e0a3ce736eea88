"""A step whose day is over is told to the desk, once; told again only after the work was moved."""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import OuterRef, Subquery

from accounts.actors import SYSTEM
from common.errors import Refusal
from jobs.models import Job, Step
from jobs.services import rows
from tickets import services as tickets
from tickets.kinds import OPEN_STATES

log = logging.getLogger(__name__)


def tell_late(*, now: datetime) -> int:
    """Of all open work, the step whose turn it is. Returns how many were told; running twice tells nothing twice."""
    ahead = Step.objects.filter(job=OuterRef("job"), done_at=None).order_by("position").values("pk")[:1]
    late = Step.objects.filter(pk=Subquery(ahead), told_late_at=None, job__ticket__state__in=OPEN_STATES)
    late = late.filter(due_on__lte=now.date())  # of no zone; the day at the site is looked at below
    return sum(_tell(pk, now) for pk in late.order_by("pk").values_list("job_id", flat=True))


def _tell(job_pk: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            return _tell_of(Job.objects.get(pk=job_pk), now)
    except Refusal:  # over meanwhile
        log.info("Work %s is not late any more", job_pk)
        return False


def _tell_of(job: Job, now: datetime) -> bool:
    row = rows.lock(job, by=SYSTEM)
    step = row.steps.filter(done_at=None).order_by("position").first()
    site = row.ticket.site
    assert site is not None  # work always has a site
    if step is None or step.told_late_at or step.due_on >= now.astimezone(ZoneInfo(site.zone)).date():
        return False
    data = {"job": row.kind, "step": step.code, "due_on": step.due_on.isoformat()}
    tickets.tell_step(ticket=row.ticket, type="step_late", data=data, by=SYSTEM, now=now)
    step.told_late_at = now
    step.save(update_fields=["told_late_at"])
    return True
