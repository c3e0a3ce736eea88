"""The forms of important periods, and of what a contract promises a year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.editing import CountField, DayField, RecordForm
from customers.models import Site
from jobs.kinds import JobKind
from jobs.models import Period


class PeriodForm(RecordForm):
    """At a site this person may see."""

    begins_on = DayField(label=_("First day"), error_messages={"required": _("Enter the first day.")})
    last_on = DayField(label=_("Last day"), error_messages={"required": _("Enter the last day.")})
    name = forms.CharField(
        label=pgettext_lazy("of planned work", "Name"),
        max_length=150,
        help_text=_("Such as “Year-end closing”."),
        error_messages={"required": _("Enter a name.")},
    )

    class Meta:
        model = Period
        fields = ("site", "name", "importance", "begins_on", "last_on")
        labels = {"site": _("Site"), "importance": _("Importance")}
        help_texts = {"importance": _("For a very important period two senior engineers stand by.")}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset = Site.objects.visible_to(person).filter(is_active=True).select_related("organisation")
        site.label_from_instance = (
            (lambda row: f"{row.organisation.name}, {row.name}") if person.is_staff_member else (lambda row: row.name)
        )
        site.empty_label = _("Choose a site")
        site.error_messages["required"] = _("Choose a site.")


class AllowanceForm(forms.Form):
    """How many a year, of what can be promised so."""

    assurance = CountField(label=JobKind.ASSURANCE.label, min_value=0, max_value=366)
    training = CountField(label=JobKind.TRAINING.label, min_value=0, max_value=366)
