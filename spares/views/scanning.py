"""What a scan leads to: the next step of the one card it means, a choice where it means several, never a dead end."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.policies import may
from accounts.views.access import actor, page_for
from spares import facts, services
from spares.models import PartRequest
from spares.policies import TABLE
from spares.reports import scanning
from spares.services import ledger
from spares.views import person

LONGEST = 80


@dataclass(frozen=True)
class Choice:
    card: PartRequest
    step: facts.Step | None
    address: str


@page_for("spare.see", TABLE)
@require_safe
def scan(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("code", "").strip()[:LONGEST]
    if not code:
        return render(request, "spares/scan.html", {"code": ""})
    found = scanning.look_up(code, person(request))
    choices = [_choice(card, found, actor(request)) for card in found.cards]
    if len(choices) == 1 and choices[0].step is not None:
        return redirect(choices[0].address)
    shown = {
        "code": code,
        "found": found,
        "choices": choices,
        "where": _where(found),
        "may_ask": may(actor(request), "spare.ask", TABLE),
    }
    return render(request, "spares/scan.html", shown)


def _choice(card: PartRequest, found: scanning.Found, by: Actor) -> Choice:
    """The card's next step; the serial number that was scanned goes with it."""
    step = facts.next_step(card)
    step = step if step in services.offered(card, by) else None
    query = {"serial": found.piece.serial_number} if found.piece else {}
    address = reverse("spares_step", args=[card.pk, step.code]) if step else card.ticket.get_absolute_url()
    return Choice(card, step, f"{address}?{urlencode(query)}" if query and step else address)


def _where(found: scanning.Found) -> str:
    """Of a piece: where it lies and what is missing to send it."""
    if found.piece is None:
        return ""
    said = ledger.elsewhere(found.piece)
    if found.cards:
        return said
    return " ".join([said, _("No open request asks for this part.")])
