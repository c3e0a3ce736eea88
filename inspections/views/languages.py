"""In which languages a list can be read, and how many of its texts each lacks. Counts only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from inspections.checklists import shipped, words


@dataclass(frozen=True)
class Tongue:
    """One language of a list. `missing` of its `total` texts have no words in it."""

    code: str
    name: str
    missing: int
    total: int
    is_own: bool = False


def tongues(document: Mapping[str, Any]) -> list[Tongue]:
    """The list's own first, then those of the product and further ones that it has words in."""
    own, total = words.own_language(document), len(words.texts(document))
    further = [code for code, _name in settings.LANGUAGES] + sorted(document.get("words") or {})
    return [Tongue(own, name_of(own), 0, total, is_own=True)] + [
        Tongue(code, name_of(code), len(words.missing(document, code)), total)
        for code in dict.fromkeys(further)
        if code != own
    ]


def name_of(code: str) -> str:
    """As its readers write it; the code of one that the product does not speak."""
    return str(dict(settings.LANGUAGES).get(code, code))


def offered(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with the words that the product brings for texts without any."""
    return words.filled(document, shipped.known_words(str(document.get("code", ""))))


def offer(document: Mapping[str, Any]) -> int:
    """How many words those are."""
    return words.count(offered(document)) - words.count(document)
