"""The form that asks for a part: of the catalogue, or in words where nobody knows its number."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.editing import CountField
from spares.models import Part
from spares.services.asking import LONGEST_WORDS, MOST
from tickets.models import Ticket
from tickets.numbers import number_in


class AskForm(forms.Form):
    ticket = forms.CharField(
        label=_("Ticket number"),
        max_length=30,
        error_messages={"required": _("Enter the number of the ticket.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    part = forms.TypedChoiceField(
        label=_("Part"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )
    quantity = CountField(label=_("How many"), min_value=1, max_value=MOST, initial=1)
    wanted = forms.CharField(
        label=_("In words, if it is none of these"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=_("Only staff read this."),
    )

    def __init__(self, *args: Any, parts: Sequence[Part], user: User, **kwargs: Any) -> None:
        """`parts`: what is suggested; a part of an earlier search stays valid."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.parts = list(parts)
        sent = self.data.get("part", "")
        if sent.isdecimal() and len(sent) < 10 and int(sent) not in {part.pk for part in self.parts}:
            self.parts = [*Part.objects.in_use().filter(pk=int(sent)), *self.parts]
        none = [("", gettext("None of these"))]
        self.fields["part"].choices = [*((part.pk, str(part)) for part in self.parts), *none]  # type: ignore[attr-defined]

    def clean_ticket(self) -> Ticket:
        number = number_in(self.cleaned_data["ticket"])
        found = Ticket.objects.visible_to(self.user).filter(number=number).first() if number is not None else None
        if found is None:
            raise forms.ValidationError(gettext("There is no ticket with this number."))
        return found

    def chosen(self) -> Part | None:
        wanted = self.cleaned_data.get("part")
        return next((part for part in self.parts if part.pk == wanted), None)
