"""The agents' form for work that comes in by phone, mail or mouth: everything an intake can hold.

Checks shape and that the parts fit together; coverage, scheme and clocks are worked out by the service.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from customers.models import Equipment, Organisation, Site
from servicedesk.screens.ticket_forms import LONGEST_BODY, MOMENT_FORMAT, MomentField
from tickets import services
from tickets.kinds import REPORTED_CHOICES, Category, Channel, Kind

CHANNELS = [choice for choice in Channel.choices if choice[0] not in (Channel.API, Channel.PORTAL)]
NONE: Sequence[Any] = ()


class NewTicketForm(forms.Form):
    """`site` and `equipment` offer what the chosen customer has; `levels` comes from what covers the place."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    shown_at = forms.CharField(widget=forms.HiddenInput, required=False)
    serial = forms.CharField(
        label=_("Serial number"), required=False, max_length=80, help_text=_("Fills in customer, site and equipment.")
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(is_active=True), label=_("Customer"), required=False, empty_label=_("not known yet")
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False, empty_label=_("not named"))
    equipment = forms.ModelChoiceField(
        Equipment.objects.none(), label=_("Equipment"), required=False, empty_label=_("not named")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=REPORTED_CHOICES)
    title = forms.CharField(
        label=_("Subject"), max_length=200, error_messages={"required": _("Say in one line what is wrong.")}
    )
    description = forms.CharField(
        label=_("Description"), required=False, max_length=LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 5})
    )
    level = forms.ChoiceField(label=_("How much still works?"), required=False, widget=forms.RadioSelect)
    category = forms.ChoiceField(label=_("Category"), choices=[("", "–"), *Category.choices], required=False)
    channel = forms.ChoiceField(label=_("Way in"), choices=CHANNELS)
    received_at = MomentField(
        label=_("Reported at"), required=False, help_text=_("The clocks count from this moment. Your time zone.")
    )
    reporter = forms.ModelChoiceField(
        User.objects.none(), label=_("Reported by"), required=False, empty_label=_("somebody else, see below")
    )
    contact_name = forms.CharField(label=_("Contact"), required=False, max_length=150)
    contact_email = forms.EmailField(label=_("E-mail address"), required=False)
    contact_phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    contact_organisation = forms.CharField(
        label=_("Organisation as they say it"),
        required=False,
        max_length=150,
        help_text=_("Only if it is not in the list."),
    )
    assignee = forms.ModelChoiceField(
        User.objects.none(), label=_("Owner"), required=False, empty_label=_("nobody yet")
    )
    team = forms.ModelChoiceField(Team.objects.all(), label=_("Team"), required=False, empty_label=_("none"))

    def __init__(self, *args: Any, organisation: Organisation | None, site: Site | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pick: dict[str, Any] = self.fields
        pick["assignee"].queryset = User.objects.staff()
        if organisation is not None:
            units = Equipment.objects.filter(site__organisation=organisation, is_retired=False)
            pick["site"].queryset = Site.objects.filter(organisation=organisation, is_active=True)
            pick["equipment"].queryset = (units.filter(site=site) if site else units).select_related("product")
            pick["reporter"].queryset = User.objects.filter(memberships__organisation=organisation).distinct()

    def offer_levels(self, choices: list[tuple[str, str]]) -> None:
        self.fields["level"].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def fresh(now: datetime) -> dict[str, Any]:
        shown = timezone.localtime(now).strftime(MOMENT_FORMAT)
        return {
            "form_token": uuid.uuid4(), "channel": Channel.PHONE, "kind": Kind.FAULT,
            "received_at": shown, "shown_at": shown,
        }  # fmt: skip

    def moment(self, now: datetime) -> datetime:
        """Untouched or empty means now."""
        at: datetime | None = self.cleaned_data.get("received_at")
        return now if at is None or self.data.get("received_at") == self.data.get("shown_at") else at

    def intake(self) -> services.Intake:
        data = self.cleaned_data
        same = ("title", "kind", "description", "organisation", "site", "equipment", "level", "category", "channel")
        contact = services.Contact(
            name=data["contact_name"], email=data["contact_email"], phone=data["contact_phone"],
            organisation=data["contact_organisation"],
        )  # fmt: skip
        people = {name: data[name] for name in ("reporter", "assignee", "team", "form_token")}
        return services.Intake(**{name: data[name] for name in same}, **people, contact=contact)
