"""Important periods: the calendar of the customers, and asking for event assurance."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.policies import may, require
from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import NotVisible
from jobs import services
from jobs.forms.periods import PeriodForm
from jobs.models import Job, Period
from jobs.policies import TABLE
from jobs.views import person

KEEP = "job.keep_periods"
MOST = 200


@require_safe
@page_for("job.see", TABLE)
def periods(request: HttpRequest) -> HttpResponse:
    """Those to come first; of the past, the latest."""
    user, today = person(request), timezone.localdate()
    standing = Job.objects.standing().select_related("ticket")
    places = Period.objects.visible_to(user).select_related("organisation", "site")
    rows = places.prefetch_related(Prefetch("jobs", standing, to_attr="standing"))
    context = {
        "ahead": list(rows.filter(last_on__gte=today)[:MOST]),
        "past": list(rows.filter(last_on__lt=today).order_by("-begins_on")[:20]),
        "may_keep": may(actor(request), KEEP, TABLE),
    }
    template = "jobs/periods.html" if user.is_staff_member else "jobs/periods_public.html"
    return render(request, template, context)


@page_for(KEEP, TABLE)
def new(request: HttpRequest) -> HttpResponse:
    initial = {"site": request.GET.get("site")}
    return _period(request, Period(), _("New important period"), _("Add period"), initial)


@page_for("job.see", TABLE)
def period(request: HttpRequest, pk: int) -> HttpResponse:
    row = one(request, pk)
    require(actor(request), KEEP, TABLE)
    return _period(request, row, row.name, _("Save period"), {})


def _period(request: HttpRequest, row: Period, title: str, button: str, initial: dict[str, Any]) -> HttpResponse:
    user = person(request)
    template = "jobs/period.html" if user.is_staff_member else "jobs/period_public.html"
    page = Page(title, button, (reverse("periods"), _("Important periods")), template=template)
    return answer(
        request,
        form=PeriodForm(request.POST or None, instance=row, person=user, initial=initial),
        save=lambda values, seen: services.save_period(
            period=one(request, row.pk) if row.pk else Period(), values=values, by=actor(request), seen=seen
        ),
        page=page,
        done=lambda saved: reverse("periods"),
    )


@require_POST
@page_for("job.see", TABLE)
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    job = services.ask_assurance(period=one(request, pk), by=actor(request), now=timezone.now())
    messages.success(request, _("Event assurance is asked for."))
    return redirect("job", job.ticket.number)


def one(request: HttpRequest, pk: int) -> Period:
    is_planned = Exists(Job.objects.standing().filter(period=OuterRef("pk")))
    rows = Period.objects.visible_to(person(request)).select_related("organisation", "site")
    found = rows.annotate(is_planned=is_planned).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such period."))
    return found
