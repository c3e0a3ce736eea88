"""The form of the signature under work, as that of a visit; on a device of ours also who was there, the paper that was
signed, and why nobody signs.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from inspections.forms.signing import SignForm
from inspections.services import Signature
from inspections.services.signing import LONGEST_REASON
from jobs.forms.steps import PapersField
from jobs.models import Acceptance
from jobs.services import Word
from jobs.services.signing import LONGEST_PRESENT


class AcceptForm(SignForm):
    """Of the customer in his own account. `seen`: the digest of what stands above."""

    agreed = forms.BooleanField(required=False, error_messages={"required": _("Tick this to sign.")})

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if self.data.get("act") in (None, "sign") and not found.get("agreed"):
            self.add_error("agreed", _("Tick this to sign."))
        return found

    def word_in(self, language: str, papers: Any = ()) -> Word:
        return Word(self.signature_in(language))


class OursForm(AcceptForm):
    """Of the customer on a device of ours."""

    present = forms.CharField(
        label=_("Who was present"), required=False, max_length=LONGEST_PRESENT,
        help_text=_("Needed where the name is typed."),
    )  # fmt: skip
    paper_signer = forms.CharField(label=_("Name on the paper"), required=False, max_length=150)
    papers = PapersField(label=_("Photo or scan of the signed paper"), required=False)
    reason = forms.CharField(label=_("Why is nobody here to sign?"), required=False, max_length=LONGEST_REASON)

    def word_in(self, language: str, papers: Any = ()) -> Word:
        found = self.cleaned_data
        if self.data.get("act") == "paper":
            signature = Signature(Acceptance.Manner.PAPER, found["paper_signer"], language=language)
            return Word(signature, papers=papers)
        return Word(self.signature_in(language), found["present"])

    def show(self, invalid: Any) -> None:
        """What is said of the name stands beside the one of the part that was pressed."""
        errors = dict(invalid.errors)
        if self.data.get("act") == "paper" and "signer" in errors:
            errors["paper_signer"] = errors.pop("signer")
        for name, sentences in errors.items():
            self.add_error(name if name in self.fields else None, sentences)
