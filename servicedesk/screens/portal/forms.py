"""What a customer can send from a case: a message with files, and the answer to "does it work for you?".

Checks the form; the services check the rest.
"""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from customers import services as places
from tickets import services
from tickets.models import Better

LONGEST_TEXT = 20_000
WORKS = [("yes", _("Yes, it works")), ("no", _("No, not yet"))]
SCORES = [("1", _("Very poor")), ("2", _("Poor")), ("3", _("Fair")), ("4", _("Good")), ("5", _("Very good"))]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class LooseFilesField(forms.FileField):
    """Takes them as they come: what is wrong with one must not cost the others. The view keeps each on its own."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[bytes]]":
        given = data if isinstance(data, list | tuple) else [data]
        return [file for file in given if isinstance(file, UploadedFile)]


class MessageForm(forms.Form):
    body = forms.CharField(
        label=_("Write a message"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    uploads = LooseFilesField(label=_("Photos or files"), required=False)
    nonce = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_files: bool = False, **kwargs: Any) -> None:
        """`has_files`: some are kept already, so that no text is needed."""
        super().__init__(*args, **kwargs)
        self.has_files = has_files

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_empty = not cleaned.get("body", "").strip() and not cleaned.get("uploads") and not self.has_files
        if is_empty and not self.errors:
            self.add_error("body", _("Write a message, or choose a file."))
        return cleaned


class AccessForm(forms.Form):
    """`seen`: the notes as they stood on the page, so that what somebody else wrote meanwhile is not lost.

    `is_begun`: something is typed already.
    """

    is_begun = False

    notes = forms.CharField(
        label=_("How do we get in?"),
        help_text=_("Permit, sign-in point, times when the room is closed"),
        required=False,
        max_length=places.LONGEST_NOTES,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Shorten the text to %(limit_value)d characters.")},
    )
    seen = forms.CharField(required=False, strip=False, max_length=4 * places.LONGEST_NOTES, widget=forms.HiddenInput)


class SurveyForm(forms.Form):
    """Only the first question must be answered."""

    works = forms.ChoiceField(
        label=_("Does it work for you?"),
        choices=WORKS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it works for you.")},
    )
    score = forms.TypedChoiceField(
        label=_("How was our service this time?"),
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
    )
    better = forms.MultipleChoiceField(label=_("What should we do better?"), choices=Better.choices, required=False)
    comment = forms.CharField(
        label=_("In your own words"),
        max_length=services.LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Shorten the text to %(limit_value)d characters.")},
    )
