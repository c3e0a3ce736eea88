"""The form of a plan: of one contract, at a site of its customer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from common.editing import CountField, DayField, RecordForm
from customers.models import Contract, Equipment, Site
from inspections.models import DEFAULT_MINUTES, LONGEST_MINUTES, Checklist, ChecklistVersion, Plan
from inspections.services.plans import MOST_DATES, NO_UNIT

PACES = ("vital_every", "important_every", "ordinary_every")


class DatesField(forms.CharField):
    """Days, one a line or with commas between them; becomes a list of dates."""

    widget = forms.Textarea(attrs={"rows": 3, "class": "mono"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(day.isoformat() if isinstance(day, date) else str(day) for day in value)

    def clean(self, value: Any) -> Any:
        words = super().clean(value).replace(",", " ").split()
        try:
            days = sorted({date.fromisoformat(word) for word in words[: MOST_DATES + 1]})
        except ValueError:
            raise forms.ValidationError(_("Enter days such as 2026-11-27, one a line.")) from None
        if any(not 1950 <= day.year < 2100 for day in days):
            raise forms.ValidationError(_("Enter days such as 2026-11-27, one a line."))
        return days


class UnitField(forms.CharField):
    """The serial number of a unit of one organisation; becomes the unit."""

    contract: Contract | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Equipment.objects.filter(pk=value).first()
        return value.serial_number if isinstance(value, Equipment) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        owner = self.contract.organisation if self.contract else None
        unit = Equipment.objects.filter(site__organisation=owner, serial_number__iexact=text).first()
        if unit is None:
            raise forms.ValidationError(_("This customer has no unit with this serial number."))
        return unit


class PaceField(forms.ChoiceField):
    """How often units of one importance are visited. Not said: as it is."""

    kept = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Plan.Paces.choices, required=False, **options)

    def clean(self, value: Any) -> str:
        return str(super().clean(value) or self.kept)


class PlanForm(RecordForm):
    """Working days and dates count only where the rhythm asks for them."""

    titles = (
        (gettext_lazy("What is inspected"), ("site", "unit", "checklist")),
        (gettext_lazy("How often"), ("every", "days", "weekday", "dates", "begins_on", "ends_on")),
        (gettext_lazy("By the importance of the unit"), PACES),
        (gettext_lazy("How"), ("manner", "minutes", "assignee", "is_joint", "maker_contact")),
    )
    unit = UnitField(
        label=gettext_lazy("Serial number"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Empty: the site as a whole."),
    )
    checklist = forms.ModelChoiceField(Checklist.objects.none(), label=gettext_lazy("Checklist"))
    days = CountField(
        label=gettext_lazy("How many"),
        min_value=1,
        max_value=250,
        initial=1,
        help_text=gettext_lazy("Weeks or working days: every so many, or so many before each date."),
    )
    dates = DatesField(
        label=gettext_lazy("Dates"),
        required=False,
        max_length=4000,
        help_text=gettext_lazy("Such as 2026-12-24, one a line: of what is to be prepared, or the end of warranty."),
    )
    vital_every = PaceField(
        label=gettext_lazy("Vital units"),
        help_text=gettext_lazy("These three count only where the importance of the unit says how often."),
    )
    important_every = PaceField(label=gettext_lazy("Important units"))
    ordinary_every = PaceField(label=gettext_lazy("Ordinary units"))
    minutes = CountField(
        label=gettext_lazy("Length of a visit in minutes"),
        min_value=15,
        max_value=LONGEST_MINUTES,
        initial=DEFAULT_MINUTES,
    )
    maker_contact = forms.CharField(
        label=gettext_lazy("Contact at the maker"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Who is asked to come too: name, telephone, e-mail address."),
    )
    begins_on = DayField(label=gettext_lazy("From"), help_text=gettext_lazy("Periods count from this day."))
    ends_on = DayField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("The first day that is not covered any more. Empty: as long as the contract."),
    )
    assignee = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Engineer"), required=False, empty_label=gettext_lazy("nobody yet")
    )

    class Meta:
        model = Plan
        fields = (
            "site", "unit", "checklist", "every", "days", "weekday", "dates", *PACES, "begins_on", "ends_on", "manner",
            "minutes", "assignee", "is_joint", "maker_contact",
        )  # fmt: skip

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["weekday"].choices = [("", gettext_lazy("the day of the first one")), *Plan.Weekdays.choices]
        fields["unit"].contract = contract
        for name in PACES:
            fields[name].kept = fields[name].initial = getattr(self.instance, name)
        covered = contract.sites.all() if contract.sites.exists() else contract.organisation.sites.all()
        fields["site"].queryset = covered | Site.objects.filter(pk=self.instance.site_id)
        fields["site"].queryset = fields["site"].queryset.distinct()
        fields["site"].label_from_instance = lambda site: site.name
        names = dict(ChecklistVersion.objects.current().values_list("checklist_id", "name"))
        usable = Checklist.objects.filter(pk__in=names)
        fields["checklist"].queryset = usable.filter(is_retired=False) | usable.filter(pk=self.instance.checklist_id)
        fields["checklist"].label_from_instance = lambda row: names[row.pk]
        fields["assignee"].queryset = User.objects.filter(is_active=True, role=Role.ENGINEER).order_by("name")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("every") == Plan.Rhythms.IMPORTANCE and not given.get("unit") and "unit" not in self.errors:
            self.add_error("unit", str(NO_UNIT))
        return given


class ContractForm(forms.Form):
    """Which contract a new plan is of."""

    contract = forms.ModelChoiceField(
        Contract.objects.none(),
        label=gettext_lazy("Contract"),
        empty_label=gettext_lazy("Choose a contract"),
        error_messages={"required": gettext_lazy("Choose a contract.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contract"]
        field.queryset = Contract.objects.in_force(today).select_related("organisation").order_by("organisation__name")
        field.label_from_instance = lambda row: f"{row.organisation.name}, {row.number}"
