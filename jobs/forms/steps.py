"""The form of one step, made from its kind's table. It reads what was typed; the service says what may be."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from common.editing import Checks, DayField, MomentField
from common.instants import format_instant, instant_or_none
from jobs.kinds import Field, Is
from jobs.kinds import Step as StepKind

BLANK, MOST = 3, 200
INPUTS = {Is.NUMBER: "number", Is.DAY: "date", Is.MOMENT: "datetime-local"}


def local(value: Any) -> str:
    """An instant as the browser's picker wants it, in the reader's zone."""
    moment = instant_or_none(value)
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M") if moment else str(value or "")


def from_local(typed: str) -> str:
    """The other way; what is no moment stays as typed, for the service to refuse."""
    try:
        moment = parse_datetime(typed)
    except ValueError:
        return typed
    if moment is None:
        return typed
    return format_instant(timezone.make_aware(moment) if timezone.is_naive(moment) else moment)


class LinesWidget(forms.Widget):
    """Lines of inputs: those that are there and a few empty ones. Drawn by `jobs/lines.html`."""

    is_lines = True
    template_name = "jobs/lines.html"

    def __init__(self, columns: Sequence[Field]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> list[dict[str, str]]:
        count = 0
        while count < MOST and any(f"{name}-{count}-{column.code}" in data for column in self.columns):
            count += 1
        return [
            {column.code: str(data.get(f"{name}-{n}-{column.code}", "")).strip() for column in self.columns}
            for n in range(count)
        ]

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}-0-{self.columns[0].code}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        lines = [line for line in value or [] if any(line.values())]
        lines += [{}] * min(BLANK, MOST - len(lines))
        context["lines"] = [
            [self._cell(name, n, column, line) for column in self.columns] for n, line in enumerate(lines)
        ]
        return context

    def _cell(self, name: str, n: int, column: Field, line: Mapping[str, Any]) -> dict[str, Any]:
        value = line.get(column.code, "")
        return {
            "name": f"{name}-{n}-{column.code}",
            "label": column.label,
            "type": INPUTS.get(column.kind, "text"),
            "choices": column.choices,
            "value": local(value) if column.kind == Is.MOMENT else value,
            "is_required": column.is_required,
        }


class LinesField(forms.Field):
    """Becomes the lines in which something stands."""

    widget: LinesWidget

    def __init__(self, *, columns: Sequence[Field], **kwargs: Any) -> None:
        self.columns = columns
        super().__init__(widget=LinesWidget(columns), required=False, **kwargs)

    def clean(self, value: Any) -> list[dict[str, str]]:
        moments = {column.code for column in self.columns if column.kind == Is.MOMENT}
        return [
            {code: from_local(typed) if code in moments and typed else typed for code, typed in line.items()}
            for line in value or []
            if any(line.values())
        ]


class PapersInput(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Any number of files; the service that keeps them says what may be."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=PapersInput(attrs={"multiple": True, "accept": "image/*,*/*"}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data


class SeenField(forms.JSONField):
    """What stood there when the form was drawn; whatever else it is counts as nothing."""

    def clean(self, value: Any) -> dict[str, Any] | None:
        try:
            seen = super().clean(value)
        except forms.ValidationError:
            return None
        return seen if isinstance(seen, dict) else None


class StepForm(forms.Form):
    """`options`: what can be chosen of people and units, by the kind of field. Files come beside it."""

    seen = SeenField(widget=forms.HiddenInput, required=False)
    papers = PapersField(label=_("Papers and photos"), required=False)

    def __init__(
        self, *args: Any, step: StepKind, options: Mapping[Is, Sequence[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields = {field.code: _field(field, options) for field in step.fields} | self.fields

    def values(self) -> dict[str, Any]:
        found = {field.code: self.cleaned_data.get(field.code) for field in self.step.fields}
        return {code: _plain(value) for code, value in found.items() if value not in (None, "", [])}

    def now_seen(self, theirs: Mapping[str, Any]) -> None:
        """What others wrote is told beside its field; saved again, what is typed here takes its place."""
        seen = {**(self.cleaned_data.get("seen") or {}), **theirs}
        data: Any = self.data
        data = data.copy()  # what a request sent cannot be changed
        data["seen"] = json.dumps(seen)
        self.data = data

    def show_errors(self, errors: Mapping[str, list[str]]) -> None:
        for name, sentences in errors.items():
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)

    def drawn(self) -> Iterator[forms.BoundField]:
        return (self[field.code] for field in self.step.fields)


def initial(step: StepKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept, as the form's fields want it."""
    found = {}
    for field in step.fields:
        value = values.get(field.code)
        found[field.code] = instant_or_none(value) if field.kind == Is.MOMENT else value
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return format_instant(value)
    return value.isoformat() if isinstance(value, date) else value


def _field(field: Field, options: Mapping[Is, Sequence[tuple[str, str]]]) -> forms.Field:
    """Nothing is required here: a step may be kept before it is complete."""
    shared: dict[str, Any] = {"label": field.label, "help_text": field.hint}
    if field.kind == Is.LINES:
        return LinesField(columns=field.columns, **shared)
    shared["required"] = False
    if field.kind in (Is.SENIORS, Is.UNITS):
        return forms.MultipleChoiceField(choices=list(options.get(field.kind, ())), widget=Checks, **shared)
    if field.kind == Is.CHOICE:
        return forms.ChoiceField(choices=[("", "–"), *field.choices], **shared)
    if field.kind == Is.DAY:
        return DayField(**shared)
    if field.kind == Is.MOMENT:
        return MomentField(**shared)
    if field.kind == Is.LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **shared)
    return forms.CharField(**shared)
