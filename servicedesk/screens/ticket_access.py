"""How people get in at the site of a ticket: read by whoever goes there, written by the desk, an engineer, a customer.

The customer has a form of his own on the page of his case (`portal.access`), as pages of customers share nothing with
these; both end in one service.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.policies import require
from common.errors import Illegal, Invalid, Stale
from customers import services as places
from customers.policies import TABLE
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_actions import back
from servicedesk.screens.ticket_case import Case
from tickets import services


class AccessForm(forms.Form):
    """`seen`: the notes as they stood on the page, so that what somebody else wrote meanwhile is not lost."""

    access_notes = forms.CharField(
        label=gettext_lazy("Access notes"),
        help_text=gettext_lazy("Permit, sign-in point, times when the room is closed. The customer reads them too."),
        required=False,
        max_length=places.LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": gettext_lazy("Shorten the text to %(limit_value)d characters.")},
    )
    seen = forms.CharField(required=False, strip=False, max_length=4 * places.LONGEST_NOTES, widget=forms.HiddenInput)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def access(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    require(case.actor, "customer.write_access_notes", TABLE)
    notes = services.access_of(case.ticket)
    if request.method != "POST":
        return _page(request, case, AccessForm(initial={"access_notes": notes, "seen": notes}))
    form = AccessForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form, status=400)
    try:
        services.change_access(
            ticket=case.ticket, notes=form.cleaned_data["access_notes"], by=case.actor, now=case.now,
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except Stale as stale:
        return _page(request, case, _with_theirs(form, str(stale.changed["access_notes"][0])), status=409)
    except Invalid as invalid:
        form.add_error("access_notes", invalid.errors.get("access_notes", [str(invalid)]))
        return _page(request, case, form, status=400)
    except Illegal as refusal:
        messages.warning(request, refusal.detail)
        return _page(request, case, form, status=409)
    return back(case, _("The access notes are saved."), request, "#cover")


def _with_theirs(form: AccessForm, theirs: str) -> AccessForm:
    """Shows what stands there now; sent once more, the own text is written over it."""
    again = AccessForm({"access_notes": form.data.get("access_notes", ""), "seen": theirs})
    sentence = _("Somebody else changed the notes meanwhile: “%(notes)s”") % {"notes": theirs}
    again.add_error("access_notes", sentence)
    return again


def _page(request: HttpRequest, case: Case, form: AccessForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"ticket": case.ticket, "form": form, "now": case.now}
    return render(request, "screens/ticket_access.html", context, status=status)
