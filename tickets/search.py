"""Search text as PostgreSQL literals: words for most scripts, characters and bigrams for Han, trigrams for Thai.

PostgreSQL's own parser takes a Chinese sentence for one word, so tokens are made here, the same way for what is stored
and for what is asked. Chinese is read twice: each character as its Simplified one, and each word of Taiwan as the
mainland's; either may find. Internal words carry a weight of their own, which a customer's question leaves out. Decides
nothing about who may see what.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Value
from django.db.models.functions import Cast
from opencc import OpenCC

# Positions of a tsvector end at 16,383; what lies beyond cannot be found, which long logs in a description can bear.
LONGEST_TEXT = 12_000
LONGEST_WORD = 60
INTERNAL, PUBLIC = "A", "D"  # weights of a tsvector; a word without one has D
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
RUN = re.compile(rf"(?P<han>{HAN.pattern}+)|(?P<thai>[\u0e00-\u0e7f]+)|(?P<word>[^\W_]+)")

ENDING = re.compile(r"(?P<stem>[a-z]{4,}?)(?:ies|(?<=[sxz])es|(?<=[cs]h)es|(?<![siu])s|(?P<verb>(?<!e)ed|ing))")


class LiteralQuery(SearchQuery):
    """A tsquery made here; PostgreSQL's parser is not asked."""

    template = "CAST(%(expressions)s AS tsquery)"

    def __init__(self, literal: str) -> None:
        super().__init__(literal)
        self.function = None


def vector(*texts: str, is_internal: bool = False) -> Any:
    """The value for a search column: an expression that the database casts."""
    return Cast(Value(literal(*texts, weight=INTERNAL if is_internal else "")), SearchVectorField())


def query(text: str, *, is_loose: bool = False, is_public: bool = True) -> LiteralQuery | None:
    """The question as PostgreSQL takes it, None when there is nothing to look for. `is_loose`: any token will do;
    `is_public`: internal words are as if they were not there.
    """
    weight = PUBLIC if is_public else ""
    between = " | " if is_loose else " & "
    asked = (
        between.join(f"({_ask(kind, run, weight, is_loose=is_loose)})" for kind, run in _runs(reading))
        for reading in readings(text)
    )
    joined = " | ".join(f"({part})" for part in asked if part)
    return LiteralQuery(joined) if joined else None


def is_one_run(text: str) -> bool:
    """One unbroken run of Han, in which words cannot be told apart."""
    runs = list(_runs(readings(text)[0]))
    return len(runs) == 1 and runs[0][0] == "han" and len(runs[0][1]) > 2


def readings(text: str) -> list[str]:
    """The text as it is looked up: by its characters, and by its words where these differ (網路: 网路, 网络)."""
    plain = unicodedata.normalize("NFKC", text.replace("\x00", " ")).casefold()
    if not HAN.search(plain):  # the dictionaries (6 MiB) are for those who write Chinese
        return [_bare(plain)]
    return list(dict.fromkeys(_bare(read) for read in (plain.translate(_characters()), _words().convert(plain))))


def literal(*texts: str, weight: str = "") -> str:
    """A tsvector as text. Texts are kept apart by a gap, so that no phrase reaches from one into the next."""
    places: dict[str, dict[int, None]] = {}
    start = 1
    for text in texts:
        # Both readings begin at the same place: one after the other, a long text would come to the end of positions.
        ends = [_place(reading, start, places) for reading in readings(text[:LONGEST_TEXT])]
        start = max(ends) + 2
    return " ".join(_stored(token, list(at)[:200], weight) for token, at in places.items())


def _place(reading: str, start: int, places: dict[str, dict[int, None]]) -> int:
    """Where its tokens stand, and where the next may."""
    for kind, run in _runs(reading):
        for token, offset in _tokens(kind, run):
            places.setdefault(token, {})[min(start + offset, 16_383)] = None
        start += len(run) if kind != "word" else 1
    return start


def _stored(token: str, places: list[int], weight: str) -> str:
    return f"{_quoted(token)}:{','.join(f'{place}{weight}' for place in places)}"


def _runs(reading: str) -> Iterator[tuple[str, str]]:
    for match in RUN.finditer(reading):
        yield str(match.lastgroup), match[0]


def _bare(text: str) -> str:
    """Without the accents of Latin letters; Thai marks stay, they are part of the word."""
    parts = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in parts if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=1)
def _characters() -> dict[int, str]:
    """Traditional to Simplified, each by itself: a piece of a word must find the word."""
    fold = OpenCC("t2s").convert
    all_han = (chr(code) for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF)) for code in range(first, last + 1))
    # Character by character: one call for all leaves 4 MiB behind in every process.
    return {ord(char): simple for char in all_han if (simple := fold(char)) != char}


@lru_cache(maxsize=1)
def _words() -> OpenCC:
    return OpenCC("tw2sp")


def _tokens(kind: str, run: str) -> Iterator[tuple[str, int]]:
    if kind == "word":
        yield run[:LONGEST_WORD], 0
        return
    longest = 2 if kind == "han" else 3
    for start in range(len(run)):
        yield run[start : start + longest], start
        if kind == "han" and start + 1 < len(run):
            yield run[start], start


def _ask(kind: str, run: str, weight: str, *, is_loose: bool) -> str:
    whole = f":{weight}" if weight else ""
    if kind == "word":
        return f"{_quoted(_stem(run[:LONGEST_WORD]))}:*{weight}"
    longest = 2 if kind == "han" else 3
    if len(run) <= longest:
        return _quoted(run) + (f":*{weight}" if kind == "thai" else whole)
    pieces = [_quoted(run[start : start + longest]) + whole for start in range(len(run) - longest + 1)]
    return (" | " if is_loose else " <-> ").join(pieces)


def _stem(word: str) -> str:
    """What the English forms of a word begin with alike, where at least four letters are left: batteries, battery; what
    begins with it is found. Other words stay as they are.
    """
    found = ENDING.fullmatch(word)
    if found is None:
        return word
    stem = found["stem"]
    return stem[:-1] if found["verb"] and stem[-1] == stem[-2] and len(stem) > 4 and stem[-1] not in "lsz" else stem


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
