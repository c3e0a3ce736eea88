"""An answer as a device sends it: read strictly, written the same way for ever. Pure.

`AnswerError` names the field and why, by a key that `inspections.wording` puts into words.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from inspections.checklists.answers import Answer, Result
from inspections.checklists.model import Item, Kind

LONGEST_TEXT = 4000
LONGEST_REASON = 1000
LARGEST, FINEST = Decimal("1e13"), 6
FIELDS = ("result", "reading", "choice", "text", "reason", "finding", "outcome", "level")
LENGTHS = {"choice": 50, "text": LONGEST_TEXT, "reason": LONGEST_REASON, "finding": LONGEST_TEXT, "level": 20}


class Outcome(StrEnum):
    """What comes of a failed check."""

    NONE = ""
    CURED = "cured"
    WATCH = "watch"
    TICKET = "ticket"


class AnswerError(ValueError):
    """`why` is a key: number, result, outcome, choice, long, text, unknown."""

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


@dataclass(frozen=True, slots=True)
class Given:
    """`reading` keeps the digits it was typed with. `level`: of the ticket to raise, empty for the suggested one."""

    result: Result = Result.OPEN
    reading: Decimal | None = None
    choice: str = ""
    text: str = ""
    reason: str = ""
    finding: str = ""
    outcome: Outcome = Outcome.NONE
    level: str = ""

    @property
    def document(self) -> dict[str, Any]:
        reading = None if self.reading is None else f"{self.reading:f}"
        plain = {name: getattr(self, name) for name in FIELDS}
        return plain | {"result": self.result.value, "outcome": self.outcome.value, "reading": reading}

    def with_photos(self, count: int) -> Answer:
        """As `judge` takes it."""
        return Answer(self.result, self.reading, self.choice, self.text, self.reason, count)


def read_given(document: Mapping[str, Any]) -> Given:
    """Raises AnswerError. What is left out is empty."""
    for name in document:
        if name not in FIELDS:
            raise AnswerError(str(name), "unknown")
    words = {name: _text(document, name, longest) for name, longest in LENGTHS.items()}
    return Given(
        result=_one_of(Result, document, "result", Result.OPEN),
        reading=_number(document.get("reading")),
        outcome=_one_of(Outcome, document, "outcome", Outcome.NONE),
        **words,
    )


def check(item: Item, given: Given) -> None:
    """Raises AnswerError where the answer is none to this item."""
    if given.reading is not None and item.kind != Kind.READING:
        raise AnswerError("reading", "unknown")
    if given.choice and item.option(given.choice) is None:
        raise AnswerError("choice", "choice")


def _one_of(kind: Any, document: Mapping[str, Any], name: str, empty: Any) -> Any:
    value = document.get(name)
    if value in (None, ""):
        return empty
    try:
        return kind(value)
    except ValueError:
        raise AnswerError(name, name) from None


def _text(document: Mapping[str, Any], name: str, longest: int) -> str:
    value = document.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or "\x00" in value:
        raise AnswerError(name, "text")
    text = value.replace("\r\n", "\n").strip()
    if len(text) > longest:
        raise AnswerError(name, "long")
    return text


def _number(value: Any) -> Decimal | None:
    """As people type it: with a comma, a real minus or a space before the unit's sign left over."""
    if value in (None, ""):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise AnswerError("reading", "number")
    text = unicodedata.normalize("NFKC", str(value)).strip().replace("\N{MINUS SIGN}", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise AnswerError("reading", "number") from None
    exponent = number.as_tuple().exponent
    if not number.is_finite() or abs(number) >= LARGEST or not isinstance(exponent, int) or exponent < -FINEST:
        raise AnswerError("reading", "number")
    return number if exponent <= 0 else number.quantize(Decimal(1))
