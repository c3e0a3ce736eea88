"""What stands on a paper, block by block, every word already in the language of its reader. Holds no markup.

What people wrote stays in the language they wrote it in: `langs` says which lines are not in that of the paper.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from common import languages
from inspections.paper.chart import Chart


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs, one a line. `is_quiet`: small print."""

    text: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, two columns of them."""

    rows: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Cards:
    """Numbers in a row: value, what it counts, and a mood: "", "good", "bad"."""

    cards: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """`outcome`: what came of it, in words; `mood`: "good" cured, "watch", "bad"."""

    question: str
    text: str
    outcome: str
    mood: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice: its kind in a word, and why."""

    kind_words: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """`right`: numbers of the columns that line up at the right. A row's mood as in Cards. `wide`: the column that
    takes twice the room of another.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    right: Sequence[int] = ()
    moods: Sequence[str] = ()
    wide: int | None = None


@dataclass(frozen=True, slots=True)
class Charts:
    charts: Sequence[Chart]


@dataclass(frozen=True, slots=True)
class Picture:
    """`name` is that of a file among the paper's pictures; `photo` the id of the photo it shows, for pages."""

    name: str
    caption: str
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """`columns`: how many stand in a row; of more than two each is small."""

    pictures: Sequence[Picture]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Note:
    """A framed sentence; the mood as in Cards."""

    text: str
    mood: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """`strokes`: lists of points, each from 0 to 1 of the field. Empty: a name that was typed, or nobody."""

    role: str
    name: str
    detail: str
    strokes: Sequence[Sequence[tuple[float, float]]] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    signatures: Sequence[Signature]


Block = Heading | Text | Facts | Cards | Finding | Advice | Table | Charts | Pictures | Note | Signature | Signatures


@dataclass(frozen=True)
class Paper:
    """`language` as the desk names it: en, zh-hans, zh-hant, th. `pages`: "Page {page} of {pages}" in it.

    `day`: of the paper, kept in the file. `pictures`: name -> bytes of WebP, PNG or JPEG.
    """

    language: str
    house: str
    title: str
    subtitle: str
    foot: str
    pages: str
    day: date
    blocks: Sequence[Block]
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def document(self) -> dict[str, Any]:
        """As the setting process takes it, without the pictures."""
        words = {name: getattr(self, name) for name in ("language", "house", "title", "subtitle", "foot", "pages")}
        blocks = [{"kind": type(block).__name__.lower(), **asdict(block)} for block in self.blocks]
        day = [self.day.year, self.day.month, self.day.day]
        return words | {"day": day, "blocks": blocks, "langs": langs_of([words, blocks], self.language)}


def langs_of(value: Any, language: str) -> dict[str, str]:
    """Line -> its own language as a tag, for those that are in another one than the paper.

    It decides about letters (Simplified or Traditional), where a line may break, and how it is read aloud.
    """
    own = languages.BCP47.get(language, language)
    found = {line: languages.detect(line, otherwise=own) for line in _lines(value)}
    return {line: spoken for line, spoken in found.items() if spoken != own}


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (line for line in value.split("\n") if line.strip())
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _lines(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _lines(one)
