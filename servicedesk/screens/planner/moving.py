"""Moving a visit: one form, from the ticket's page and from the calendar. What speaks against the day is said first.

A warning that was on the page stops nobody who presses again; one that is new is shown before anything is written.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.policies import require
from common.epoch import from_us
from common.errors import Invalid, Refusal, Stale
from common.local_time import first_us
from common.whole_numbers import COUNT_DIGITS, whole_number
from inspections import clashes
from inspections.models import DEFAULT_MINUTES
from servicedesk import wording
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.planner.forms import MoveForm
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_actions import back, remembering, status_of
from servicedesk.screens.ticket_case import Case
from servicedesk.visits import warnings
from tickets import appointments, lifecycle, services
from tickets.kinds import Kind
from tickets.policies import TABLE

MORNING = time(10)


@dataclass
class Moving:
    """What the page shows of one visit."""

    case: Case
    terms: appointments.Terms
    form: MoveForm
    outlook: warnings.Outlook | None = None
    refusal: str = ""


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: StaffRequest, reference: str) -> HttpResponse:
    """GET: `day` is another day at the same time, `offer` and `nth` one of the days the customer proposed."""
    case = load(request, reference)
    if case.ticket.kind != Kind.INSPECTION:
        raise Http404
    require(case.actor, "ticket.work", TABLE)
    with timezone.override(clashes.zone_of(case.ticket)):
        terms = appointments.of(lifecycle.in_force(case.log))
        if request.method != "POST":
            return _page(request, _asked(request, case, terms))
        return _move(request, Moving(case, terms, MoveForm(request.POST)))


def _move(request: HttpRequest, moving: Moving) -> HttpResponse:
    case, form = moving.case, moving.form
    if not form.is_valid():
        return _page(request, moving, 400)
    values = form.cleaned_data
    moving.outlook = _outlook(case, values["planned_at"], values["minutes"])
    if values["planned_at"] <= case.now:
        form.add_error("planned_at", _("This time has passed."))
        return _page(request, moving, 400)
    told = {warning.code for warning in moving.outlook.warnings}
    if told - form.seen_codes():
        form.with_seen(told)
        return _page(request, moving, 409)
    try:
        with remembering(case):
            services.move_visit(
                ticket=case.ticket, planned_at=values["planned_at"], minutes=values["minutes"],
                message=values["message"], note=values["note"], takes=values["takes"] or 0, by=case.actor, now=case.now,
            )  # fmt: skip
    except Refusal as refusal:
        return _refused(request, moving, refusal)
    said = _("The visit is planned for %(moment)s") % {"moment": _moment(case, values["planned_at"])}
    if request.POST.get("from") == "calendar":
        messages.success(request, said)
        return redirect(f"/inspections/calendar/?day={timezone.localdate(values['planned_at']).isoformat()}")
    return back(case, said, request)


def _refused(request: HttpRequest, moving: Moving, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, Invalid):
        for name, sentences in refusal.errors.items():
            for sentence in sentences:
                moving.form.add_error(name if name in moving.form.fields else None, sentence)
    else:
        moving.refusal = refusal.detail
    if isinstance(refusal, Stale):
        moving.case.reread()
        moving.terms = appointments.of(lifecycle.in_force(moving.case.log))
    return _page(request, moving, status_of(refusal))


def _asked(request: HttpRequest, case: Case, terms: appointments.Terms) -> Moving:
    """The form with the day that was asked for; nothing asked: the day that is planned."""
    planned_at, takes = _wanted(request, case, terms)
    minutes = terms.minutes or DEFAULT_MINUTES
    outlook = None
    if planned_at is not None and (takes or planned_at != terms.planned_at or not terms.is_ahead):
        outlook = _outlook(case, planned_at, minutes)
    seen = " ".join(sorted({warning.code for warning in outlook.warnings})) if outlook else ""
    initial = {
        **MoveForm.basis(case.ticket), "planned_at": planned_at, "minutes": minutes, "seen": seen,
        "takes": takes or None,
    }  # fmt: skip
    return Moving(case, terms, MoveForm(initial=initial), outlook)


def _wanted(request: HttpRequest, case: Case, terms: appointments.Terms) -> tuple[datetime | None, int]:
    offer, nth = (whole_number(request.GET.get(name, ""), digits=COUNT_DIGITS) for name in ("offer", "nth"))
    if terms.offer and offer == terms.offer.seq and nth is not None and nth < len(terms.offer.days):
        return terms.offer.days[nth], terms.offer.seq
    zone = clashes.zone_of(case.ticket)
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return terms.planned_at or _next_morning(case), 0
    wall = terms.planned_at.astimezone(zone).time() if terms.planned_at else MORNING
    if not 2000 <= day.year < 2100:
        raise Http404
    return from_us(first_us(datetime.combine(day, wall.replace(tzinfo=None)), zone)), 0


def _next_morning(case: Case) -> datetime:
    zone = clashes.zone_of(case.ticket)
    tomorrow = case.now.astimezone(zone).date() + timedelta(days=1)
    return from_us(first_us(datetime.combine(tomorrow, MORNING), zone))


def _outlook(case: Case, planned_at: datetime, minutes: int) -> warnings.Outlook:
    return warnings.outlook(ticket=case.ticket, log=case.log, planned_at=planned_at, minutes=minutes, now=case.now)


def _moment(case: Case, at: datetime) -> str:
    return wording.moment(at, case.now, clashes.zone_of(case.ticket))


def _page(request: HttpRequest, moving: Moving, status: int = 200) -> HttpResponse:
    case = moving.case
    context: dict[str, Any] = {
        "case": case,
        "ticket": case.ticket,
        "form": moving.form,
        "terms": moving.terms,
        "outlook": moving.outlook,
        "refusal": moving.refusal,
        "now": case.now,
        "zone": clashes.zone_of(case.ticket),
        "verb": _("Move visit") if moving.terms.is_ahead else _("Book visit"),
        "source": request.POST.get("from", request.GET.get("from", "")),
    }
    return render(request, "screens/planner/move.html", context, status=status)
