"""The page that asks for a part: what fits the unit is suggested, anything else is searched or described."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid
from spares import services
from spares.forms.asking import AskForm
from spares.policies import TABLE
from spares.reports.catalogue import suggested
from spares.views import person
from tickets.models import Ticket
from tickets.numbers import number_in


@page_for("spare.ask", TABLE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    ticket = _ticket(request, given.get("ticket", ""))
    text = request.GET.get("q", "").strip()[:100]
    parts = suggested(ticket, text)
    form = AskForm(
        request.POST or None,
        parts=parts,
        user=person(request),
        initial={"ticket": ticket.reference if ticket else given.get("ticket", "")[:30], "quantity": 1},
    )
    status, refusal = 200, ""
    if request.method == "POST":
        status = 400
        try:
            if form.is_valid():
                return _asked(request, form)
        except Invalid as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name if name in form.fields else None, sentences)
        except Illegal as illegal:
            status, refusal = 409, illegal.detail
    is_fitting = bool(ticket and ticket.equipment_id) and not text
    found = {"form": form, "ticket": ticket, "text": text, "refusal": refusal, "is_fitting": is_fitting}
    return render(request, "spares/ask.html", found, status=status)


def _asked(request: HttpRequest, form: AskForm) -> HttpResponse:
    data, now = form.cleaned_data, timezone.now()
    ticket: Ticket = data["ticket"]
    made = services.ask(
        ticket=ticket,
        part=form.chosen(),
        wanted=data["wanted"],
        quantity=data["quantity"],
        by=actor(request),
        at=now,
        now=now,
    )
    said = ngettext(
        "Asked for. It has %(n)d card on the board.", "Asked for. It has %(n)d cards on the board.", len(made)
    )
    messages.success(request, said % {"n": len(made)})
    return redirect(ticket.get_absolute_url())


def _ticket(request: HttpRequest, text: str) -> Ticket | None:
    number = number_in(text)
    if number is None:
        return None
    return Ticket.objects.visible_to(person(request)).filter(number=number).select_related("equipment").first()
