"""What a checklist is: sections of items, each with what is asked and what counts as a failure. Holds no answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Purpose(StrEnum):
    """What somebody walks through the list for; a plan names one."""

    DAILY = "daily"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    WARRANTY_END = "warranty-end"
    KEY_OPERATION = "key-operation"
    EVENT = "event"
    ANY = "any"


class Area(StrEnum):
    """What a section looks at."""

    ENVIRONMENT = "environment"
    HARDWARE = "hardware"
    SOFTWARE = "software"
    PERFORMANCE = "performance"
    SECURITY = "security"
    OTHER = "other"


class Kind(StrEnum):
    """What an item asks for."""

    CHECK = "check"  # pass, fail or not applicable
    READING = "reading"  # a number; outside its limits it fails
    CHOICE = "choice"  # one of its options, some of which are failures
    TEXT = "text"
    PHOTO = "photo"
    INSTRUCTION = "instruction"  # asks for nothing


class Photo(StrEnum):
    """When an item wants a picture besides its answer."""

    OPTIONAL = "optional"
    ON_FAILURE = "on-failure"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Limits:
    """A reading may be as low as `low` and as high as `high`, and differ from the last one by `change` (in the unit) or
    by `change_percent` of the last one. None: no such limit. A value on the limit is good.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    change: Decimal | None = None
    change_percent: Decimal | None = None

    @property
    def is_against_last(self) -> bool:
        return self.change is not None or self.change_percent is not None


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    text: str
    is_failure: bool


@dataclass(frozen=True, slots=True)
class Item:
    """`code` stays the same over versions: histories and trends go by it. `severity`: the gravity suggested for a
    ticket raised from a failure, 1 the gravest; None: none is suggested. `picture`: the hash of one that shows how it
    should look, `picture_text` what is to be seen on it.
    """

    code: str
    text: str
    kind: Kind
    hint: str
    is_mandatory: bool
    photo: Photo
    picture: str
    unit: str
    limits: Limits
    options: tuple[Option, ...]
    severity: int | None
    picture_text: str = ""

    @property
    def is_answered_by_a_person(self) -> bool:
        return self.kind != Kind.INSTRUCTION

    def option(self, code: str) -> Option | None:
        return next((one for one in self.options if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Section:
    code: str
    title: str
    area: Area
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """`family`: the product family it is for, empty for every one. `language`: the one it is written in; `words`:
    further language -> place of a text -> its words, see `checklists.words`.
    """

    code: str
    name: str
    purpose: Purpose
    family: str
    sections: tuple[Section, ...]
    language: str = "en"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def items(self) -> Iterator[Item]:
        return (item for section in self.sections for item in section.items)

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)

    def numbers(self) -> dict[str, int]:
        """The number each item has on every page and in every report: instructions have none."""
        asked = (item.code for item in self.items if item.is_answered_by_a_person)
        return {code: number for number, code in enumerate(asked, start=1)}
