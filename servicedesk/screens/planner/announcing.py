"""Announcing a visit: the message that tells the customer the day, what is done and what to prepare, and asks whether
it suits. Whoever of his people is chosen follows the ticket from then on.
"""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.policies import require
from common.editing import Checks
from common.errors import Invalid, Refusal
from customers.models import Membership
from inspections import clashes, manners
from inspections.models import DEFAULT_MINUTES
from servicedesk import wording
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_actions import back, remembering, status_of
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import LONGEST_BODY, MessageField, VersionedForm
from tickets import appointments, lifecycle, services
from tickets.kinds import Kind
from tickets.policies import TABLE


class AnnounceForm(VersionedForm):
    """`people`: the customer's people at that site; those chosen hear of it by mail and follow the ticket."""

    people: Any = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("Who hears of it"), required=False, widget=Checks
    )
    message = MessageField(
        required=True,
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": gettext_lazy("Write the message.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people  # type: ignore[attr-defined]


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def announce(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    terms = appointments.of(lifecycle.in_force(case.log))
    if case.ticket.kind != Kind.INSPECTION or not terms.is_ahead:
        raise Http404
    require(case.actor, "ticket.reply", TABLE)
    people = people_of(case)
    if request.method != "POST":
        initial = {**AnnounceForm.basis(case.ticket), "message": words(case, terms), "people": list(people)}
        return _page(request, case, terms, AnnounceForm(initial=initial, people=people))
    form = AnnounceForm(request.POST, people=people)
    if not form.is_valid():
        return _page(request, case, terms, form, status=400)
    try:
        with remembering(case):
            _send(case, form, terms)
    except Refusal as refusal:
        if isinstance(refusal, Invalid):
            form.add_error(None, str(refusal))
        return _page(request, case, terms, form, refusal.detail, status_of(refusal))
    return back(case, _("The visit is announced"), request)


def _send(case: Case, form: AnnounceForm, terms: appointments.Terms) -> None:
    for person in form.cleaned_data["people"]:
        services.watch(ticket=case.ticket, user=person, by=case.actor)
    services.record(
        ticket=case.ticket, type="notice_sent", by=case.actor, at=case.now, now=case.now,
        message=form.cleaned_data["message"], fields={"visit_at": terms.planned_at},
    )  # fmt: skip


def people_of(case: Case) -> Any:
    """The customer's people who see this site."""
    place = (case.ticket.organisation_id, case.ticket.site_id)
    return User.objects.filter(pk__in=Membership.objects.people_at([place])[place]).order_by("name")


def words(case: Case, terms: appointments.Terms) -> str:
    """The message to begin with, in the customer's language."""
    ticket, zone = case.ticket, clashes.zone_of(case.ticket)
    assert terms.planned_at is not None
    with translation.override(ticket.organisation.language if ticket.organisation else "en"):
        facts = {
            "moment": wording.full_moment(terms.planned_at, zone),
            "zone": wording.zone_name(terms.planned_at, zone),
            "what": ticket.title,
            "length": wording.duration((terms.minutes or DEFAULT_MINUTES) * 60),
        }
        afar = manners.AFAR.get(manners.of(ticket))
        proposed = str(afar["proposed"]) if afar else _("We would like to come on %(moment)s %(zone)s.")
        get_in = _("Please see to it that we can get in, and that somebody who knows the equipment is there.")
        lines = [
            proposed % facts,
            _("What we do: %(what)s") % facts,
            _("It takes about %(length)s.") % facts,
            str(afar["prepare"]) if afar else get_in,
        ]
        return "\n".join(lines)


def _page(
    request: HttpRequest,
    case: Case,
    terms: appointments.Terms,
    form: AnnounceForm,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "ticket": case.ticket, "case": case, "terms": terms, "form": form, "refusal": refusal, "now": case.now,
        "has_people": form.fields["people"].queryset.exists(),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "screens/planner/announce.html", context, status=status)
