"""The form of new work."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.editing import DayField
from customers.models import Site
from jobs.kinds import JobKind
from jobs.services import Wanted

KINDS = [choice for choice in JobKind.choices if choice[0] != JobKind.ASSURANCE]


class NewForm(forms.Form):
    """Event assurance is asked for by its period instead. `token`: sent twice, it makes one."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, widget=forms.RadioSelect, initial=JobKind.DELIVERY)
    site = forms.ModelChoiceField(
        Site.objects.none(),
        label=_("Site"),
        empty_label=_("Choose a site"),
        error_messages={"required": _("Choose a site.")},
    )
    name = forms.CharField(
        label=pgettext_lazy("of planned work", "Name"),
        max_length=150,
        help_text=_("Such as “Second storage array”."),
        error_messages={"required": _("Enter a name.")},
    )
    begins_on = DayField(label=_("First day"), error_messages={"required": _("Enter the first day.")})
    last_on = DayField(
        label=_("Last day"),
        help_text=_("Of a delivery the day of acceptance."),
        error_messages={"required": _("Enter the last day.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        rows = Site.objects.filter(is_active=True, organisation__is_active=True)
        site.queryset = rows.select_related("organisation").order_by("organisation__name", "name")
        site.label_from_instance = lambda row: f"{row.organisation.name}, {row.name}"

    def wanted(self) -> Wanted:
        names = ("kind", "name", "site", "begins_on", "last_on", "token")
        return Wanted(**{name: self.cleaned_data[name] for name in names})
