"""The form of a list's words in one language: one field for each text, named by its place."""

from collections.abc import Mapping
from typing import Any

from django import forms

from inspections.checklists.reading import LONGEST_NAME, LONGEST_TEXT

LONG = (".text", ".hint", ".picture_text")
LINE = 34  # letters of a line beside the original


class WordsForm(forms.Form):
    """`texts`: place -> what the list says there; what is left empty is shown so."""

    def __init__(self, *args: Any, texts: Mapping[str, str], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, text in texts.items():
            longest = LONGEST_TEXT if place.endswith(LONG) else LONGEST_NAME
            rows = min(6, 1 + len(text) // LINE)
            widget = forms.Textarea(attrs={"class": "input", "rows": rows, "lang": language, "autocomplete": "off"})
            self.fields[place] = forms.CharField(label=text, max_length=longest, required=False, widget=widget)

    def clean(self) -> dict[str, Any]:
        """On one line, as the original; what was not sent is not emptied."""
        found = super().clean() or {}
        return {place: " ".join(text.split()) for place, text in found.items() if place in self.data}
