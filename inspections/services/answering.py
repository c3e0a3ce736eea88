"""Taking answers in, from however many phones, however late and however often.

An entry is kept once under the id its device gave it. Of two devices that answered the same check the later one counts;
where one had not seen the other and they differ, the office is shown both. What one entry lacks keeps no other waiting.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from common.errors import Illegal, Invalid
from inspections import facts, wording
from inspections.checklists import AnswerError, Given, judge, read_given
from inspections.checklists.given import check as check_given
from inspections.models import Answer, AnswerEntry, Inspection
from inspections.services import findings, visits

MOST_ENTRIES = 200


@dataclass(frozen=True)
class Entry:
    """An answer on its way in. `base`: the entry that the device showed when it was written, None for none."""

    id: UUID
    sheet: int
    item: str
    at: datetime
    answer: Mapping[str, Any]
    base: UUID | None = None


@dataclass(frozen=True)
class Taken:
    """What became of an entry. `error` says what was wrong; a kept one may say what could not be done besides."""

    id: UUID
    is_kept: bool
    error: str = ""


@transaction.atomic
def take(
    *, inspection: Inspection, entries: Sequence[Entry], by: Actor, now: datetime
) -> tuple[list[Taken], facts.Visit]:
    """In their order. Raises Illegal before the visit has begun, Invalid for too many at once."""
    if len(entries) > MOST_ENTRIES:
        raise Invalid.field("entries", _("Send at most %(most)d entries at once.") % {"most": MOST_ENTRIES})
    row = visits.hold(inspection, by=by, is_open=False)
    if row.begun_at is None:
        raise Illegal(_("Begin the visit first."))
    book = _Book(row, by, now)
    taken = [book.take(entry) for entry in entries]
    if book.has_written:
        row.seen_at = now
        row.save(update_fields=["seen_at"])
        return taken, visits.refresh(row)
    return taken, book.visit


class _Book:
    """The visit while entries go in: what is known of each check, brought up to date with each entry."""

    def __init__(self, row: Inspection, by: Actor, now: datetime) -> None:
        self.row, self.by, self.now = row, by, now
        self.visit = facts.load(row)
        self.is_signed = visits.is_signed(row)
        self.current = {place: check.answer for place, check in self.visit.checks.items()}
        self.has_written = False

    def take(self, entry: Entry) -> Taken:
        known = AnswerEntry.objects.filter(pk=entry.id).first()
        if known is not None:
            is_same = (known.sheet_id, known.item) == (entry.sheet, entry.item) and self._is_ours(entry)
            return Taken(entry.id, is_same, "" if is_same else _("This id is used already."))
        if self.is_signed:
            return Taken(entry.id, False, visits.signed_words())
        check = self.visit.checks.get((entry.sheet, entry.item))
        if check is None or not check.is_asked:
            return Taken(entry.id, False, _("There is no such check in this visit."))
        try:
            given = _read(check, entry)
        except AnswerError as error:
            return Taken(entry.id, False, wording.answer_error(error))
        return Taken(entry.id, True, self._keep(check, entry, given))

    def _is_ours(self, entry: Entry) -> bool:
        return (entry.sheet, entry.item) in self.visit.checks

    def _keep(self, check: facts.Check, entry: Entry, given: Given) -> str:
        kept = AnswerEntry.objects.create(
            id=entry.id,
            sheet=check.sheet,
            item=check.item.code,
            answer=given.document,
            base=entry.base,
            author=visits.person(self.by),
            at=min(entry.at, self.now),
            received_at=self.now,
        )
        self.has_written = True
        row = self.current[check.place] = self._current(check, kept, given)
        if row.entry_id != kept.pk:
            return ""
        return findings.settle(self.row, check, row, given, by=self.by, now=self.now)

    def _current(self, check: facts.Check, kept: AnswerEntry, given: Given) -> Answer:
        """The answer that counts once this entry is in."""
        row = self.current[check.place]
        if row is None:
            return write(Answer(sheet=check.sheet, item=check.item.code), check, kept, given)
        before = row.entry
        if kept.base != before.pk and kept.answer != before.answer:
            row.other = before if kept.at >= before.at else kept
            if row.other == kept:
                row.save(update_fields=["other"])
        is_next = kept.base == before.pk or kept.at >= before.at
        return write(row, check, kept, given) if is_next else row


def write(row: Answer, check: facts.Check, kept: AnswerEntry, given: Given) -> Answer:
    """The current row of a check as this entry says."""
    row.entry = kept
    row.result = judge(check.item, given.with_photos(len(check.photos)), check.last).result.value
    row.reading, row.choice, row.text = given.reading, given.choice, given.text
    row.reason, row.finding, row.outcome = given.reason, given.finding, given.outcome.value
    row.save()
    return row


def _read(check: facts.Check, entry: Entry) -> Given:
    given = read_given(entry.answer)
    check_given(check.item, given)
    if check.follows is not None and given.result == "not-applicable":
        raise AnswerError("result", "cured")
    return given
