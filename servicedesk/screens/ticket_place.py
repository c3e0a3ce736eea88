"""Triage on a page of its own: whose a ticket is, where, on which unit; what follows is shown before it is saved.

Choosing a customer offers his sites, units and levels; without script a button does. One form, one service.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.policies import require
from common.errors import Invalid, Refusal
from servicedesk.screens import chosen_places, conflicts, event_words, ticket_outlook
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.report.places import Where
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_actions import STATUS, attempt, back
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_outlook import Outlook
from servicedesk.screens.ticket_page import Act
from servicedesk.screens.ticket_place_form import PlaceForm
from tickets import lifecycle, services
from tickets.policies import TABLE
from tickets.refusals import SENTENCES


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    require(case.actor, "ticket.place", TABLE)
    given = request.POST if request.method == "POST" else request.GET
    is_sent = request.method == "POST" and "refresh" not in given
    where = _where(case, given)
    outlook = ticket_outlook.of(case, where, given.get("level", ""), given.get("of_scheme", ""))
    initial = {**PlaceForm.initial_for(case.ticket), **given.dict(), "site": where.site, "equipment": where.unit}
    data = {**given.dict(), "level": outlook.level if outlook else ""}
    form = PlaceForm(data if is_sent else None, initial=initial, ticket=case.ticket, where=where)
    form.offer_levels([(level.code, level.name) for level in outlook.levels] if outlook else [])
    act = Act("place", form, _("Change customer or place") if case.ticket.organisation else _("Set customer"))
    if is_sent and form.is_valid():
        return _save(request, case, act, outlook)
    choice = conflicts.Choice.of(request.POST, {name: str(value or "") for name, value in _places(where).items()})
    if choice.clashing:  # it stays while somebody looks at what would follow
        act.conflict = _judge(case, choice.seq, _places(where))
    act.refusal = "" if is_sent else _why_not(case)
    return _page(request, case, act, outlook, status=400 if form.errors else 200)


def _where(case: Case, given: Any) -> Where:
    """As chosen; before anything is, as the ticket has it."""
    if "organisation" in given:
        return chosen_places.of(given)
    ticket = case.ticket
    return Where(ticket.organisation, ticket.site, ticket.equipment)


def _why_not(case: Case) -> str:
    reason = lifecycle.refusal(case.status, "placed")
    return str(SENTENCES[reason]) if reason else ""


def _save(request: HttpRequest, case: Case, act: Act, outlook: Outlook | None) -> HttpResponse:
    chosen = {name: act.form.cleaned_data[name] for name in event_words.PLACES}
    choice = conflicts.Choice.of(request.POST, {name: str(value or "") for name, value in chosen.items()})
    if choice.undecided:
        act.conflict, act.refusal = _judge(case, choice.seq, chosen), _("Choose which value to keep.")
        if act.conflict:
            return _page(request, case, act, outlook, status=409)
        act.refusal = ""
    chosen |= {name: getattr(case.ticket, name) for name in choice.theirs}
    level = "" if "organisation" in choice.theirs else act.form.cleaned_data.get("level", "")

    def write(version: int | None) -> None:
        services.place(ticket=case.ticket, **chosen, level=level, by=case.actor, now=case.now, expected_version=version)

    try:
        act.conflict = attempt(case, act.form, write, lambda case: _judge(case, act.form.cleaned_data["seq"], chosen))
    except Refusal as refusal:
        return _refused(request, case, act, outlook, refusal)
    if act.conflict is None:
        return back(case, _("Customer: %(name)s") % {"name": chosen["organisation"]}, request)
    act.form.data |= {"version": case.ticket.version, "seq": case.ticket.last_seq}
    where = Where(chosen["organisation"], chosen["site"], chosen["equipment"])
    return _page(
        request, case, act, ticket_outlook.of(case, where, level, request.POST.get("of_scheme", "")), status=409
    )


def _judge(case: Case, seq: int | None, chosen: Mapping[str, Any]) -> conflicts.Conflict | None:
    yours = {name: str(value or "") for name, value in chosen.items()}
    return conflicts.of_fields(case, seq, yours, event_words.PLACES)


def _places(where: Where) -> dict[str, Any]:
    return {"organisation": where.organisation, "site": where.site, "equipment": where.unit}


def _refused(request: HttpRequest, case: Case, act: Act, outlook: Outlook | None, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, Invalid):
        for name, sentences in refusal.errors.items():
            for sentence in sentences:
                act.form.add_error(name if name in act.form.fields else None, sentence)
    else:
        act.refusal = refusal.detail
    status = next((code for kind, code in STATUS if isinstance(refusal, kind)), 400)
    return _page(request, case, act, outlook, status=status)


def _page(request: HttpRequest, case: Case, act: Act, outlook: Outlook | None, status: int) -> HttpResponse:
    context = {
        "case": case,
        "ticket": case.ticket,
        "now": case.now,
        "level": case.level,
        "act": act,
        "form": act.form,
        "outlook": outlook,
        "suggested": ticket_outlook.suggested(case.ticket),
        "address": f"{case.ticket.get_absolute_url()}place/",
    }
    return render(request, "screens/ticket_place.html", context, status=status)
