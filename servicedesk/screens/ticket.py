"""The ticket page and its preview in the queue. Reads only; what people do goes through `ticket_actions`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from servicedesk.screens import clock_rows, ticket_case, ticket_page, ticket_panels
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.event_words import LOOKS, line
from servicedesk.screens.ticket_case import Case
from tickets import lifecycle
from tickets.models import Reply

HAPPENING = frozenset(
    {"departed", "arrived", "remote_started", "spare_needed", "spare_dispatched", "waiting", "crisis_opened"}
)


def load(request: HttpRequest, reference: str) -> Case:
    user: Any = request.user
    return Case(ticket_case.find(user, reference), user, timezone.now())


@staff_page
@require_safe
def ticket(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    if reference != case.ticket.reference:
        return redirect(case.ticket)
    act = ticket_page.act_of(case, request.GET.get("act", ""), request.GET)
    return ticket_page.page(request, case, act)


@staff_page
@require_safe
def preview(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    context = {
        "ticket": case.ticket,
        "now": case.now,
        "level": case.level,
        "clock_rows": clock_rows.rows(case.standing, case.now),
        "last": Reply.objects.filter(ticket=case.ticket)
        .select_related("author")
        .order_by("-created_at", "-pk")
        .first(),
        "happening": [
            (event.occurred_at, line(event, case), LOOKS[event.type][0])
            for event in lifecycle.in_force(case.log)
            if event.type in HAPPENING
        ][-3:],
        "escalation": ticket_panels.escalation(case),
        "cover": ticket_panels.cover(case.ticket),
    }
    return render(request, "screens/ticket_preview.html", context)
