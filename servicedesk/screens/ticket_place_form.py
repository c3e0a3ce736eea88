"""The form of triage: customer, site, unit and, where another scheme follows, the level. Checks shape only."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Equipment, Organisation, Site
from servicedesk.screens.report.places import Where
from servicedesk.screens.ticket_forms import VersionedForm
from tickets.models import Ticket


class PlaceForm(VersionedForm):
    """Offers what the chosen customer has; a retired unit only where it is the ticket's already."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(),
        label=_("Customer"),
        empty_label=_("not known yet"),
        error_messages={"required": _("Choose the customer.")},
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False, empty_label=_("not named"))
    equipment = forms.ModelChoiceField(
        Equipment.objects.none(), label=_("Equipment"), required=False, empty_label=_("not named")
    )
    level = forms.ChoiceField(
        label=_("How much still works?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the level under the new promises.")},
    )

    def __init__(self, *args: Any, ticket: Ticket, where: Where, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pick: dict[str, Any] = self.fields
        if where.organisation is None:
            return
        units = Equipment.objects.filter(site__organisation=where.organisation)
        units = units.filter(Q(is_retired=False) | Q(pk=ticket.equipment_id)).select_related("product")
        pick["site"].queryset = Site.objects.filter(organisation=where.organisation)
        pick["equipment"].queryset = units.filter(site=where.site) if where.site else units

    @classmethod
    def initial_for(cls, ticket: Ticket) -> dict[str, Any]:
        return {
            **cls.basis(ticket),
            "organisation": ticket.organisation_id,
            "site": ticket.site_id,
            "equipment": ticket.equipment_id,
        }

    def offer_levels(self, choices: list[tuple[str, str]]) -> None:
        """Another scheme has other levels: somebody has to choose, or the mildest would count."""
        if not choices:
            del self.fields["level"]
            return
        field: Any = self.fields["level"]
        field.choices, field.required = choices, True
