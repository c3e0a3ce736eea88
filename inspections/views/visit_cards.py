"""A visit as its page shows it: parts, cards with what stands in their fields, and where one goes next. Reads only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext

from accounts.models import User
from common import languages
from common.errors import Refusal
from inspections import facts, wording, words
from inspections.checklists import Item, Kind, Result, judge, read_given
from inspections.checklists import Photo as PhotoRule
from inspections.forms.visits import Typed
from inspections.models import Answer, AnswerEntry, Inspection, ReferencePicture
from inspections.services import promise_of, suggested_level
from tickets.models import Ticket
from tickets.promises import Promise

NO_PROMISE = Promise("", 0)
LIMITS = ("low", "high", "change", "change_percent")


@dataclass(frozen=True)
class Card:
    """One check on the page. `values`: what stands in its fields, typed or kept."""

    check: facts.Check
    case: Ticket
    typed: Typed | None = None
    picture: ReferencePicture | None = None
    promised: Callable[[facts.Check], Promise] = field(default=lambda check: NO_PROMISE)

    @property
    def id(self) -> str:
        return f"{self.check.sheet.pk}-{self.check.item.code}"

    @property
    def item(self) -> Item:
        return self.check.item

    @property
    def lang(self) -> str:
        """Of what the list says; a question about last time is half the page's own."""
        return self.check.lang or languages.BCP47.get(get_language() or "en", "en")

    @cached_property
    def values(self) -> Mapping[str, str]:
        if self.typed is not None:
            return self.typed.values
        given = self.check.given.document
        return {name: value or "" for name, value in given.items()} | {"result": self.check.judgement.result.value}

    @property
    def errors(self) -> Mapping[str, str]:
        return self.typed.errors if self.typed else {}

    @property
    def entry(self) -> str:
        """The one it is shown with."""
        if self.typed is not None:
            return str(self.typed.base.pk) if self.typed.base else ""
        return str(self.check.answer.entry_id) if self.check.answer else ""

    @property
    def state(self) -> str:
        """For its look: is-pass, is-fail or nothing; overruled where a reason is asked for."""
        judged = self.check.judgement
        look = {Result.PASSED: "is-pass", Result.FAILED: "is-fail"}.get(judged.result, "")
        return f"{look} is-overruled".strip() if judged.is_overruled else look

    @property
    def beyond(self) -> str:
        return wording.beyond(self.check.judgement)

    @property
    def limits(self) -> str:
        return wording.limits(self.item)

    @property
    def last(self) -> str:
        return "" if self.check.last is None else wording.number(self.check.last)

    @property
    def data(self) -> Mapping[str, str]:
        """What a script judges by."""
        if self.item.kind != Kind.READING:
            return {}
        found: dict[str, Decimal | None] = {name: getattr(self.item.limits, name) for name in LIMITS}
        found["last"] = self.check.last
        return {name.replace("_", "-"): "" if value is None else f"{value:f}" for name, value in found.items()}

    @property
    def lacks(self) -> Sequence[str]:
        return self.check.lacks

    @property
    def wants_photo(self) -> bool:
        """Whether it is asked for one whatever the answer."""
        return self.item.kind == Kind.PHOTO or self.item.photo == PhotoRule.ALWAYS

    @property
    def shows_photos_apart(self) -> bool:
        return self.wants_photo or bool(self.check.photos and self.check.judgement.result != Result.FAILED)

    @property
    def photos(self) -> list[tuple[str, str]]:
        """Id and address of each."""
        found = [photo.pk for photo in self.check.photos]
        return [(str(pk), reverse("visit_photo", args=[self.case.reference, pk])) for pk in found]

    @property
    def ticket(self) -> Ticket | None:
        return self.check.finding.ticket if self.check.finding else None

    @property
    def is_unraised(self) -> bool:
        """Its ticket was asked for and refused."""
        return "ticket" in self.lacks

    @property
    def suggested(self) -> str:
        return suggested_level(self.promise, self.check.severity)

    @property
    def levels(self) -> Mapping[str, str]:
        """Code -> name, of the scheme its ticket would be raised in."""
        return {code: self.promise.level_names.get(code, code) for code in self.promise.levels}

    @cached_property
    def promise(self) -> Promise:
        return self.promised(self.check)

    @property
    def finding_line(self) -> str:
        """Under its name in the list of findings."""
        said = words.reading_beside_limit(self.item, self.check.given, self.check.judgement)
        if said:
            return pgettext("a sentence with its full stop", "%(words)s.") % {"words": said}
        line = self.check.given.finding
        return line if not line or line[-1] in ".!?。！？" else f"{line}."


