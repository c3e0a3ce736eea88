"""The words of a list in further languages: where each text stands, which are missing, the list as one reads it.

A text is named by its place: `name`, `sections.CODE`, `items.CODE.text`, `.hint`, `.picture_text`,
`items.CODE.options.CODE`. Functions on documents take unfinished drafts too. What is not translated stays as it was
written; no language stands in for another.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from inspections.checklists.model import Checklist, Item, Section

Document = Mapping[str, Any]
ITEM_TEXTS = ("text", "hint", "picture_text")
OWN = "en"  # the language of a list that does not say it


def texts(document: Document) -> dict[str, str]:
    """Place -> what is written there, in the order in which it is read."""
    found = {"name": document.get("name", "")}
    for section in document.get("sections") or ():
        found[f"sections.{section['code']}"] = section.get("title", "")
        for item in section.get("items") or ():
            place = f"items.{item['code']}"
            found |= {f"{place}.{name}": item.get(name, "") for name in ITEM_TEXTS}
            found |= {f"{place}.options.{one['code']}": one.get("text", "") for one in item.get("options") or ()}
    return {place: text for place, text in found.items() if text}


def pictures(document: Document) -> dict[str, str]:
    """Hash -> code of the item that shows the picture."""
    items = (item for section in document.get("sections") or () for item in section.get("items") or ())
    return {item["picture"]: item["code"] for item in items if item.get("picture")}


def own_language(document: Document) -> str:
    return str(document.get("language") or OWN)


def words_in(document: Document, language: str) -> dict[str, str]:
    """Place -> its words in that language, only of those that have some."""
    return flat(_table(document).get(language) or {})


def flat(table: Mapping[str, Any], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in table.items():
        found |= flat(value, f"{above}{name}.") if isinstance(value, Mapping) else {f"{above}{name}": value}
    return found


def nested(words: Mapping[str, str]) -> dict[str, Any]:
    """As the document has it."""
    found: dict[str, Any] = {}
    for place, text in words.items():
        *above, name = place.split(".")
        table = found
        for step in above:
            table = table.setdefault(step, {})
        table[name] = text
    return found


def missing(document: Document, language: str) -> list[str]:
    """Places without words in that language; none in the list's own."""
    if language == own_language(document):
        return []
    has = words_in(document, language)
    return [place for place in texts(document) if place not in has]


def with_words(document: Document, language: str, words: Mapping[str, str]) -> dict[str, Any]:
    """Replaces all words of a language; those of texts that are not there, or empty, are left out."""
    places = texts(document)
    kept = {place: words[place] for place in places if words.get(place)}
    table = {**_table(document), language: nested(kept)}
    return _with_table(document, {code: found for code, found in table.items() if found})


def fitting(document: Document, before: Document) -> dict[str, Any]:
    """Without words of texts that are gone or say something else than `before`: they say an old thing."""
    now, then = texts(document), texts(before)
    changed = {place for place, text in now.items() if place in then and then[place] != text}
    found: dict[str, Any] = {**document}
    for language in _table(document):
        words = words_in(document, language)
        is_own = language == own_language(document)
        kept = {} if is_own else {place: text for place, text in words.items() if place not in changed}
        found = with_words(found, language, kept)
    return found


def filled(document: Document, known: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """With known words (language -> text -> its words) where a text has none yet; what somebody wrote stays."""
    found: dict[str, Any] = {**document}
    places = texts(document)
    for language, words in known.items():
        new = {place: words[places[place]] for place in missing(document, language) if places[place] in words}
        if new:
            found = with_words(found, language, {**words_in(document, language), **new})
    return found


def count(document: Document) -> int:
    """How many words there are in all further languages."""
    return sum(len(words_in(document, language)) for language in _table(document))


def in_language(checklist: Checklist, language: str) -> Checklist:
    """The list as somebody reads it in that language, text by text; answers, codes and limits stay."""
    words = checklist.words.get(language)
    if not words:
        return checklist
    sections = tuple(_section(section, words) for section in checklist.sections)
    return replace(checklist, name=words.get("name", checklist.name), sections=sections)


def _section(section: Section, words: Mapping[str, str]) -> Section:
    title = words.get(f"sections.{section.code}", section.title)
    return replace(section, title=title, items=tuple(_item(item, words) for item in section.items))


def _item(item: Item, words: Mapping[str, str]) -> Item:
    place = f"items.{item.code}"
    options = (replace(one, text=words.get(f"{place}.options.{one.code}", one.text)) for one in item.options)
    return replace(
        item,
        text=words.get(f"{place}.text", item.text),
        hint=words.get(f"{place}.hint", item.hint),
        picture_text=words.get(f"{place}.picture_text", item.picture_text),
        options=tuple(options),
    )


def _table(document: Document) -> Mapping[str, Any]:
    return document.get("words") or {}


def _with_table(document: Document, table: Mapping[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in document.items() if name != "words"}
    return {**rest, "words": table} if table else rest
