"""The time of a visit, as a sentence for a reply: in the customer's language and the site's time. Records nothing: an
engineer on his way is an event of its own.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from servicedesk import wording
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import MomentField


class VisitForm(forms.Form):
    visit_at = MomentField(label="")

    def __init__(self, data: dict[str, str], *, now: datetime) -> None:
        super().__init__(data)
        self.earliest = now.replace(second=0, microsecond=0)  # people choose minutes
        self.fields["visit_at"].error_messages["required"] = _("Enter the day and time.")

    def clean_visit_at(self) -> datetime:
        at: datetime = self.cleaned_data["visit_at"]
        if at < self.earliest:
            raise forms.ValidationError(_("Enter a time that is still to come."))
        return at

    @property
    def problem(self) -> str:
        return " ".join(str(sentence) for sentences in self.errors.values() for sentence in sentences)


def sentence(case: Case, at: datetime) -> str:
    zone = ZoneInfo(case.site_zone) if case.site_zone else timezone.get_current_timezone()
    with override(_language(case)):
        return wording.visit(at, zone)


def _language(case: Case) -> str:
    """Of who reads it: his own, else the one he read our page or wrote in, if we speak it."""
    ticket = case.ticket
    spoken = (ticket.reporter.language if ticket.reporter else "", ticket.contact_language, ticket.language.lower())
    return next((code for code in spoken if code in dict(settings.LANGUAGES)), settings.LANGUAGE_CODE)


@staff_page
@require_safe
def words(request: StaffRequest, reference: str) -> HttpResponse:
    """For the composer, which puts them in at the caret."""
    case = load(request, reference)
    form = VisitForm(request.GET.dict(), now=case.now)
    if not form.is_valid():
        return HttpResponse(form.problem, status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(sentence(case, form.cleaned_data["visit_at"]), content_type="text/plain; charset=utf-8")