@dataclass(frozen=True)
class Page:
    """The parts of a visit, one of them open, with what was typed and refused."""

    visit: facts.Visit
    here: str = ""
    typed: Mapping[facts.Place, Typed] = field(default_factory=dict)

    @property
    def case(self) -> Ticket:
        return self.visit.inspection.ticket

    @cached_property
    def current(self) -> str:
        """The part that is open: the one asked for, else the first in which something waits."""
        keys = [part.key for part in self.visit.parts]
        if self.here in (*keys, "words"):
            return self.here
        first = next(facts.waits_for(self.visit), None)
        return self.part_of(first) if first else keys[0]

    def part_of(self, check: facts.Check) -> str:
        return next(part.key for part in self.visit.parts if check in part.checks)

    @cached_property
    def parts(self) -> list[tuple[facts.Part, str, list[Card]]]:
        """Each with its icon and its cards."""
        return self._drawn

    @property
    def _drawn(self) -> list[tuple[facts.Part, str, list[Card]]]:
        return [
            (part, wording.AREA_ICONS[part.area], [self.card(check) for check in part.checks])
            for part in self.visit.parts
        ]

    @cached_property
    def blanks(self) -> list[tuple[facts.Part, str, list[Card]]]:
        """What a phone makes a further unit of while it has no signal."""
        return [
            (part, wording.AREA_ICONS[part.area], [self._blank(check) for check in part.checks])
            for part in self.visit.blanks
        ]

    def _blank(self, check: facts.Check) -> Card:
        return Card(check, self.case, None, self.pictures.get(check.item.picture), self.promised)

    def card(self, check: facts.Check) -> Card:
        picture = self.pictures.get(check.item.picture)
        return Card(check, self.case, self.typed.get(check.place), picture, self.promised)

    @cached_property
    def pictures(self) -> Mapping[str, ReferencePicture]:
        """By hash, of all checks that show how it should look."""
        names = {check.item.picture for check in self.visit.checks.values()} - {""}
        return ReferencePicture.objects.named_by(names)

    @property
    def findings(self) -> list[Card]:
        return [self.card(check) for check in self.visit.findings]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Where and what, for the summary."""
        cards = [card for _part, _icon, found in self.parts for card in found]
        return [(f"{name}-{card.id}", words) for card in cards for name, words in card.errors.items()]

    @property
    def has_many_sheets(self) -> bool:
        return len(self.visit.sheets) > 1

    @property
    def percent(self) -> int:
        return round(100 * self.visit.answered / self.visit.total) if self.visit.total else 0

    @property
    def open_count(self) -> int:
        return len(self.visit.blocking)

    @cached_property
    def next_open(self) -> facts.Check | None:
        return next(facts.waits_for(self.visit), None)

    @property
    def next_address(self) -> str:
        return self.address_of(self.next_open) if self.next_open else ""

    def address_of(self, check: facts.Check) -> str:
        return f"?part={self.part_of(check)}#item-{check.sheet.pk}-{check.item.code}"

    def after(self, key: str) -> facts.Check | None:
        """The next open check behind a part, else from the start."""
        keys = [part.key for part in self.visit.parts]
        place = keys.index(key) if key in keys else -1
        waiting = list(facts.waits_for(self.visit))
        behind = [check for check in waiting if keys.index(self.part_of(check)) >= place]
        return next(iter(behind or waiting), None)

    def before(self, key: str) -> str:
        """The part before, or the last."""
        keys = [part.key for part in self.visit.parts]
        return keys[(keys.index(key) if key in keys else 0) - 1]

    @cached_property
    def _promises(self) -> dict[tuple[int | None, str], Promise]:
        return {}

    def promised(self, check: facts.Check) -> Promise:
        """Asked once for each unit and area; none where no ticket can be raised, as of a unit that was moved away."""
        key = check.sheet.unit_id, check.area.value
        if key not in self._promises:
            try:
                self._promises[key] = promise_of(self.case, check, at=timezone.now())
            except Refusal:
                self._promises[key] = NO_PROMISE
        return self._promises[key]


@dataclass(frozen=True)
class AheadPage(Page):
    """A visit that has not begun: nothing of it stands in the page, and a phone makes its sections of what is here."""

    @property
    def current(self) -> str:
        return ""

    @property
    def parts(self) -> list[tuple[facts.Part, str, list[Card]]]:
        return []

    @cached_property
    def firsts(self) -> list[tuple[facts.Part, str, list[Card]]]:
        """Of each list that the visit may be walked by, with what is known of last time."""
        return self._drawn

    @cached_property
    def blanks(self) -> list[tuple[facts.Part, str, list[Card]]]:
        """Where it is not agreed by which list the visit is walked, a further unit waits for the desk."""
        return super().blanks if len(self.visit.sheets) == 1 else []


def phone_of(inspection: Inspection) -> str:
    """Whom to call at the site: the contact of the ticket, else who reported it, else a customer there."""
    case = inspection.ticket
    if case.contact_phone:
        return case.contact_phone
    people = User.objects.filter(is_active=True).exclude(phone="")
    if case.reporter_id and (own := people.filter(pk=case.reporter_id, memberships__isnull=False).first()):
        return own.phone
    there = people.filter(memberships__site=case.site_id) if case.site_id else people.none()
    found = there.order_by("pk").first()
    return found.phone if found else ""


@dataclass(frozen=True)
class Side:
    """One of two answers to a check, in words."""

    entry: AnswerEntry
    words: str
    is_counting: bool


@dataclass(frozen=True)
class Clash:
    card: Card
    sides: Sequence[Side]


def clashes_of(page: Page) -> list[Clash]:
    """Checks that two devices answered without having seen each other."""
    return [
        Clash(page.card(check), [_side(check, check.answer.entry, True), _side(check, check.answer.other, False)])
        for check in page.visit.asked
        if check.answer is not None and check.answer.other is not None
    ]


def _side(check: facts.Check, entry: AnswerEntry, is_counting: bool) -> Side:
    given = read_given(entry.answer)
    judged = judge(check.item, given.with_photos(len(check.photos)), check.last)
    option = check.item.option(given.choice)
    said = [
        words.reading_beside_limit(check.item, given, judged),
        option.text if option else given.text,
        str(Answer.Results(judged.result.value).label),
        given.finding,
    ]
    return Side(entry, ", ".join(one for one in said if one), is_counting)


def paths_of(strokes: Sequence[Sequence[Sequence[float]]]) -> list[str]:
    """A drawn signature as lines of a picture 1000 wide and 240 high."""
    return [
        "".join(f"{'L' if at else 'M'}{x * 1000:.1f} {y * 240:.1f}" for at, (x, y) in enumerate(stroke))
        for stroke in strokes
    ]
