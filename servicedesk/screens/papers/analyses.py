"""Analyses of a contract's system over a period: staff make and send them, their customer reads what was sent."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policies import may
from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid, NotVisible, Unavailable
from inspections import services
from inspections.models import Analysis
from inspections.policies import TABLE
from servicedesk.papers import files
from servicedesk.screens.papers.forms import CommentForm, PeriodForm, WordsForm

ANALYSE = "inspection.analyse"
PAGE_LENGTH = 50


@require_safe
@never_cache
@login_required
def analyses(request: HttpRequest) -> HttpResponse:
    """The latest first."""
    assert isinstance(request.user, User)  # login_required
    rows = Analysis.objects.visible_to(request.user).select_related("contract__organisation")
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"page": page, "may_make": may(actor(request), ANALYSE, TABLE), "now": timezone.now()}
    name = "analyses" if request.user.is_staff_member else "analyses_public"
    return render(request, f"screens/papers/{name}.html", context)


@page_for(ANALYSE, TABLE)
def new(request: HttpRequest) -> HttpResponse:
    """First which contract and which days."""
    form = PeriodForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.begin_analysis(**form.cleaned_data, by=actor(request))
            return redirect("analysis", row.pk)
        except Invalid as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name, sentences)
    return render(request, "screens/papers/analysis_new.html", {"form": form}, status=400 if form.errors else 200)


@never_cache
@login_required
def analysis(request: HttpRequest, pk: int) -> HttpResponse:
    row = _one(request, pk)
    if not (isinstance(request.user, User) and request.user.is_staff_member):
        return _customer(request, row)
    return _act(request, row) if request.method == "POST" else _shown(request, row)


def _one(request: HttpRequest, pk: int) -> Analysis:
    assert isinstance(request.user, User)  # login_required
    rows = Analysis.objects.visible_to(request.user).select_related(
        "contract__organisation", "made_by", "sent_by", "acknowledged_by", "commented_by"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("There is no such report."))
    return row


def _shown(request: HttpRequest, row: Analysis, form: WordsForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "row": row,
        "address": reverse("analysis", args=[row.pk]),
        "last": files.standing(row),
        "form": form or (None if row.sent_at else WordsForm.of(row)),
        "file": reverse("analysis_file", args=[row.pk]),
        "may_write": may(actor(request), ANALYSE, TABLE),
        "now": timezone.now(),
    }
    return render(request, "screens/papers/analysis.html", context, status=status)


def _act(request: HttpRequest, row: Analysis) -> HttpResponse:
    pressed, by, now = request.POST.get("act", ""), actor(request), timezone.now()
    try:
        if pressed == "again":
            row = services.begin_analysis(contract=row.contract, begins_on=row.begins_on, ends_on=row.ends_on, by=by)
        elif pressed == "send":
            services.send_analysis(analysis=row, by=by, now=now)
            messages.success(request, _("The report is sent. The customer reads it under Inspections."))
        elif pressed in ("save", "make"):
            form = WordsForm.of(row, request.POST)
            if not (form.is_valid() and _saved(request, row, form)):
                return _shown(request, row, form, status=400)
    except (Illegal, Unavailable) as refusal:
        messages.error(request, refusal.detail)
    return redirect("analysis", row.pk)


def _saved(request: HttpRequest, row: Analysis, form: WordsForm) -> bool:
    language = form.cleaned_data["language"]
    try:
        kept = services.write_analysis(analysis=row, words=form.words, language=language, by=actor(request))
    except Invalid as invalid:
        for name, sentences in invalid.errors.items():
            form.add_error(name, sentences)
        return False
    if request.POST.get("act") == "make":
        services.ask_analysis(analysis=kept, by=actor(request), now=timezone.now())
    else:
        messages.success(request, _("Saved."))
    return True


def _customer(request: HttpRequest, row: Analysis) -> HttpResponse:
    form = CommentForm(request.POST if request.POST.get("act") == "comment" else None)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        said = form.cleaned_data["comment"] if form.is_bound else ""
        try:
            services.answer_analysis(analysis=row, comment=said, by=actor(request), now=timezone.now())
            messages.success(
                request, _("Thank you. We have your comment.") if said else _("Thank you. We have noted it.")
            )
        except Illegal as refusal:
            messages.error(request, refusal.detail)
        return redirect("analysis", row.pk)
    context: dict[str, Any] = {
        "standing": files.standing(row),
        "report": row,
        "file": reverse("analysis_file", args=[row.pk]),
        "back": (reverse("analyses"), _("System analyses")),
        "reference": row.contract.number,
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "screens/papers/read.html", context, status=400 if form.errors else 200)


@require_safe
@never_cache
@login_required
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = _one(request, pk)
    return files.answer(row, files.name_of(row))
