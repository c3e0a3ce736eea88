"""New ticket, for agents. Choosing a customer offers his sites, units and levels; sent twice, it makes one ticket."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Invalid
from servicedesk.screens import chosen_places, serial_search
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.new_ticket_form import NewTicketForm
from servicedesk.screens.report import promises
from tickets import services
from tickets.policies import TABLE

BESIDE = {"at": "received_at", "scheme": "organisation"}


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def new_ticket(request: StaffRequest) -> HttpResponse:
    by = Actor(user=request.user)
    require(by, "ticket.report_for_others", TABLE)
    now = timezone.now()
    given, found = serial_search.fill(request.POST if request.method == "POST" else request.GET)
    where = chosen_places.of(given)
    is_sent = request.method == "POST" and "refresh" not in given
    initial = {**NewTicketForm.fresh(now), **given.dict(), "site": where.site, "equipment": where.unit}
    form = NewTicketForm(given if is_sent else None, initial=initial, organisation=where.organisation, site=where.site)
    facts = {name: str(form[name].value() or "") for name in ("kind", "channel", "category")}
    offer = promises.offer(where, request.user, now, **facts)
    form.offer_levels([(level.code, level.name) for level in offer.levels])
    if is_sent and found.problem:
        form.add_error("serial", found.problem)
    if is_sent and form.is_valid():
        try:
            ticket = services.report(intake=form.intake(), by=by, at=form.moment(now), now=now)
        except Invalid as refusal:
            _beside(form, refusal)
        else:
            messages.success(request, _("Ticket %(number)s is made") % {"number": ticket.reference})
            return redirect(ticket)
    context = {"form": form, "offer": offer, "now": now, "chosen_level": form["level"].value() or "", "found": found}
    return render(request, "screens/new_ticket.html", context, status=400 if form.errors else 200)


def _beside(form: NewTicketForm, refusal: Invalid) -> None:
    for name, sentences in refusal.errors.items():
        field = BESIDE.get(name, name)
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)
