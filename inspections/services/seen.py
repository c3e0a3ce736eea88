"""What a phone showed to who signed without signal, held against what stands now.

An entry never changes, so its id says which answer was seen; another entry that says the same is no difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from inspections import facts
from inspections.checklists import Given, read_given
from inspections.models import AnswerEntry, Inspection
from inspections.services import visits


@dataclass(frozen=True)
class SeenCheck:
    """`entry`: of the answer that was shown, None where there was none; `result`: what the phone made of it."""

    sheet: int
    item: str
    result: str
    entry: UUID | None = None
    photos: Sequence[UUID] = ()


@dataclass(frozen=True)
class Seen:
    """All checks of the page, and its closing words."""

    checks: Sequence[SeenCheck]
    words: Mapping[str, str] = field(default_factory=dict)


def differing(visit: facts.Visit, seen: Seen) -> list[str]:
    """What is not as it was shown, by name, in the order of the lists."""
    told = {(one.sheet, one.item): one for one in seen.checks}
    entries = AnswerEntry.objects.in_bulk([one.entry for one in seen.checks if one.entry])
    names = [check.name for check in visit.asked if not _is_as(check, told.get(check.place), entries)]
    if told.keys() - {check.place for check in visit.asked}:
        names.append(_("a check that is not in this visit"))
    return names + _words(visit.inspection, seen.words)


def _is_as(check: facts.Check, one: SeenCheck | None, entries: Mapping[UUID, AnswerEntry]) -> bool:
    if one is None or one.result != check.judgement.result.value:
        return False
    if {photo.pk for photo in check.photos} != set(one.photos):
        return False
    now = check.answer.entry_id if check.answer else None
    if one.entry == now:
        return True
    shown = entries.get(one.entry) if one.entry else None
    if one.entry is not None and (shown is None or (shown.sheet_id, shown.item) != check.place):
        return False  # it was refused, or is on another phone yet
    return (read_given(shown.answer) if shown else Given()) == check.given


def _words(row: Inspection, shown: Mapping[str, str]) -> list[str]:
    return [
        str(Inspection._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in visits.WORDS
        if getattr(row, name) != visits.plain(shown.get(name, ""))
    ]
