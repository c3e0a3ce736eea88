"""Taking a piece of work in hand: lock, visibility, whether it goes on. Every writing service here starts with it."""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from common.errors import Illegal, NotVisible
from jobs.models import Job, Step


def lock(job: Job, *, by: Actor) -> Job:
    """The job's row, locked until the transaction ends; its ticket is locked after it, never before."""
    rows = Job.objects.select_for_update(of=("self",)).select_related(
        "ticket", "ticket__organisation", "ticket__site", "contract"
    )
    if by.user is not None:
        rows = rows.visible_to(by.user)
    row = rows.filter(pk=job.pk).first()
    if row is None:
        raise NotVisible(_("There is no such work."))
    if not row.ticket.is_open:
        raise Illegal(_("This work is over. Re-open its ticket first."))
    return row


def step_of(job: Job, code: str) -> Step:
    row = job.steps.filter(code=code).first()
    if row is None:
        raise NotVisible(_("This work has no such step."))
    row.job = job
    return row


def check_turn(job: Job, step: Step) -> None:
    """Steps are done in order, and each once."""
    if step.done_at is not None:
        raise Illegal(_("This step is done. It stays as it is."))
    before = job.steps.filter(position__lt=step.position, done_at=None).first()
    if before is not None:
        before.job = job
        raise Illegal(_("First comes: %(step)s.") % {"step": before.kind.title})
