"""The form of a record that several people may edit: it carries what its reader saw and shows what clashes.

Knows no rule of any record and saves nothing: services do, with `values()` and `seen_values()`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import Invalid, Stale
from common.merging import plain

LONGEST_SEEN = 200_000
FIRST_YEAR, LAST_YEAR = 1950, 2100


class Checks(forms.CheckboxSelectMultiple):
    """A list of boxes, drawn by `accounts/checks.html`."""

    is_checklist = True


class CodeField(forms.SlugField):
    """The short name of a record. What is wrong with it is said as on every page: what to do, in plain words."""

    default_error_messages = {
        "required": gettext_lazy("Enter a code."),
        "invalid": gettext_lazy("Use only letters from A to Z, digits, hyphens and underscores."),
        "unique": gettext_lazy("This code is taken. Choose another."),
    }


class CountField(forms.IntegerField):
    """A number of minutes, months or the like, from `min_value` to `max_value`."""

    default_error_messages = {
        "required": gettext_lazy("Enter a whole number."),
        "invalid": gettext_lazy("Enter a whole number."),
        "min_value": gettext_lazy("Enter %(limit_value)s or more."),
        "max_value": gettext_lazy("Enter %(limit_value)s or less."),
    }


@dataclass(frozen=True)
class Clash:
    name: str
    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Part:
    title: str
    fields: list[forms.BoundField]


def read(row: Any, name: str) -> Any:
    """A field's value; of a relation to many its rows."""
    value: Any = getattr(row, name, None)
    return list(value.all()) if hasattr(value, "all") else value


Titles = tuple[tuple[Any, tuple[str, ...]], ...]


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """`titles`: the parts of the page, title -> names of fields; none: one part without a title."""

    titles: Titles = ()
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=LONGEST_SEEN)
    clashes: tuple[Clash, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.own():
            if self.instance.pk and name not in self.initial and hasattr(self.instance, name):
                self.initial[name] = read(self.instance, name)
        self.fields["seen"].initial = self._stored()

    def own(self) -> list[str]:
        return [name for name in self.fields if name != "seen"]

    def _stored(self) -> str:
        row = self.instance
        return json.dumps({name: plain(read(row, name)) for name in self.own()}) if row.pk else ""

    def values(self) -> dict[str, Any]:
        """What is to be written; a field whose clash was settled for the other's value is left out."""
        kept = {name for name in self.own() if self.data.get(f"take_{name}") == "theirs"}
        return {name: self.cleaned_data[name] for name in self.own() if name in self.cleaned_data and name not in kept}

    def seen_values(self) -> dict[str, Any] | None:
        if not self.instance.pk:
            return None
        try:
            found = json.loads(self.data.get("seen", ""))
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise Invalid.field("", _("This page is not complete. Reload it and try again."))
        return found

    def show_clashes(self, stale: Stale, current: Any) -> None:
        """The page again, now having seen what is stored."""
        self.clashes = tuple(
            Clash(name, str(self.fields[name].label or name), theirs, mine)
            for name, (theirs, mine) in stale.changed.items()
        )
        self.instance = current
        again: Any = self.data
        self.data = again.copy()
        again = self.data
        again["seen"] = self._stored()

    def show_errors(self, errors: Mapping[str, list[str]]) -> None:
        for name, sentences in errors.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)

    def parts(self) -> Iterator[Part]:
        if not self.titles:
            yield Part("", [self[name] for name in self.own()])
        for title, names in self.titles:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield Part(str(title), fields)


class DayField(forms.DateField):
    """A calendar day with the browser's picker, of a year that people mean."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = dict.fromkeys(("required", "invalid"), gettext_lazy("Enter a day, such as 2026-11-27."))

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return day


class MomentField(forms.DateTimeField):
    """Day and time in the viewer's zone."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    default_error_messages = dict.fromkeys(
        ("required", "invalid"), gettext_lazy("Enter a day and a time, such as 2026-11-27 18:00.")
    )

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except OverflowError:
            moment = datetime.max.replace(tzinfo=UTC)
        if moment is not None and not FIRST_YEAR <= moment.year < LAST_YEAR:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid")
        return moment
