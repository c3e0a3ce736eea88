"""Search text as PostgreSQL literals: words for most scripts, characters and bigrams for Han, trigrams for Thai.

PostgreSQL's own parser takes a Chinese sentence for one word, so tokens are made here, the same way for what is stored
and for what is asked. Traditional characters are stored as Simplified ones. Decides nothing about who may see what.
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
RUN = re.compile(r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+)|(?P<thai>[\u0e00-\u0e7f]+)|(?P<word>[^\W_]+)")


class LiteralQuery(SearchQuery):
    """A tsquery made here; PostgreSQL's parser is not asked."""

    template = "CAST(%(expressions)s AS tsquery)"

    def __init__(self, literal: str) -> None:
        super().__init__(literal)
        self.function = None


def vector(*texts: str) -> Any:
    """The value for a search column: an expression that the database casts."""
    return Cast(Value(literal(*texts)), SearchVectorField())


def query(text: str, *, is_loose: bool = False) -> LiteralQuery | None:
    """The question as PostgreSQL takes it, None when there is nothing to look for. `is_loose`: any token will do."""
    asked = [_ask(kind, run, is_loose) for kind, run in _runs(text)]
    joined = (" | " if is_loose else " & ").join(f"({part})" for part in asked if part)
    return LiteralQuery(joined) if joined else None


def is_one_run(text: str) -> bool:
    """One unbroken run of Han, in which words cannot be told apart."""
    runs = list(_runs(text))
    return len(runs) == 1 and runs[0][0] == "han" and len(runs[0][1]) > 2


def literal(*texts: str) -> str:
    """A tsvector as text. Texts are kept apart by a gap, so that no phrase reaches from one into the next."""
    places: dict[str, list[int]] = {}
    position = 1
    for text in texts:
        for kind, run in _runs(text[:LONGEST_TEXT]):
            for token, offset in _tokens(kind, run):
                places.setdefault(token, []).append(min(position + offset, 16_383))
            position += len(run) if kind != "word" else 1
        position += 2
    return " ".join(f"{_quoted(token)}:{','.join(map(str, at[:200]))}" for token, at in places.items())


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for match in RUN.finditer(_folded(text)):
        yield str(match.lastgroup), match[0]


def _folded(text: str) -> str:
    """Width, case and accents of Latin letters fold; Thai marks stay, they are part of the word."""
    plain = unicodedata.normalize("NFKC", text.replace("\x00", " ")).casefold()
    parts = unicodedata.normalize("NFD", _simplifier().convert(plain))
    bare = "".join(char for char in parts if not "\u0300" <= char <= "\u036f")
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
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


def _ask(kind: str, run: str, is_loose: bool) -> str:
    if kind == "word":
        return f"{_quoted(run[:LONGEST_WORD])}:*"
    longest = 2 if kind == "han" else 3
    if len(run) <= longest:
        return _quoted(run) + (":*" if kind == "thai" else "")
    pieces = [_quoted(run[start : start + longest]) for start in range(len(run) - longest + 1)]
    return (" | " if is_loose else " <-> ").join(pieces)


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
