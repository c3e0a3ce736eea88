"""The form that moves a visit. Times are those of the site; the view sets its zone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.editing import CountField
from servicedesk.screens.ticket_forms import LONGEST_NOTE, MessageField, MomentField, NoteField, VersionedForm
from tickets.services import LONGEST_VISIT


class MoveForm(VersionedForm):
    """`seen`: the codes of the warnings that stood on the page; `takes`: the customer's offer this day is from."""

    planned_at = MomentField(label=_("Day and time at the site"))
    minutes = CountField(label=_("Length in minutes"), min_value=15, max_value=LONGEST_VISIT)
    message = MessageField(
        label=_("Reason: the customer reads it"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    note = NoteField()
    seen = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    takes = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def seen_codes(self) -> set[str]:
        return set(str(self.cleaned_data.get("seen") or "").split())

    def with_seen(self, codes: Any) -> None:
        """Drawn again with what is told now."""
        given: Any = self.data
        again = given.copy()
        again["seen"] = " ".join(sorted(set(codes)))
        self.data = again
