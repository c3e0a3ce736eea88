"""A visit as it stands: its sheets with every check, the answers that count, photos, findings, the last readings.

Reads only, in a constant number of statements however many lists and units. Pages, REST, the sign-off and the report
all read this.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, Q, QuerySet

from common import languages
from customers.models import Equipment
from inspections import words
from inspections.checklists import (
    Area,
    Checklist,
    Given,
    Item,
    Judgement,
    Kind,
    Limits,
    Outcome,
    Result,
    Section,
    judge,
    read,
    read_given,
)
from inspections.checklists import Photo as PhotoRule
from inspections.checklists.words import in_language
from inspections.models import Answer, ChecklistVersion, Finding, Inspection, Photo, Sheet
from tickets.kinds import Kind as TicketKind
from tickets.models import Ticket

FOLLOWS = "was-it-cured-"  # with the number of the finding: the code of a check that asks about the visit before
FIRST_PART = "last-time"
MOST_KEPT = 16  # lists as they are read, in a process: some 50 KB each
Place = tuple[int, str]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Check:
    """One check of a sheet, and all that is known of it. `follows`: the earlier finding it asks about."""

    sheet: Sheet
    item: Item
    number: int | None = None
    answer: Answer | None = None
    photos: Sequence[Photo] = ()
    finding: Finding | None = None
    last: Decimal | None = None
    follows: Finding | None = None
    lang: str = ""
    area: Area = Area.OTHER

    @cached_property
    def given(self) -> Given:
        return read_given(self.answer.entry.answer) if self.answer else Given()

    @cached_property
    def judgement(self) -> Judgement:
        return judge(self.item, self.given.with_photos(len(self.photos)), self.last)

    @property
    def name(self) -> str:
        return f"{self.number}. {self.item.text}" if self.number else self.item.text

    @property
    def is_asked(self) -> bool:
        return self.item.is_answered_by_a_person

    @property
    def is_answered(self) -> bool:
        return self.judgement.result != Result.OPEN

    @property
    def lacks(self) -> tuple[str, ...]:
        """What it still needs before the visit can be signed: what its answer lacks, and of a failure "finding" while
        nobody says what was found or what comes of it, "ticket" while the one that was asked for is not raised.
        """
        if self.judgement.result != Result.FAILED or (self.finding and self.finding.ticket_id):
            return self.judgement.lacks
        given = self.given
        if given.outcome == Outcome.TICKET:
            return (*self.judgement.lacks, "ticket")
        return self.judgement.lacks if given.outcome or given.finding else (*self.judgement.lacks, "finding")

    @property
    def severity(self) -> int | None:
        return self.follows.severity if self.follows else self.item.severity

    @property
    def place(self) -> Place:
        return self.sheet.pk, self.item.code


@dataclass(frozen=True)
class Part:
    """A section of a sheet."""

    sheet: Sheet
    code: str
    title: str
    area: Area
    checks: Sequence[Check]
    lang: str = ""

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.sheet.pk}-{self.code}"

    @property
    def asked(self) -> list[Check]:
        return [check for check in self.checks if check.is_asked]

    @property
    def answered(self) -> int:
        return sum(check.is_answered for check in self.asked)

    @property
    def total(self) -> int:
        return len(self.asked)


@dataclass(frozen=True)
class Visit:
    """All sheets of an inspection, in order."""

    inspection: Inspection
    sheets: Sequence[Sheet]
    parts: Sequence[Part] = field(default_factory=tuple)

    @cached_property
    def checks(self) -> Mapping[Place, Check]:
        return {check.place: check for part in self.parts for check in part.checks}

    @cached_property
    def asked(self) -> list[Check]:
        return [check for part in self.parts for check in part.asked]

    @property
    def answered(self) -> int:
        return sum(check.is_answered for check in self.asked)

    @property
    def total(self) -> int:
        return len(self.asked)

    @cached_property
    def blocking(self) -> list[Check]:
        """What the sign-off waits for, in the order of the lists."""
        return [check for check in self.asked if check.lacks]

    @cached_property
    def findings(self) -> list[Check]:
        """The checks that were found bad, and those that led to a ticket before they were good."""
        return [check for check in self.asked if check.finding is not None]

    @cached_property
    def blanks(self) -> list[Part]:
        """The sections of each list that is walked here, as they are before anything is known of a unit."""
        first = {sheet.version_id: sheet for sheet in reversed(self.sheets)}
        found = [part for part in self.parts if first[part.sheet.version_id] == part.sheet and part.code != FIRST_PART]
        return [replace(part, checks=[blank(check) for check in part.checks]) for part in found]

    def count(self, result: Result) -> int:
        return sum(check.judgement.result == result for check in self.asked)


def load(inspection: Inspection, language: str = "") -> Visit:
    """Expects nothing loaded but the inspection and its ticket. `language`: in which the lists are read, where they
    have its words; codes and answers stay.

    Asked at each saved answer. The models' own order leads from a sheet to its inspection, plan, contract and site, six
    joins that say nothing within one visit.
    """
    rows = inspection.sheets.select_related("version__checklist", "unit__product", "unit__site")
    asks = Prefetch("asks", Finding.objects.order_by("sheet__position", "pk"))
    sheets = list(rows.prefetch_related(asks).order_by("position", "pk"))
    known = _Known(sheets, last_readings(inspection, sheets, inspection.begun_at))
    parts: list[Part] = []
    for sheet in sheets:
        parts += _parts(sheet, sheet.asks.all(), known, language)
    return Visit(inspection, sheets, parts)


def ahead(
    inspection: Inspection, versions: Sequence[ChecklistVersion], unit: Equipment | None, now: datetime, language: str
) -> Visit:
    """A visit as it would begin `now`, walked by any of these lists, for a phone to keep. The desk has none of its
    sheets: their numbers are below zero.
    """
    sheets = [
        Sheet(pk=-place, inspection=inspection, version=version, unit=unit, position=place)
        for place, version in enumerate(versions, 1)
    ]
    known = _Known([], last_readings(inspection, sheets, now))
    asked = open_findings(inspection, unit, now)
    parts: list[Part] = []
    for sheet in sheets:
        parts += _parts(sheet, asked, known, language)
    return Visit(inspection, sheets, parts)


class _Known:
    """What is there for each check of these sheets."""

    def __init__(self, sheets: Sequence[Sheet], last: Mapping[Place, Decimal]) -> None:
        answers = Answer.objects.select_related("entry", "other__author", "entry__author").order_by()
        findings = Finding.objects.select_related("ticket").order_by()
        self.answers = {(row.sheet_id, row.item): row for row in _of(answers, sheets)}
        self.findings = {(row.sheet_id, row.item): row for row in _of(findings, sheets)}
        self.photos: dict[Place, list[Photo]] = {}
        for photo in _of(Photo.objects.all(), sheets):
            self.photos.setdefault((photo.sheet_id, photo.item), []).append(photo)
        self.last = last

    def check(
        self,
        sheet: Sheet,
        item: Item,
        lang: str,
        *,
        number: int | None = None,
        follows: Finding | None = None,
        area: Area = Area.OTHER,
    ) -> Check:
        place = sheet.pk, item.code
        answer, finding = self.answers.get(place), self.findings.get(place)
        photos = self.photos.get(place, ())
        return Check(sheet, item, number, answer, photos, finding, self.last.get(place), follows, lang, area)


def _parts(sheet: Sheet, asks: Iterable[Finding], known: _Known, language: str) -> Iterator[Part]:
    """What was found last time comes first."""
    asked = [known.check(sheet, asking(one), "", follows=one) for one in asks]
    if asked:
        yield Part(sheet, FIRST_PART, str(words.LAST_TIME), Area.OTHER, asked)
    walked = _walked(sheet.version, language)
    for section in walked.sections:
        checks = [
            known.check(sheet, item, walked.lang, number=walked.numbers.get(item.code), area=section.area)
            for item in section.items
        ]
        yield Part(sheet, section.code, section.title, section.area, checks, walked.lang)


@dataclass(frozen=True)
class _Walked:
    """A version of a list as it is read in one language."""

    sections: Sequence[Section]
    numbers: Mapping[str, int]
    lang: str


@dataclass(frozen=True)
class _Published:
    """Which version it is; its document comes along for whoever has to read it, and makes it no other one."""

    pk: int
    at: datetime
    document: Any = field(compare=False)


def _walked(version: ChecklistVersion, language: str) -> _Walked:
    """A published version never changes, so that a process need not read its document again at each saved answer."""
    return _read(_Published(version.pk, version.published_at, version.document), language)


@lru_cache(maxsize=MOST_KEPT)
def _read(version: _Published, language: str) -> _Walked:
    found: Checklist = read(version.document)
    spoken = language if found.words.get(language) else found.language
    return _Walked(in_language(found, language).sections, found.numbers(), languages.BCP47.get(spoken, spoken))


def blank(check: Check) -> Check:
    return Check(check.sheet, check.item, check.number, lang=check.lang, area=check.area)


def _of(rows: QuerySet[M], sheets: Sequence[Sheet]) -> Iterable[M]:
    return rows.filter(sheet__in=sheets) if sheets else ()


def asking(finding: Finding) -> Item:
    """The question about a finding of the visit before: was it really cured?"""
    return Item(
        code=f"{FOLLOWS}{finding.pk}",
        text=words.was_it_cured(finding.question),
        kind=Kind.CHECK,
        hint=finding.text,
        is_mandatory=True,
        photo=PhotoRule.OPTIONAL,
        picture="",
        unit="",
        limits=Limits(),
        options=(),
        severity=finding.severity,
    )


def last_readings(inspection: Inspection, sheets: Sequence[Sheet], begun_at: datetime | None) -> dict[Place, Decimal]:
    """Of each check with the same code in the same list, the reading of the last signed visit before this one: of the
    same unit, or of the site where the list was walked for the whole of it.
    """
    if not sheets or begun_at is None:
        return {}
    rows = Answer.objects.filter(
        _same_place(inspection, sheets),
        reading__isnull=False,
        sheet__version__checklist__in={sheet.version.checklist_id for sheet in sheets},
        sheet__inspection__sign_off__isnull=False,
        sheet__inspection__begun_at__lt=begun_at,
    ).exclude(sheet__inspection=inspection.pk)
    columns = ("sheet__version__checklist", "sheet__unit", "item")
    latest = rows.order_by(*columns, "-sheet__inspection__begun_at").distinct(*columns)
    found = {tuple(row[:3]): row[3] for row in latest.values_list(*columns, "reading")}
    return {
        (sheet.pk, item): _plain(value)
        for sheet in sheets
        for (checklist, unit, item), value in found.items()
        if (checklist, unit) == (sheet.version.checklist_id, sheet.unit_id)
    }


def _same_place(inspection: Inspection, sheets: Iterable[Sheet]) -> Q:
    units = {sheet.unit_id for sheet in sheets if sheet.unit_id is not None}
    return Q(sheet__unit__in=units) | Q(sheet__unit=None, sheet__inspection__ticket__site=inspection.ticket.site_id)


def _plain(value: Decimal) -> Decimal:
    """Without the zeros that the column adds."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


