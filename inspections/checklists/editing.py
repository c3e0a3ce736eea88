"""Changes to the document of a draft, each from the old document to a new one; the old one stays as it was.

A draft may be unfinished (a section without checks): whole it must be when it is published. Places that are not there
raise KeyError. Words in further languages go with the text that they say.
"""

from collections.abc import Mapping
from typing import Any

from inspections.checklists import words
from inspections.checklists.reading import Reader, item_of, section_of

Document = Mapping[str, Any]
HEAD = ("name", "purpose", "family", "language")


def empty(code: str, name: str) -> dict[str, Any]:
    return {"code": code, "name": name, "purpose": "any", "sections": []}


def with_head(document: Document, values: Mapping[str, Any]) -> dict[str, Any]:
    """Name, purpose, family and language."""
    return words.fitting(_tidy({**document, **{name: values[name] for name in HEAD if name in values}}), document)


def put_section(document: Document, values: Mapping[str, Any], code: str = "") -> dict[str, Any]:
    """Adds a section, or changes the head of the one with that code. Raises ChecklistError."""
    sections = _sections(document)
    old = sections[_place(sections, code)] if code else {"items": []}
    new = _tidy({**old, **values})
    section_of(Reader(new), taken={one["code"] for one in sections if one is not old})
    if code:
        sections[_place(sections, code)] = new
    else:
        sections.append(new)
    return words.fitting({**document, "sections": sections}, document)


def put_item(document: Document, section: str, values: Mapping[str, Any], code: str = "") -> dict[str, Any]:
    """Adds an item at the end of a section, or puts another in the place of the one with that code. Raises
    ChecklistError.
    """
    sections = _sections(document)
    items = sections[_place(sections, section)]["items"]
    new = _tidy(values)
    item_of(Reader(new), {one["code"] for part in sections for one in part["items"]} - {code})
    if code:
        items[_place(items, code)] = new
    else:
        items.append(new)
    return words.fitting({**document, "sections": sections}, document)


def without_section(document: Document, code: str) -> dict[str, Any]:
    sections = _sections(document)
    del sections[_place(sections, code)]
    return words.fitting({**document, "sections": sections}, document)


def without_item(document: Document, section: str, code: str) -> dict[str, Any]:
    sections = _sections(document)
    items = sections[_place(sections, section)]["items"]
    del items[_place(items, code)]
    return words.fitting({**document, "sections": sections}, document)


def move_section(document: Document, code: str, by: int) -> dict[str, Any]:
    """`by` places down (negative: up); at an end it stays."""
    sections = _sections(document)
    _move(sections, _place(sections, code), by)
    return {**document, "sections": sections}


def move_item(document: Document, section: str, code: str, by: int) -> dict[str, Any]:
    """Within its section and, from an end of it, into the next one."""
    sections = _sections(document)
    place = _place(sections, section)
    items = sections[place]["items"]
    at = _place(items, code)
    if 0 <= at + by < len(items):
        _move(items, at, by)
    elif 0 <= (neighbour := place + (1 if by > 0 else -1)) < len(sections):
        item, others = items.pop(at), sections[neighbour]["items"]
        others.insert(0 if by > 0 else len(others), item)
    return {**document, "sections": sections}


def _sections(document: Document) -> list[dict[str, Any]]:
    """A copy as deep as changes reach."""
    return [{**section, "items": list(section.get("items", ()))} for section in document.get("sections", ())]


def _place(rows: list[dict[str, Any]], code: str) -> int:
    for place, row in enumerate(rows):
        if row["code"] == code:
            return place
    raise KeyError(code)


def _move(rows: list[dict[str, Any]], at: int, by: int) -> None:
    row = rows.pop(at)
    rows.insert(max(0, min(len(rows), at + by)), row)


def _tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what was left empty: what is not there has its default."""
    return {name: value for name, value in values.items() if value not in (None, "")}
