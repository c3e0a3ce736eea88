"""Work moves to other days, and with it what hangs on them: open steps, its period, its checks, an announcement."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Invalid
from jobs import plans
from jobs.models import Job
from jobs.policies import TABLE
from jobs.services import checking, rows
from jobs.services.periods import check_days
from tickets import services as tickets

LONGEST_REASON = 500
# An acceptance is announced for a time; on other days it has to be announced again.
SAID_AGAIN = {"delivery": ("notice", "acceptance")}


@transaction.atomic
def move(*, job: Job, begins_on: date, last_on: date, reason: str, by: Actor, now: datetime) -> Job:
    """To these days of the site, both worked on; `reason` is for the desk's log.

    Steps that are done stay. Raises NotVisible, Forbidden, Illegal, Invalid.
    """
    row = rows.lock(job, by=by)
    require(by, "job.plan", TABLE)
    _check(row, begins_on, last_on, reason.strip(), now)
    before = {"from_begins_on": row.begins_on.isoformat(), "from_last_on": row.last_on.isoformat()}
    row.begins_on, row.last_on = begins_on, last_on
    row.save(update_fields=["begins_on", "last_on"])
    _move_period(row)
    _move_steps(row)
    checking.move_checks(row, by, now)
    after = {"begins_on": begins_on.isoformat(), "last_on": last_on.isoformat(), "reason": reason.strip()}
    tickets.tell_step(ticket=row.ticket, type="work_moved", data={**before, **after}, by=by, now=now)
    return row


def _check(job: Job, begins_on: date, last_on: date, reason: str, now: datetime) -> None:
    check_days(begins_on, last_on)
    if (begins_on, last_on) == (job.begins_on, job.last_on):
        raise Invalid.field("begins_on", _("These are its days already."))
    site = job.ticket.site
    assert site is not None  # work always has a site
    if last_on < now.astimezone(ZoneInfo(site.zone)).date():
        raise Invalid.field("last_on", _("Enter today or a later day."))
    if not 1 <= len(reason) <= LONGEST_REASON:
        raise Invalid.field("reason", _("Say why, in at most %(most)d characters.") % {"most": LONGEST_REASON})


def _move_period(job: Job) -> None:
    """Its days are closed to editing while somebody stands by for them: they move here, with the work."""
    if job.period is None:
        return
    others = type(job.period).objects.exclude(pk=job.period.pk)
    if others.filter(site=job.period.site, name=job.period.name, begins_on=job.begins_on).exists():
        raise Invalid.field("begins_on", _("There is a period of this name on that day already."))
    job.period.begins_on, job.period.last_on = job.begins_on, job.last_on
    job.period.save(update_fields=["begins_on", "last_on"])


def _move_steps(job: Job) -> None:
    site = job.ticket.site
    assert site is not None  # work always has a site
    announced, held = SAID_AGAIN.get(job.kind, ("", ""))
    is_held = job.steps.filter(code=held).exclude(done_at=None).exists()
    for step in job.steps.select_for_update():
        step.job = job
        if step.code == announced and not is_held:
            step.done_at = step.done_by = None
        if step.done_at is None:
            step.due_on = plans.due_on(step.kind, job.begins_on, job.last_on, site.country)
            step.told_late_at = None
            step.save(update_fields=["done_at", "done_by", "due_on", "told_late_at"])
