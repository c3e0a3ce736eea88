"""Analyses of a contract's system over a period: staff make and send them, their customer reads what was sent."""

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
from notifications import services as notifications
from servicedesk.papers import files
from servicedesk.screens.papers import analysis_reading
from servicedesk.screens.papers.forms import PeriodForm, SendForm, WordsForm
from servicedesk.screens.papers.telling import say_who_is_told

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
            row = services.begin_analysis(**form.cleaned_data, by=actor(request), today=timezone.localdate())
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
        return analysis_reading.signed_in(request, row)
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


def _shown(
    request: HttpRequest,
    row: Analysis,
    form: WordsForm | None = None,
    sending: SendForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_sent = row.sent_at is not None
    context = {
        "row": row,
        "address": reverse("analysis", args=[row.pk]),
        "last": files.standing(row),
        "form": form or (None if is_sent else WordsForm.of(row)),
        "sending": sending or SendForm(),
        "readers": [] if is_sent else notifications.who_reads(analysis=row),
        "told": notifications.analysis_told(analysis=row) if is_sent else [],
        "file": reverse("analysis_file", args=[row.pk]),
        "may_write": may(actor(request), ANALYSE, TABLE),
        "now": timezone.now(),
    }
    return render(request, "screens/papers/analysis.html", context, status=status)


def _act(request: HttpRequest, row: Analysis) -> HttpResponse:
    pressed, by = request.POST.get("act", ""), actor(request)
    try:
        if pressed == "again":
            row = services.begin_analysis(contract=row.contract, begins_on=row.begins_on, ends_on=row.ends_on, by=by)
        elif pressed == "send":
            sending = SendForm(request.POST)
            if not sending.is_valid():
                return _shown(request, row, sending=sending, status=400)
            _send(request, row, sending)
        elif pressed in ("save", "make"):
            form = WordsForm.of(row, request.POST)
            if not (form.is_valid() and _saved(request, row, form)):
                return _shown(request, row, form, status=400)
    except (Illegal, Unavailable) as refusal:
        messages.error(request, refusal.detail)
    return redirect("analysis", row.pk)


def _send(request: HttpRequest, row: Analysis, form: SendForm) -> None:
    """Without anybody who hears of it the analysis is sent, and still in nobody's hands."""
    address = form.cleaned_data["address"]
    services.send_analysis(analysis=row, by=actor(request), now=timezone.now(), address=address)
    say_who_is_told(request, notifications.analysis_told(analysis=row))


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


@require_safe
@never_cache
@login_required
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    row = _one(request, pk)
    return files.answer(row, files.name_of(row))
