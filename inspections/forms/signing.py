"""The form of a signature: a name, drawn or typed; on the visit also that nobody is there."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from common.errors import Invalid
from inspections.models import SignOff
from inspections.services import Signature
from inspections.services.signing import LONGEST_NAME, LONGEST_REASON


class SignForm(forms.Form):
    signer = forms.CharField(label=gettext_lazy("Name of the person signing"), required=False, max_length=LONGEST_NAME)
    strokes = forms.CharField(required=False, widget=forms.HiddenInput)
    typed = forms.BooleanField(
        label=gettext_lazy("I cannot draw here. Take my typed name as the signature."), required=False
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def signature_in(self, language: str) -> Signature:
        """`act` absent: the button for it was pressed."""
        found = self.cleaned_data
        if self.data.get("act") == "absent":
            return Signature(SignOff.Manner.ABSENT, reason=found.get("reason", ""), language=language)
        drawn = _drawing(found["strokes"])
        manner = SignOff.Manner.TYPED if found["typed"] else SignOff.Manner.DRAWN
        strokes = drawn if manner == SignOff.Manner.DRAWN else ()
        return Signature(manner, found["signer"], strokes, language=language)

    def show(self, invalid: Invalid) -> None:
        """Beside the fields; what is said of the drawing stands above it."""
        for name, sentences in invalid.errors.items():
            self.add_error(name if name in self.fields else None, sentences)


class VisitSignForm(SignForm):
    reason = forms.CharField(
        label=gettext_lazy("Why is nobody here to sign?"), required=False, max_length=LONGEST_REASON
    )


def _drawing(text: str) -> Any:
    """What the script wrote; anything else is no drawing."""
    try:
        return json.loads(text) if text else []
    except (ValueError, RecursionError):
        return []
