"""The page on which the customer signs on the engineer's phone, in the language he reads; and the same page as a phone
keeps it for want of signal, which shows what the phone knows.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policies import require
from accounts.views.access import actor
from common import languages
from common.errors import Illegal, Invalid, Stale
from inspections import facts, services
from inspections.checklists import Result
from inspections.forms.signing import VisitSignForm
from inspections.models import Inspection
from inspections.policies import TABLE
from inspections.views import offline
from inspections.views.visit import ahead, of_visit
from inspections.views.visit_cards import Card, Page, clashes_of
from tickets.models import Ticket


@of_visit
def sign(request: HttpRequest, ticket: Ticket, inspection: Inspection | None) -> HttpResponse:
    """Back to the checklist while something is open there, or once it is signed."""
    if inspection is None or inspection.begun_at is None or inspection.signed_at is not None:
        return redirect("visit", ticket.reference)
    require(actor(request), "inspection.work", TABLE)
    with translation.override(_language(request)):
        return _signed(request, inspection) if request.method == "POST" else _shown(request, inspection, None)


@require_safe
@of_visit
def kept(request: HttpRequest, ticket: Ticket, inspection: Inspection | None) -> HttpResponse:
    """For a phone to keep, before anything is answered or even begun. Its script says what was found and whether it can
    be signed.
    """
    row = inspection or Inspection(ticket=ticket)
    if row.signed_at is not None:
        return redirect("visit", ticket.reference)
    require(actor(request), "inspection.work", TABLE)
    with translation.override(_language(request)):
        visit = facts.load(row, translation.get_language() or "") if row.begun_at else ahead(row)
        context = {"is_kept": True, "texts": texts_of(visit), **_context(visit, None)}
        return render(request, "inspections/sign.html", context)


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("lang", "")
    return asked if asked in languages.BCP47 else translation.get_language() or "en"


def _signed(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    form = VisitSignForm(request.POST)
    if not form.is_valid():
        return _shown(request, inspection, form, 400)
    language = translation.get_language() or "en"
    signature = form.signature_in(language)
    try:
        services.finish(
            inspection=inspection,
            signature=signature,
            by=actor(request),
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )
    except Invalid as invalid:
        form.show(invalid)
        return _shown(request, inspection, form, 400)
    except (Illegal, Stale) as refusal:
        messages.error(request, refusal.detail)
        return redirect("visit" if isinstance(refusal, Illegal) else "visit_sign", inspection.ticket.reference)
    messages.success(request, _("The inspection is finished."))
    return redirect("visit", inspection.ticket.reference)


def _shown(request: HttpRequest, inspection: Inspection, form: VisitSignForm | None, status: int = 200) -> HttpResponse:
    visit = facts.load(inspection, translation.get_language() or "")
    try:
        services.check_ready(visit)
    except Illegal as refusal:
        messages.warning(request, refusal.detail)
        return redirect("visit", inspection.ticket.reference)
    seen = services.digest_of(services.shown_of(visit))
    if form is not None:
        form.data = {**form.data.dict(), "seen": seen}  # type: ignore[attr-defined]
    context = {**_context(visit, form, seen), **result_of(visit)}
    return render(request, "inspections/sign.html", context, status=status)


def _context(visit: facts.Visit, form: VisitSignForm | None, seen: str = "") -> dict[str, object]:
    ticket = visit.inspection.ticket
    name, email = customer_of(ticket)
    return {
        "page": Page(visit),
        "ticket": ticket,
        "inspection": visit.inspection,
        "form": form or VisitSignForm(initial={"signer": name, "seen": seen}),
        "signer": name,
        "email": email,
        "report_language": language_name(ticket),
        "languages": settings.LANGUAGES,
        "has_errors": form is not None,
        "script_words": offline.signing_words(),
    }


def texts_of(visit: facts.Visit) -> dict[str, dict[str, str]]:
    """What each check asks, by list and code, and in which language: a phone's own sheets have no number."""
    cards = [Card(check, visit.inspection.ticket) for check in visit.asked]
    return {
        f"{card.check.sheet.version.checklist.code}/{card.item.code}": {"text": card.check.name, "lang": card.lang}
        for card in cards
    }


def result_of(visit: facts.Visit) -> dict[str, object]:
    """What is signed for, as the page shows it; the customer's own page too."""
    return {
        "page": Page(visit),
        "twice": clashes_of(Page(visit)),
        "passed": visit.count(Result.PASSED),
        "failed": visit.count(Result.FAILED),
        "not_applicable": visit.count(Result.NOT_APPLICABLE),
    }


def customer_of(ticket: Ticket) -> tuple[str, str]:
    """Name and address of whom the report goes to; empty where nobody is known."""
    if ticket.reporter is not None and not ticket.reporter.is_staff_member:
        return ticket.reporter.name, ticket.reporter.email
    return ticket.contact_name, ticket.contact_email


def language_name(ticket: Ticket) -> tuple[str, str]:
    """Tag and own name of the language in which the report goes."""
    code = ticket.organisation.language if ticket.organisation else "en"
    return languages.BCP47.get(code, code), dict(settings.LANGUAGES).get(code, code)
