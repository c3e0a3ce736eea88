"""Reads a checklist from its document (TOML or JSON). Refuses what could not be worked through, and names the place."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from common import documents
from inspections.checklists import words
from inspections.checklists.model import Area, Checklist, Item, Kind, Limits, Option, Photo, Purpose, Section

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
LONGEST_CODE = 50
LONGEST_NAME = 150
LONGEST_TEXT = 500
LONGEST_UNIT = 20
GRAVEST, LIGHTEST = 1, 4
MOST_ITEMS = 400
MOST_OPTIONS = 12
MOST_LANGUAGES = 20
LIMITS = ("low", "high", "change", "change_percent")
_ONLY_FOR = dict.fromkeys(("unit", *LIMITS), Kind.READING) | {"options": Kind.CHOICE}


class ChecklistError(documents.DocumentError):
    """A checklist that cannot be used; `path` is the wrong place, such as `sections[0].items[2].unit`."""


class Reader(documents.Reader):
    error: ClassVar[type[documents.DocumentError]] = ChecklistError

    def code(self, name: str, taken: set[str]) -> str:
        """A short word for machines, used once."""
        code = self.text(name, longest=LONGEST_CODE)
        if not CODE.fullmatch(code):
            raise self.wrong(name, "small letters, digits and hyphens are expected")
        if code in taken:
            raise self.wrong(name, f"{code!r} is there twice")
        taken.add(code)
        return code

    def number(self, name: str) -> Decimal | None:
        value = self.raw(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise self.wrong(name, "a number is expected")
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise self.wrong(name, "a number is expected") from None
        if not number.is_finite():
            raise self.wrong(name, "a number is expected")
        return number

    def language(self, name: str, default: str) -> str:
        """The code of a language, in small letters."""
        language = self.text(name, default)
        if not LANGUAGE.fullmatch(language):
            raise self.wrong(name, "the code of a language is expected, such as en or zh-hans")
        return language


def read(document: Mapping[str, Any]) -> Checklist:
    """Raises `ChecklistError`."""
    reader = Reader(document)
    codes: set[str] = set()
    items: set[str] = set()
    checklist = Checklist(
        code=reader.code("code", set()),
        name=reader.text("name", longest=LONGEST_NAME),
        purpose=Purpose(reader.choice("purpose", list(Purpose), Purpose.ANY)),
        family=reader.text("family", "", longest=60),
        language=reader.language("language", words.OWN),
        sections=tuple(_section(one, codes, items) for one in reader.tables("sections")),
    )
    checklist = replace(checklist, words=_words(reader.table("words"), words.texts(document), checklist.language))
    reader.finish()
    if not any(item.is_answered_by_a_person for item in checklist.items):
        raise reader.wrong("sections", "a checklist asks for something")
    if len(items) > MOST_ITEMS:
        raise reader.wrong("sections", f"at most {MOST_ITEMS} checks are expected")
    return checklist


def _section(reader: Reader, codes: set[str], items: set[str]) -> Section:
    section = section_of(reader, codes, items)
    if not section.items:
        raise reader.wrong("items", "a section has at least one check")
    return section


def section_of(reader: Reader, taken: set[str], items: set[str] | None = None) -> Section:
    """One section by itself, which may be empty yet. `taken`, `items`: codes in use already; its own join them."""
    known = set() if items is None else items
    section = Section(
        code=reader.code("code", taken),
        title=reader.text("title", longest=LONGEST_NAME),
        area=Area(reader.choice("area", list(Area), Area.OTHER)),
        items=tuple(item_of(one, known) for one in reader.tables("items")),
    )
    reader.finish()
    return section


def item_of(reader: Reader, taken: set[str]) -> Item:
    """One item by itself. `taken`: codes that are used already; its own joins them."""
    kind = Kind(reader.choice("kind", list(Kind), Kind.CHECK))
    for name, only in _ONLY_FOR.items():
        if kind != only and reader.has(name):
            raise reader.wrong(name, f"only a {only} has it")
    item = Item(
        code=reader.code("code", taken),
        text=reader.text("text", longest=LONGEST_TEXT),
        kind=kind,
        hint=reader.text("hint", "", longest=LONGEST_TEXT),
        is_mandatory=reader.flag("mandatory", kind in (Kind.CHECK, Kind.READING, Kind.CHOICE)),
        photo=Photo(reader.choice("photo", list(Photo), Photo.ALWAYS if kind == Kind.PHOTO else Photo.OPTIONAL)),
        picture=reader.text("picture", "", longest=LONGEST_NAME),
        unit=reader.text("unit", longest=LONGEST_UNIT) if kind == Kind.READING else "",
        limits=_limits(reader),
        options=tuple(_options(reader)) if kind == Kind.CHOICE else (),
        severity=reader.integer("severity", GRAVEST, LIGHTEST) if reader.has("severity") else None,
        picture_text=reader.text("picture_text", "", longest=LONGEST_TEXT),
    )
    if item.picture_text and not item.picture:
        raise reader.wrong("picture_text", "there is no picture")
    if kind == Kind.INSTRUCTION and item.is_mandatory:
        raise reader.wrong("mandatory", "an instruction asks for nothing")
    reader.finish()
    return item


def _words(reader: Reader, places: Mapping[str, str], own: str) -> dict[str, Mapping[str, str]]:
    """What is said in further languages. Words of a text that is not there are a misspelt code."""
    found: dict[str, Mapping[str, str]] = {}
    for language in reader.data:
        if not LANGUAGE.fullmatch(language):
            raise reader.wrong(language, "the code of a language is expected, such as th or zh-hans")
        if language == own:
            raise reader.wrong(language, "the list itself is in this language")
        said: dict[str, str] = {}
        _words_of(reader.table(language), "", places, said)
        found[language] = said
    if len(found) > MOST_LANGUAGES:
        raise ChecklistError(reader.path, f"at most {MOST_LANGUAGES} languages are expected")
    return found


def _words_of(reader: Reader, above: str, places: Mapping[str, str], found: dict[str, str]) -> None:
    """One level of words; `above`: the place of its table, with a dot at the end."""
    for name in reader.data:
        place = f"{above}{name}"
        if place in places and "." not in name:
            longest = LONGEST_TEXT if place.endswith((".text", ".hint", ".picture_text")) else LONGEST_NAME
            found[place] = reader.text(name, longest=longest)
        elif "." not in name and any(known.startswith(f"{place}.") for known in places):
            _words_of(reader.table(name), f"{place}.", places, found)
        else:
            raise reader.wrong(name, "this list has no such text")


def _limits(reader: Reader) -> Limits:
    limits = Limits(*(reader.number(name) for name in LIMITS))
    if limits.low is not None and limits.high is not None and limits.low > limits.high:
        raise reader.wrong("high", "the upper limit lies below the lower one")
    for name, allowed in (("change", limits.change), ("change_percent", limits.change_percent)):
        if allowed is not None and allowed < 0:
            raise reader.wrong(name, "a change is allowed by its size, without a sign")
    return limits


def _options(reader: Reader) -> list[Option]:
    codes: set[str] = set()
    options = []
    for one in reader.tables("options"):
        text, is_failure = one.text("text", longest=LONGEST_NAME), one.flag("failure", False)
        options.append(Option(code=one.code("code", codes), text=text, is_failure=is_failure))
        one.finish()
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise reader.wrong("options", f"a choice has from 2 to {MOST_OPTIONS} options")
    return options
