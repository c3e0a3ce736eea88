"""Forms of organisations, sites, units and contracts, for administrators. They check shape; services decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms import PersonForm, ZoneField
from common.editing import Checks, CodeField, CountField, DayField, RecordForm
from customers.kinds import Category
from customers.models import Contract, Equipment, Organisation, Product, Site

LONGEST_TABLE = 1_000_000


class ContractForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Categories are those that tickets have: one that no ticket can have would cover nothing."""

    categories = forms.MultipleChoiceField(
        label=_("only these categories"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every category."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = [name for name in self.instance.categories if name not in Category.values]
        choices = [*Category.choices, *((name, name) for name in unknown)]
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]


class OrganisationForm(RecordForm):
    code = CodeField(
        label=_("Code"), max_length=50, help_text=_("Short name in addresses and for programs, such as acme. Keep it.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("Of mails to people without an account.")
    )

    class Meta:
        model = Organisation
        fields = ("name", "code", "language")
        error_messages = {"name": {"required": _("Enter the name of the organisation.")}}


class SiteForm(RecordForm):
    titles = (
        (_("Place"), ("name", "code", "address")),
        (_("Time and calendar"), ("zone", "country")),
        (_("Getting there"), ("travel_minutes", "has_local_loaner", "access_notes")),
    )
    code = CodeField(label=_("Code"), max_length=50, help_text=_("Such as acme-hq. Keep it."))
    zone = ZoneField(empty=("UTC", "UTC"), help_text=_("Working hours count in it."))
    country = forms.CharField(
        label=_("Country"), max_length=2, help_text=_("Two letters, such as CN: its holidays count.")
    )
    address = forms.CharField(
        label=_("Address"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    access_notes = forms.CharField(
        label=_("Access notes"),
        help_text=_("Where to report, permits, badges. The customer sees them and can change them."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    travel_minutes = CountField(label=_("Travel time, minutes"), min_value=0, max_value=10080, initial=60)

    class Meta:
        model = Site
        fields = ("name", "code", "address", "zone", "country", "travel_minutes", "has_local_loaner", "access_notes")
        error_messages = {"name": {"required": _("Enter the name of the site.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].offer(self.instance.zone)  # type: ignore[attr-defined]

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class MemberForm(forms.Form):
    """Somebody who has an account already: by address, for all of a customer or one of its sites."""

    email = forms.EmailField(
        label=_("E-mail address of a customer"),
        max_length=254,
        error_messages={
            "required": _("Enter the e-mail address of the person."),
            "invalid": _("Enter an e-mail address, such as name@example.com."),
        },
    )
    site = forms.ModelChoiceField(
        Site.objects.none(),
        label=_("Sees tickets of"),
        required=False,
        empty_label=_("all sites"),
        error_messages={"invalid_choice": _("Choose a site of this customer.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "member-%s"
        site: Any = self.fields["site"]
        site.queryset = organisation.sites.all()
        site.label_from_instance = lambda place: place.name


class NewMemberForm(PersonForm):
    """A new person of one customer: no role to choose and no team; `site` is no column of a person."""

    titles = (
        (_("Person"), ("name", "email", "site", "phone")),
        (_("Language and time"), ("language", "zone")),
    )
    site = forms.ModelChoiceField(
        Site.objects.none(), label=_("Sees tickets of"), required=False, empty_label=_("all sites")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["role"], self.fields["teams"]
        site: Any = self.fields["site"]
        site.queryset = organisation.sites.all()
        site.label_from_instance = lambda place: place.name


class ProductForm(RecordForm):
    code = CodeField(
        label=_("Code"), max_length=50, help_text=_("Short name for tables and programs, such as router-7. Keep it.")
    )

    class Meta:
        model = Product
        fields = ("name", "code", "family", "maker")
        error_messages = {
            "name": {"required": _("Enter the name of the product.")},
        }
        help_texts = {"family": _("What belongs together in lists, such as network.")}


class EquipmentForm(RecordForm):
    """`new_product` is no column: whoever saves makes the product first."""

    titles = (
        (_("Unit"), ("serial_number", "product", "new_product", "site", "place", "importance")),
        (_("Warranty"), ("delivered_on", "accepted_on", "warranty_from", "warranty_months")),
        (_("State"), ("is_retired",)),
    )
    product = forms.ModelChoiceField(Product.objects.all(), label=_("Product"), required=False)
    new_product = forms.CharField(
        label=_("Or a product that is not in the list"), required=False, max_length=150, help_text=_("Its name.")
    )
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"))
    importance = forms.ChoiceField(
        label=_("Importance"),
        choices=Equipment.Importance.choices,
        initial=Equipment.Importance.ORDINARY,
        required=False,
        help_text=_("What hangs on it: plans of inspections can visit vital units more often."),
    )
    delivered_on = DayField(label=_("Delivered on"), required=False)
    accepted_on = DayField(label=_("Accepted on"), required=False)
    warranty_months = CountField(label=_("Warranty, months"), required=False, min_value=0, max_value=600)

    class Meta:
        model = Equipment
        fields = (
            "serial_number", "product", "site", "place", "importance", "delivered_on", "accepted_on", "warranty_from",
            "warranty_months", "is_retired",
        )  # fmt: skip
        error_messages = {
            "serial_number": {
                "required": _("Enter the serial number."),
                "unique": _("There is a unit with this serial number already."),
            }
        }

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["site"].queryset = organisation.sites.all()
        if self.instance.pk:
            self.fields["is_retired"].help_text = _("Nothing new is reported for it; its tickets stay.")

    def own(self) -> list[str]:
        return [name for name in super().own() if name != "new_product"]

    def clean_importance(self) -> str:
        """Not said: as it is."""
        return str(self.cleaned_data["importance"] or self.initial.get("importance") or Equipment.Importance.ORDINARY)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("product") and not given.get("new_product") and "product" not in self.errors:
            self.add_error("product", _("Choose the product, or enter its name below."))
        return given

    def _post_clean(self) -> None:
        """A product that is still to be made is no error of the unit."""
        super()._post_clean()  # type: ignore[misc]
        if self.cleaned_data.get("new_product") and not self.cleaned_data.get("product"):
            self.errors.pop("product", None)


class SerialsField(forms.CharField):
    """Serial numbers, one a line, of one organisation; becomes its units."""

    organisation: Organisation | None = None
    widget = forms.Textarea(attrs={"rows": 4, "class": "mono"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        pks = [getattr(entry, "pk", entry) for entry in value]
        return "\n".join(Equipment.objects.filter(pk__in=pks).values_list("serial_number", flat=True))

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        wanted = {line.strip() for line in text.replace(",", "\n").splitlines() if line.strip()}
        units = Equipment.objects.filter(site__organisation=self.organisation, serial_number__in=wanted)
        found = list(units.select_related("site"))
        missing = sorted(wanted - {unit.serial_number for unit in found})
        if missing:
            names = {"names": ", ".join(missing[:5])}
            raise forms.ValidationError(_("This customer has no unit with these serial numbers: %(names)s.") % names)
        return found


class AgreementForm(RecordForm):
    """`schemes`: code and words of those in force. Nothing named in the scope: everything is covered."""

    titles = (
        (_("Contract"), ("number", "name", "starts_on", "ends_on")),
        (_("What it promises"), ("scheme_code", "scheme_version")),
        (_("What it covers"), ("sites", "equipment", "categories")),
    )
    scheme_code = forms.ChoiceField(label=_("Service scheme"))
    scheme_version = CountField(
        label=_("Version of the scheme"),
        required=False,
        min_value=1,
        max_value=32767,
        help_text=_("Empty: the version in force when a ticket comes in."),
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day that is not covered any more. Empty: open end.")
    )
    sites = forms.ModelMultipleChoiceField(
        Site.objects.none(), label=_("Only these sites"), required=False, widget=Checks, help_text=_("None: all sites.")
    )
    equipment = SerialsField(
        label=_("Only these units"), required=False, help_text=_("Serial numbers, one a line. None: all units.")
    )
    categories = forms.MultipleChoiceField(
        label=_("Only this kind of work"),
        choices=Category.choices,
        required=False,
        widget=Checks,
        help_text=_("None: every kind."),
    )

    class Meta:
        model = Contract
        fields = (
            "number", "name", "starts_on", "ends_on", "scheme_code", "scheme_version", "sites", "equipment",
            "categories",
        )  # fmt: skip
        error_messages = {
            "number": {
                "required": _("Enter the number of the contract."),
                "unique": _("There is a contract with this number already."),
            }
        }

    def __init__(
        self, *args: Any, organisation: Organisation, schemes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        stored = self.instance.scheme_code
        fields["scheme_code"].choices = [
            *schemes,
            *([(stored, stored)] if stored and stored not in dict(schemes) else []),
        ]
        fields["sites"].queryset = organisation.sites.all()
        fields["equipment"].organisation = organisation
        fields["sites"].label_from_instance = lambda site: site.name

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts is not None and ends is not None and ends <= starts:
            self.add_error("ends_on", _("Enter a day after the first one."))
        return given


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Table (CSV)"), required=False, max_length=200)
    text = forms.CharField(
        label=_("Or paste the table"),
        required=False,
        max_length=LONGEST_TABLE,
        widget=forms.Textarea(attrs={"rows": 8, "class": "mono", "spellcheck": "false"}),
    )

    def table(self) -> str:
        """What was given, as text; raises ValidationError for a file that is none."""
        given = self.cleaned_data.get("file")
        if given is None:
            return str(self.cleaned_data.get("text") or "")
        if given.size > LONGEST_TABLE:
            raise forms.ValidationError(_("The file is too large. Give at most 2000 lines."))
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("Save the file as CSV in UTF-8.")) from None
