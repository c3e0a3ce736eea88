"""The day of a visit on the customer's page: it suits, or up to three others do, with a word of explanation.

He answers about the booking he had before his eyes: its number comes with the press. Decides nothing: services do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.editing import MomentField
from common.errors import Illegal, Invalid, Stale
from common.whole_numbers import COUNT_DIGITS, whole_number
from inspections import manners
from servicedesk import wording
from servicedesk.screens.portal.visits import Visit
from tickets import appointments, services

ACTION = "propose"
DAYS = ("day1", "day2", "day3")


class DaysForm(forms.Form):
    booking = forms.IntegerField(widget=forms.HiddenInput, max_value=2**31 - 1)
    day1 = MomentField(label=gettext_lazy("This would suit us"))
    day2 = MomentField(label=gettext_lazy("Or this"), required=False)
    day3 = MomentField(label=gettext_lazy("Or this"), required=False)
    words = forms.CharField(
        label=gettext_lazy("A word of explanation"),
        required=False,
        max_length=services.LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": gettext_lazy("Shorten the text to %(limit_value)d characters.")},
    )

    def days(self) -> list[datetime]:
        return [day for name in DAYS if (day := self.cleaned_data.get(name))]


@dataclass(frozen=True)
class Question:
    """`offered`: the other days that were proposed and wait for our answer."""

    booking: int
    at: datetime
    is_agreed: bool
    can_answer: bool
    offered: tuple[datetime, ...] = ()
    manner: str = manners.ON_SITE

    @property
    def words(self) -> Mapping[str, str]:
        """`question` and `agreed` of an inspection by phone or remotely; empty for one on site."""
        moment = {"moment": wording.full_moment(self.at, timezone.get_current_timezone())}
        afar = manners.AFAR.get(self.manner, {})
        return {name: str(afar[name]) % moment for name in ("question", "agreed") if name in afar}


def question(terms: appointments.Terms, now: datetime, manner: str = manners.ON_SITE) -> Question | None:
    """None where no visit is ahead, or nobody has been asked about it yet."""
    if terms.planned_at is None or not terms.is_ahead or terms.planned_at <= now or not terms.is_asked:
        return None
    offered = terms.offer.days if terms.offer else ()
    return Question(terms.seq, terms.planned_at, terms.is_agreed, terms.can_be_answered(now), offered, manner)


def suits(request: HttpRequest, visit: Visit) -> HttpResponse:
    booking = whole_number(request.POST.get("booking", ""), digits=COUNT_DIGITS) or 0
    try:
        services.agree_to_visit(ticket=visit.ticket, booking=booking, by=visit.by, now=timezone.now())
    except (Illegal, Stale) as refusal:
        messages.warning(request, refusal.detail)
    else:
        messages.success(request, _("Thank you. The date is agreed."))
    return redirect(visit.address)


def propose(request: HttpRequest, visit: Visit, zone: Any) -> HttpResponse | DaysForm:
    """The form comes back where something is wrong with it; nothing typed is lost. Times are those of the site."""
    with timezone.override(zone if isinstance(zone, ZoneInfo) else str(zone)):
        form = DaysForm(request.POST)
        if not form.is_valid():
            return form
    values = form.cleaned_data
    try:
        services.propose_days(
            ticket=visit.ticket, booking=values["booking"], days=form.days(), words=values["words"], by=visit.by,
            now=timezone.now(),
        )  # fmt: skip
    except Invalid as invalid:
        for name, sentences in invalid.errors.items():
            form.add_error("words" if name == "words" else "day1", sentences[0])
        return form
    except (Illegal, Stale) as refusal:
        messages.warning(request, refusal.detail)
    else:
        messages.success(request, _("Thank you. We look at your dates and come back to you."))
    return redirect(visit.address)
