"""The list of planned work, and the page of one piece: its steps, what was written down, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.policies import may
from accounts.views.access import actor, page_for
from inspections.views.visit_cards import paths_of
from jobs import reports, words
from jobs.facts import one
from jobs.kinds import WORKS, JobKind, Who
from jobs.models import Job, Step
from jobs.policies import TABLE
from jobs.services import ACTIONS
from jobs.views import person
from tickets.kinds import OPEN_STATES

PAGE_LENGTH = 50
SHOWS = ("open", "late", "over")
NAMES_OF_WHO = {Who.DESK: "desk", Who.ENGINEER: "engineer", Who.CUSTOMER: "customer"}


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    job: Job
    done: int
    total: int
    next: Step | None
    is_late: bool


@dataclass(frozen=True)
class StepView:
    """A step on the page. `may_do`: it is this reader's to fill in, and it is its turn."""

    step: Step
    values: Sequence[words.Shown]
    is_next: bool
    is_late: bool
    may_do: bool


@require_safe
@page_for("job.see", TABLE)
def jobs(request: HttpRequest) -> HttpResponse:
    """Open ones first, what begins next on top. A customer sees those of his sites."""
    user = person(request)
    show = request.GET.get("show", "")
    kind = request.GET.get("kind", "")
    rows = _narrowed(Job.objects.visible_to(user), kind, show).select_related("ticket__organisation", "ticket__site")
    is_over = Case(When(ticket__state__in=OPEN_STATES, then=0), default=1)
    ordered = rows.prefetch_related("steps").order_by(is_over, "begins_on", "pk")
    page = Paginator(ordered, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(job) for job in page],
        "kinds": JobKind.choices,
        "kind": kind if kind in JobKind.values else "",
        "show": show if show in SHOWS else "",
        "may_plan": may(actor(request), "job.plan", TABLE),
    }
    template = "jobs/list.html" if user.is_staff_member else "jobs/list_public.html"
    return render(request, template, context)


def _narrowed(rows: "QuerySet[Job]", kind: str, show: str) -> "QuerySet[Job]":
    if kind in JobKind.values:
        rows = rows.filter(kind=kind)
    if show == "open":
        rows = rows.filter(ticket__state__in=OPEN_STATES)
    if show == "over":
        rows = rows.exclude(ticket__state__in=OPEN_STATES)
    if show == "late":
        late = Step.objects.filter(job=OuterRef("pk"), done_at=None, due_on__lt=timezone.localdate())
        rows = rows.filter(Exists(late), ticket__state__in=OPEN_STATES)
    return rows


def today_at(job: Job) -> date:
    site = job.ticket.site
    return timezone.now().astimezone(ZoneInfo(site.zone)).date() if site else timezone.localdate()


def _row(job: Job) -> Row:
    steps = sorted(job.steps.all(), key=lambda step: step.position)
    for step in steps:
        step.job = job
    ahead = next((step for step in steps if step.done_at is None), None) if job.ticket.is_open else None
    done = sum(step.done_at is not None for step in steps)
    return Row(job, done, len(steps), ahead, ahead is not None and ahead.due_on < today_at(job))


@require_safe
@page_for("job.see", TABLE)
def job(request: HttpRequest, number: int) -> HttpResponse:
    user = person(request)
    row = one(user, number)
    steps = step_views(row, actor(request), is_staff=user.is_staff_member)
    acceptance = getattr(row, "acceptance", None)
    signature = acceptance.signature if acceptance else {}
    context = {
        "job": row,
        "steps": steps,
        "next": next((view for view in steps if view.is_next), None),
        "left": reports.left(row) if user.is_staff_member or row.contract else None,
        "acceptance": acceptance,
        "signature": signature,
        "signing": WORKS[row.kind].signing,
        "signature_paths": paths_of(signature.get("strokes", ())),
        "checks": [] if row.kind != JobKind.ASSURANCE else list(row.checks.all()),
        "may_move": row.ticket.is_open and may(actor(request), "job.plan", TABLE),
        "done": sum(view.step.done_at is not None for view in steps),
    }
    template = "jobs/job.html" if user.is_staff_member else "jobs/job_public.html"
    return render(request, template, context)


def step_views(row: Job, by: Actor, *, is_staff: bool) -> list[StepView]:
    names = {user.email: user.name for user in row.engineers.all()}
    today, found, is_next = today_at(row), [], row.ticket.is_open
    for step in sorted(row.steps.all(), key=lambda step: step.position):
        step.job = row
        turn = is_next and step.done_at is None
        found.append(
            StepView(
                step,
                words.shown(step, names, is_staff=is_staff) if step.done_at or is_staff else [],
                turn,
                step.done_at is None and row.ticket.is_open and step.due_on < today,
                step.done_at is None and row.ticket.is_open and may(by, ACTIONS[step.kind.who], TABLE),
            )
        )
        is_next = is_next and not turn
    return found