def open_findings(inspection: Inspection, unit: Equipment | None, begun_at: datetime) -> list[Finding]:
    """What was found at this unit (or at the site as a whole) on visits that were signed before this one was begun, and
    no signed visit has asked about. Not only on the last one: of two visits at once neither knew of the other.
    """
    found = Finding.objects.filter(sheet__unit=unit, sheet__inspection__sign_off__signed_at__lte=begun_at)
    if unit is None:
        found = found.filter(sheet__inspection__ticket__site=inspection.ticket.site_id)
    found = found.exclude(sheet__inspection=inspection.pk).exclude(asked_by__inspection__sign_off__isnull=False)
    return list(found.order_by("sheet__position", "pk"))


def of_ticket(ticket: Ticket) -> Inspection | None:
    """None for a ticket of another kind, and for one whose visit was asked for by hand and has not begun."""
    if ticket.kind != TicketKind.INSPECTION:
        return None
    rows = Inspection.objects.select_related("plan__checklist", "plan__unit", "checklist", "sign_off__by")
    found = rows.filter(ticket=ticket).first()
    if found is not None:
        found.ticket = ticket
    return found


def waits_for(visit: Visit) -> Iterator[Check]:
    """What is open from the start of the lists on, the optional ones last."""
    yield from visit.blocking
    yield from (check for check in visit.asked if not check.is_answered and not check.lacks)
