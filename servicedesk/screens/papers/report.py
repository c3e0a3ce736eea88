"""The report of a visit for staff: its words, its state, and sending it. Its file, for whoever may read it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.policies import may
from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid, NotVisible, Unavailable
from inspections import facts, services
from inspections.models import Answer, Inspection, Report
from inspections.policies import TABLE
from inspections.views.visit_cards import Clash, Page, clashes_of
from notifications import services as notifications
from servicedesk.papers import files, photos
from servicedesk.screens.papers.forms import WordsForm
from servicedesk.screens.papers.telling import say_who_is_told
from tickets.api import numbers
from tickets.models import Ticket

REPORT = "inspection.report"
SEE = "inspection.see_visits"
SENT = ("report_sent", "report_renewed")


@page_for(SEE, TABLE)
def staff(request: HttpRequest, reference: str) -> HttpResponse:
    """The edition in hand, or the last one; the words, the preview, and what may be done next."""
    row = _inspection(request, reference)
    if request.method == "POST":
        return _act(request, row)
    return _shown(request, row)


def _inspection(request: HttpRequest, reference: str) -> Inspection:
    """Signed; raises NotVisible else."""
    assert isinstance(request.user, User)  # page_for
    number = numbers.parse(reference)
    rows = Ticket.objects.visible_to(request.user).with_people_and_places()
    ticket = rows.filter(number=number).first() if number is not None else None
    row = facts.of_ticket(ticket) if ticket is not None else None
    if row is None or row.signed_at is None:
        raise NotVisible(_("There is no such report."))
    return row


def _shown(request: HttpRequest, row: Inspection, form: WordsForm | None = None, status: int = 200) -> HttpResponse:
    editions = list(row.reports.select_related("made_by", "sent_by", "acknowledged_by", "commented_by"))
    last = editions[0] if editions else None
    context = {
        "inspection": row,
        "ticket": row.ticket,
        "address": reverse("report_page", args=[row.ticket.reference]),
        "editions": [files.standing(one) for one in editions],
        "last": files.standing(last) if last else None,
        "document": _document(row, last) if last else None,
        "form": _with_parts(form or (WordsForm.of(last) if last and last.sent_at is None else None), row),
        "may_write": may(actor(request), REPORT, TABLE),
        "clashes": _clashes(row),
        "may_settle": may(actor(request), "inspection.settle", TABLE),
        "now": timezone.now(),
    }
    return render(request, "screens/papers/report.html", context, status=status)


def _document(row: Inspection, report: Report) -> dict[str, Any]:
    return photos.document_of(report, lambda photo: reverse("visit_photo", args=[row.ticket.reference, photo]))


def _clashes(row: Inspection) -> list[Clash]:
    """What two phones answered differently, and nobody has settled; the whole visit is read only where there is any."""
    if not Answer.objects.filter(sheet__inspection=row, other__isnull=False).exists():
        return []
    return clashes_of(Page(facts.load(row, get_language() or "")))


def _with_parts(form: WordsForm | None, row: Inspection) -> WordsForm | None:
    """What the engineer asked for is for the store; whether it is advice, whoever writes the report says."""
    if form is not None and row.parts_wanted:
        form.fields["replace"].help_text = _("Parts wanted on the visit: %(parts)s") % {"parts": row.parts_wanted}
    return form


def _act(request: HttpRequest, row: Inspection) -> HttpResponse:
    pressed = request.POST.get("act", "")
    here = redirect("report_page", row.ticket.reference)
    try:
        if pressed == "send":
            _send(request, row)
            return here
        if pressed not in ("again", "save", "make"):
            return here
        report = services.begin_report(inspection=row, by=actor(request))
        if pressed != "again":
            form = WordsForm.of(report, request.POST)
            if not form.is_valid():
                return _shown(request, row, form, status=400)
            return _save(request, row, report, form, pressed)
    except (Illegal, Unavailable) as refusal:
        messages.error(request, refusal.detail)
    return here


def _send(request: HttpRequest, row: Inspection) -> None:
    """The edition in hand; a second press finds it sent and begins no other."""
    report = row.reports.first()
    if report is not None and report.sent_at is None:
        services.send_report(report=report, by=actor(request), now=timezone.now())
        _say_who_is_told(request, row)


def _say_who_is_told(request: HttpRequest, row: Inspection) -> None:
    event = row.ticket.events.filter(type__in=SENT).order_by("seq").last()
    assert event is not None  # it was just written
    say_who_is_told(request, notifications.customers_told(event=event, now=timezone.now()))


def _save(request: HttpRequest, row: Inspection, report: Report, form: WordsForm, pressed: str) -> HttpResponse:
    language = form.cleaned_data["language"]
    try:
        report = services.write_report(report=report, words=form.words, language=language, by=actor(request))
    except Invalid as invalid:
        for name, sentences in invalid.errors.items():
            form.add_error(name, sentences)
        return _shown(request, row, form, status=400)
    if pressed == "make":
        services.ask_report(report=report, by=actor(request), now=timezone.now())
    else:
        messages.success(request, _("Saved."))
    return redirect("report_page", row.ticket.reference)


@require_safe
@never_cache
@login_required
def file(request: HttpRequest, reference: str, edition: int) -> HttpResponseBase:
    """The PDF of an edition: staff every one, the customer what was sent to him."""
    assert isinstance(request.user, User)  # login_required
    ticket = numbers.parse(reference)
    if ticket is None:
        raise NotVisible(_("There is no such report."))
    rows = Report.objects.visible_to(request.user).filter(inspection__ticket__number=ticket, number=edition)
    return files.answer(rows.first(), f"SD-{ticket}-report-{edition}.pdf")
