"""What stands in a paper in plain words, and the customer's word on it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.editing import DayField
from customers.models import Contract
from inspections.models import Edition
from inspections.services import LONGEST_COMMENT, PAPER_WORDS


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsForm(forms.Form):
    """Of an edition in hand. What is typed into a field that is left out of the form changes nothing."""

    summary = forms.CharField(
        label=_("Summary, in plain words"),
        required=False,
        widget=_area(6),
        help_text=_("What the customer must know first. The counts of the checks stand above it by themselves."),
    )
    upgrade = forms.CharField(label=_("Advice: upgrade"), required=False, widget=_area(3))
    replace = forms.CharField(label=_("Advice: replace"), required=False, widget=_area(3))
    train = forms.CharField(label=_("Advice: train"), required=False, widget=_area(3))
    language = forms.ChoiceField(label=_("Language of the report"), choices=settings.LANGUAGES)

    @classmethod
    def of(cls, row: Edition, data: Any = None) -> "WordsForm":
        return cls(data, initial={name: getattr(row, name) for name in (*PAPER_WORDS, "language")})

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in PAPER_WORDS}


class CommentForm(forms.Form):
    comment = forms.CharField(
        label=_("Your comment"), max_length=LONGEST_COMMENT, widget=_area(4), required=True,
        error_messages={"required": _("Write what you want to tell us about the report.")},
    )  # fmt: skip


class SendForm(forms.Form):
    """To whom besides the customer's people."""

    address = forms.EmailField(
        label=_("Also to this address"),
        required=False,
        help_text=_("Of somebody without an account: he reads it, and answers, by a link that opens nothing else."),
        error_messages={"invalid": _("Enter an e-mail address like name@example.com.")},
    )


class OfContract(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organisation}, {obj.name or obj.number}"


class PeriodForm(forms.Form):
    """Which contract, which days: the last one inclusive."""

    contract = OfContract(
        Contract.objects.select_related("organisation").order_by("organisation__name", "number"),
        label=_("Contract"), to_field_name="number", empty_label=_("Choose a contract"),
        error_messages={"required": _("Choose a contract."), "invalid_choice": _("Choose a contract of the list.")},
    )  # fmt: skip
    begins_on = DayField(
        label=_("From"),
        error_messages={"required": _("Enter the first day.")},
        help_text=_("Where the contract began or ended within the period, the report tells of the part it covers."),
    )
    ends_on = DayField(label=_("To, inclusive"), error_messages={"required": _("Enter the last day.")})
