"""One page for each step of a card: what it is, what must be said, one button. Without script it is all there is.

What a service refuses stands beside its field; a card in the wrong column says what to do instead.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid, Stale
from spares import facts, services
from spares.forms.steps import FORMS, StepForm
from spares.models import PartRequest
from spares.policies import TABLE
from spares.reports.catalogue import suggested
from spares.views import person
from tickets.models import Ticket


def _timed(call: Callable[..., Any]) -> Callable[..., Any]:
    """For the steps that happen at a time: on a page, when the button is pressed."""
    return lambda *, now, **values: call(at=now, now=now, **values)


def _timeless(call: Callable[..., Any]) -> Callable[..., Any]:
    """For those of which no time is kept."""
    return lambda *, now, **values: call(**values)


CALLS: dict[str, Callable[..., Any]] = {
    "name": _timeless(services.name_part),
    "reserve": services.reserve,
    "send": _timed(services.send),
    "hand-over": _timed(services.hand_over),
    "deliver": _timed(services.arrive),
    "use": _timed(services.use),
    "bring-back": _timed(services.bring_back),
    "release": _timeless(services.release),
    "split": _timeless(services.split),
    "cancel": services.cancel,
}


def card_of(request: HttpRequest, pk: int) -> PartRequest:
    """404 for a card whose ticket the person does not see."""
    seen = Ticket.objects.visible_to(person(request))
    found = PartRequest.objects.visible_to(person(request)).filter(pk=pk, ticket__in=seen)
    card = found.select_related("part", "store", "piece", "engineer", "ticket__site", "ticket__organisation").first()
    if card is None:
        raise Http404
    return card


@page_for("spare.see", TABLE)
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    if code not in facts.STEPS:
        raise Http404
    card, now = card_of(request, pk), timezone.now()
    chosen = facts.STEPS[code]
    kind = FORMS.get(code, StepForm)
    if request.method != "POST":
        form = kind(initial=_initial(request, card), card=card)
        return _page(request, card, chosen, form, refusal=_unfitting(card, chosen))
    form = kind(request.POST, card=card)
    if not form.is_valid():
        return _page(request, card, chosen, form, status=400)
    try:
        _take(card, code, form, actor(request), now)
    except Invalid as invalid:
        for name, sentences in invalid.errors.items():
            form.add_error(name if name in form.fields else None, sentences)
        return _page(request, card, chosen, form, status=400)
    except (Illegal, Stale) as refusal:
        card = card_of(request, pk)
        return _page(request, card, chosen, form, refusal=refusal.detail, status=409)
    messages.success(request, said(chosen, card_of(request, pk)))
    return redirect(_way_back(request))


def _take(card: PartRequest, code: str, form: StepForm, by: Actor, now: datetime) -> None:
    CALLS[code](request=card, by=by, now=now, **form.values())


def _initial(request: HttpRequest, card: PartRequest) -> dict[str, Any]:
    """What is known already: what was scanned, who has the ticket, where the part came from."""
    return {
        "seen": card.version,
        "serial_number": request.GET.get("serial", "")[:80],
        "engineer": card.ticket.assignee_id,
        "carrier": card.carrier,
        "tracking": card.tracking,
        "part": card.part.number if card.part else "",
        "store": request.GET.get("store", ""),
        "quantity": 1,
    }


def _unfitting(card: PartRequest, chosen: facts.Step) -> str:
    if card.state in chosen.states:
        return ""
    values = {"part": card, "state": card.get_state_display()}
    return _("%(part)s is “%(state)s”. For this step it is too early or too late.") % values


def _page(
    request: HttpRequest, card: PartRequest, chosen: facts.Step, form: StepForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    by = actor(request)
    offered = services.offered(card, by)
    steps = [one for one in offered if one != chosen]
    fits = chosen in offered
    found = {
        "card": card,
        "step": chosen,
        "form": form,
        "fields": [form[name] for name in form.fields if name != "seen"],
        "refusal": refusal,
        "others": steps,
        "fits": fits,
        "back": _way_back(request),
        "parts": suggested(card.ticket) if "part" in form.fields else (),
    }
    return render(request, "spares/step.html", found, status=status)


def said(chosen: facts.Step, card: PartRequest) -> str:
    values = {"part": card, "state": card.get_state_display(), "ticket": card.ticket.reference}
    return _("%(part)s for %(ticket)s: %(state)s") % values


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted.startswith("/") and is_ours else reverse("spares")
