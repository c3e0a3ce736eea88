"""One small form for each step of a card: what a person must say with it. Rules are the services'."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import STAFF, Role
from common.editing import CountField, MomentField
from spares.models import Part, PartRequest, Store

NONE_SUCH = {"invalid_choice": _("Choose one of the list."), "required": _("Choose one of the list.")}


class PartField(forms.CharField):
    """A part by its number; what was typed stays in the field where there is none."""

    def __init__(self, **options: Any) -> None:
        attrs = {"list": "parts-known", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(max_length=60, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return None
        found = Part.objects.in_use().filter(number__iexact=number).first()
        if found is None:
            raise forms.ValidationError(_("There is no part with this number. Search for it by a word of its name."))
        return found


class StepForm(forms.Form):
    """`seen`: the version of the card that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**31 - 1)

    def __init__(self, *args: Any, card: PartRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.card = card
        if "serial_number" in self.fields and not self.needs_serial:
            del self.fields["serial_number"]

    @property
    def needs_serial(self) -> bool:
        part = self.card.part
        return part is not None and part.is_serialised and self.card.piece_id is None

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


def serial_field() -> forms.CharField:
    attrs = {"autocomplete": "off", "spellcheck": "false", "autofocus": True}
    return forms.CharField(
        label=_("Serial number"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=attrs),
        help_text=_("Scan the label of the piece that you take, or type its number."),
    )


class NameForm(StepForm):
    part = PartField(label=_("Part number"), error_messages={"required": _("Enter the number of the part.")})


class ReserveForm(StepForm):
    store = forms.ModelChoiceField(Store.objects.none(), label=_("From"), error_messages=NONE_SUCH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = Store.objects.shelves()  # type: ignore[attr-defined]


class SendForm(StepForm):
    serial_number = serial_field()
    carrier = forms.CharField(label=_("Courier"), required=False, max_length=60)
    tracking = forms.CharField(label=_("Tracking number"), required=False, max_length=80)
    expected_at = MomentField(label=_("Expected there"), required=False, help_text=_("In your time zone."))


class HandOverForm(StepForm):
    serial_number = serial_field()
    engineer = forms.ModelChoiceField(User.objects.none(), label=_("To whom"), error_messages=NONE_SUCH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, role__in=STAFF)
        field: Any = self.fields["engineer"]
        field.queryset = people.filter(role=Role.ENGINEER) | people.filter(pk=self.card.ticket.assignee_id or 0)
        field.label_from_instance = lambda user: user.name or user.email


class DeliverForm(StepForm):
    received_by = forms.CharField(
        label=_("Who received it"),
        max_length=150,
        error_messages={"required": _("Say who received it.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class BringBackForm(StepForm):
    store = forms.ModelChoiceField(Store.objects.none(), label=_("Back to"), error_messages=NONE_SUCH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = Store.objects.shelves()  # type: ignore[attr-defined]


class SplitForm(StepForm):
    quantity = CountField(label=_("How many go first"), min_value=1, max_value=1000)


FORMS: dict[str, type[StepForm]] = {
    "name": NameForm,
    "reserve": ReserveForm,
    "send": SendForm,
    "hand-over": HandOverForm,
    "deliver": DeliverForm,
    "bring-back": BringBackForm,
    "split": SplitForm,
}
