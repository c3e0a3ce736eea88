"""A ticket beside the queue: clocks, last message, equipment, what happens now. Looking at it is no reading."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.policies import may
from servicedesk import wording
from servicedesk.screens import clock_rows, ticket_panels, ticket_text
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.event_words import LOOKS, line
from servicedesk.screens.ticket import load
from tickets import lifecycle
from tickets.models import Reply
from tickets.policies import TABLE

HAPPENING = frozenset(
    {"departed", "arrived", "remote_started", "spare_needed", "spare_dispatched", "waiting", "crisis_opened"}
)


@staff_page
@require_safe
def preview(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    escalation = ticket_panels.escalation(case)
    unit = case.ticket.equipment
    last = Reply.objects.filter(ticket=case.ticket).select_related("author").order_by("-created_at", "-pk").first()
    context: dict[str, Any] = {
        "ticket": case.ticket,
        "now": case.now,
        "level": case.level,
        "can_reply": not case.status.is_over and may(case.actor, "ticket.reply", TABLE),
        "clock_rows": clock_rows.rows(case.standing, case.now),
        "last": last,
        "last_words": _own_words(last.body) if last else "",
        "happening": [
            (event.occurred_at, line(event, case), LOOKS[event.type][0])
            for event in lifecycle.in_force(case.log)
            if event.type in HAPPENING
        ][-3:],
        "escalation": escalation,
        "escalated": escalation.latest,
        "warranty_is_on": ticket_panels.warranty_is_on(case.ticket, case.now),
        "warranty_day": wording.date_of(unit.warranty_ends_on) if unit and unit.warranty_ends_on else "",
        "scheme": case.standing.scheme.name if case.standing.scheme else "",
        "cover": ticket_panels.cover(case.ticket),
    }
    return render(request, "screens/queue/preview.html", context)


def _own_words(body: str) -> str:
    """Without what is repeated from an earlier message, unless there is nothing else."""
    return "\n\n".join(part.text for part in ticket_text.parts(body) if not part.is_quote) or body
