"""The work of an address, whole, for who may see it; foreign and missing work get the same answer. Writes nothing."""

from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import NotVisible
from jobs.models import Check, Job, Step

PLACES = ("ticket__organisation", "ticket__site", "contract", "period", "acceptance")


def one(user: User, number: int) -> Job:
    rows = Job.objects.visible_to(user).select_related(*PLACES).filter(ticket__number=number)
    steps = Step.objects.select_related("done_by").prefetch_related("papers").order_by("position")
    checks = Check.objects.select_related("unit__product", "inspection__ticket").order_by("unit__serial_number")
    parts: tuple[Any, ...] = (Prefetch("steps", steps), Prefetch("checks", checks), "engineers")
    found = rows.prefetch_related(*parts).first()
    if found is None:
        raise NotVisible(_("There is no such work."))
    return found


def step_of(job: Job, code: str) -> Step:
    found = next((step for step in job.steps.all() if step.code == code), None)
    if found is None:
        raise NotVisible(_("This work has no such step."))
    found.job = job
    return found
