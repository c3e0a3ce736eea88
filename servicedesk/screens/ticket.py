"""The ticket page. What people do goes through `ticket_actions`; here only the mark of
how far somebody has read is written, and never by a visit alone.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.whole_numbers import COUNT_DIGITS, whole_number
from servicedesk.screens import ticket_case, ticket_page
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket_case import Case
from tickets import services


def load(request: HttpRequest, reference: str) -> Case:
    user: Any = request.user
    return Case(ticket_case.find(user, reference), user, timezone.now())


@staff_page
@require_safe
def ticket(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    if reference != case.ticket.reference:
        return redirect(case.ticket)
    if any(row.leaves_at <= case.now for row in case.waiting):  # nobody else came by in time
        services.release_due(now=case.now, ticket=case.ticket)
        case = load(request, reference)
    act = ticket_page.act_of(case, request.GET.get("act", ""), request.GET)
    return ticket_page.page(request, case, act)


@staff_page
@require_safe
def part(request: StaffRequest, reference: str, part: str) -> HttpResponse:
    """A region of the page anew; its address on the page itself works without script."""
    return ticket_page.part(request, load(request, reference), part)


@staff_page
@require_POST
def read(request: StaffRequest, reference: str) -> HttpResponse:
    """Sent by a page that was before somebody's eyes for a while, with the last entry it shows (none: all of it)."""
    case = load(request, reference)
    seen = whole_number(request.POST.get("seq", ""), digits=COUNT_DIGITS)
    seq = case.ticket.last_seq if seen is None else seen
    services.mark_read(ticket=case.ticket, by=case.actor, seq=seq, now=case.now)
    return HttpResponse(status=204)
