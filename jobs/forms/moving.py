"""The form that moves work to other days."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.editing import DayField


class MoveForm(forms.Form):
    begins_on = DayField(label=_("First day"), error_messages={"required": _("Enter the first day.")})
    last_on = DayField(label=_("Last day"), error_messages={"required": _("Enter the last day.")})
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For us. The customer reads that the work has moved, and its new days."),
        error_messages={"required": _("Say why it moves.")},
    )
