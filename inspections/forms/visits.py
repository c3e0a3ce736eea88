"""What a section of a visit brings when it is saved without script: an entry for each check that was changed.

Each check carries the entry it was shown with; what equals that was not touched, whatever another phone did meanwhile.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from inspections import facts, services, wording
from inspections.checklists import AnswerError, Given, Outcome, Result, judge, read_given
from inspections.checklists.given import FIELDS
from inspections.models import AnswerEntry, Checklist, ChecklistVersion
from inspections.services import Entry
from inspections.services.unbeginning import LONGEST_REASON


@dataclass
class Typed:
    """What stands in the fields of one check. `errors`: field -> sentence."""

    check: facts.Check
    values: dict[str, str]
    base: AnswerEntry | None = None
    entry: Entry | None = None
    errors: dict[str, str] = field(default_factory=dict)


def read_part(part: facts.Part, data: Mapping[str, str], now: datetime) -> list[Typed]:
    """One for each check that is asked. `raise`: the check whose ticket was asked for."""
    bases = _bases(part, data)
    raised = data.get("raise", "")
    return [_typed(check, data, bases, raised == check.item.code, now) for check in part.asked]


def _bases(part: facts.Part, data: Mapping[str, str]) -> dict[str, AnswerEntry]:
    named = {check.item.code: uuid_or_none(data.get(f"base-{check.item.code}", "")) for check in part.asked}
    known = AnswerEntry.objects.in_bulk([key for key in named.values() if key])
    rows = {code: known[key] for code, key in named.items() if key in known}
    return {code: row for code, row in rows.items() if (row.sheet_id, row.item) == (part.sheet.pk, code)}


def _typed(
    check: facts.Check, data: Mapping[str, str], bases: Mapping[str, AnswerEntry], is_raised: bool, now: datetime
) -> Typed:
    code = check.item.code
    values = {name: data.get(f"{name}-{code}", "") for name in FIELDS}
    if is_raised:
        values["outcome"] = Outcome.TICKET.value
    typed = Typed(check, values, bases.get(code))
    shown = read_given(typed.base.answer) if typed.base else Given()
    try:
        given = as_meant(check, read_given(values), shown)
    except AnswerError as error:
        typed.errors[error.field] = wording.answer_error(error)
        return typed
    if given != shown or is_raised:
        base = typed.base.pk if typed.base else None
        typed.entry = Entry(uuid.uuid4(), check.sheet.pk, code, now, given.document, base)
    return typed


def as_meant(check: facts.Check, given: Given, shown: Given) -> Given:
    """The button that was lit by the value itself was not pressed by anybody."""
    if shown.result != Result.OPEN or given.result == Result.OPEN:
        return given
    lit = judge(check.item, shown.with_photos(len(check.photos)), check.last).result
    return replace(given, result=Result.OPEN) if given.result == lit else given


def uuid_or_none(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class WordsForm(forms.Form):
    """The closing words of a visit. What somebody else wrote meanwhile stays: only changed fields are saved."""

    summary = forms.CharField(label=gettext_lazy("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    advice = forms.CharField(label=gettext_lazy("Advice"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    parts_wanted = forms.CharField(
        label=gettext_lazy("Parts wanted"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    training = forms.CharField(label=gettext_lazy("Training"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    attended = forms.CharField(
        label=gettext_lazy("Who attended"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in services.WORDS:
            self.fields[name].show_hidden_initial = True

    @property
    def with_initial(self) -> list[tuple[forms.BoundField, str]]:
        """Each field, and what stood in it, hidden beside it."""
        return [(self[name], self[name].as_hidden(only_initial=True)) for name in services.WORDS]

    @property
    def changed(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def seen(self) -> dict[str, str]:
        """What stood in each field when the page was made."""
        stood = {name: self.data.get(f"initial-{name}") for name in services.WORDS}
        return {name: text for name, text in stood.items() if text is not None}


class TakeBackForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Needed once something was answered. It stands in the log of the ticket."),
    )


class ListForm(forms.Form):
    """Which list a visit is walked by."""

    checklist = forms.ModelChoiceField(
        Checklist.objects.none(),
        label=gettext_lazy("Checklist"),
        to_field_name="code",
        empty_label=gettext_lazy("Choose a checklist"),
        error_messages={"required": gettext_lazy("Choose a checklist.")},
    )

    def __init__(self, *args: Any, versions: Sequence[ChecklistVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {version.checklist_id: version for version in versions}
        choice: Any = self.fields["checklist"]
        choice.queryset = Checklist.objects.filter(pk__in=self.versions)
        choice.label_from_instance = lambda row: self.versions[row.pk].name

    @property
    def version(self) -> ChecklistVersion:
        return self.versions[self.cleaned_data["checklist"].pk]


class SheetForm(ListForm):
    """A further unit, by its serial number, or the site as a whole where it is left empty."""

    unit = forms.CharField(
        label=gettext_lazy("Serial number"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("With or without its hyphens. Empty: the site as a whole."),
    )
    field_order = ("unit", "checklist")
