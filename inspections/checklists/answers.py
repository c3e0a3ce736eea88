"""What an answer means: a pure function of the item, the answer and the reading of the last time.

A reading outside its limits is a failure and says by how much; the engineer may overrule with a reason, which is kept.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from inspections.checklists.model import Item, Kind, Limits, Photo


class Result(StrEnum):
    """What the engineer pressed, and what comes of it."""

    OPEN = "open"
    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Answer:
    """As it was given. `result`: what was pressed, OPEN where nothing was; `reason`: why it overrules what a reading or
    a choice says by itself; `photos`: how many there are.
    """

    result: Result = Result.OPEN
    reading: Decimal | None = None
    choice: str = ""
    text: str = ""
    reason: str = ""
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """`excess`: how far a reading lies outside (in its unit, signed: below a limit is negative); `limit` is the one.
    `lacks`: what the answer still needs before a visit can be signed: "answer", "reason", "photo".
    """

    result: Result
    excess: Decimal | None = None
    limit: Decimal | None = None
    is_overruled: bool = False
    lacks: tuple[str, ...] = ()

    @property
    def blocks_sign_off(self) -> bool:
        return bool(self.lacks)


def judge(item: Item, answer: Answer, last: Decimal | None = None) -> Judgement:
    """`last`: the reading of the same item of the same unit at the last visit; None where there is none."""
    limit = broken_limit(item.limits, answer.reading, last) if answer.reading is not None else None
    excess = None if limit is None or answer.reading is None else answer.reading - limit
    by_itself = _by_itself(item, answer, is_outside=limit is not None)
    pressed = answer.result if answer.result != Result.OPEN else by_itself
    is_overruled = by_itself != Result.OPEN and pressed != by_itself and not _is_moot(pressed, by_itself)
    return _with_needs(item, answer, Judgement(pressed, excess, limit, is_overruled))


def _is_moot(pressed: Result, by_itself: Result) -> bool:
    """A good value of a check that does not apply hides nothing; a bad one would."""
    return pressed == Result.NOT_APPLICABLE and by_itself == Result.PASSED


def broken_limit(limits: Limits, reading: Decimal, last: Decimal | None) -> Decimal | None:
    """The limit that a reading lies beyond, None if it is good. Fixed limits come before those against last time."""
    if limits.low is not None and reading < limits.low:
        return limits.low
    if limits.high is not None and reading > limits.high:
        return limits.high
    if last is None:
        return None
    allowed = [size for size in (limits.change, _share(limits.change_percent, last)) if size is not None]
    if not allowed or abs(reading - last) <= min(allowed):
        return None
    return last + min(allowed) if reading > last else last - min(allowed)


def _share(percent: Decimal | None, last: Decimal) -> Decimal | None:
    return None if percent is None else abs(last) * percent / 100


def _by_itself(item: Item, answer: Answer, *, is_outside: bool) -> Result:
    """What follows from the answer without anybody's judgement."""
    if item.kind == Kind.READING and answer.reading is not None:
        return Result.FAILED if is_outside else Result.PASSED
    if item.kind == Kind.CHOICE and (option := item.option(answer.choice)):
        return Result.FAILED if option.is_failure else Result.PASSED
    if item.kind == Kind.TEXT and answer.text.strip():
        return Result.PASSED
    if item.kind == Kind.PHOTO and answer.photos:
        return Result.PASSED
    return Result.OPEN


def _with_needs(item: Item, answer: Answer, judgement: Judgement) -> Judgement:
    lacks = []
    if item.is_mandatory and judgement.result == Result.OPEN:
        lacks.append("answer")
    if judgement.is_overruled and not answer.reason.strip():
        lacks.append("reason")
    if not answer.photos and _wants_photo(item, judgement.result):
        lacks.append("photo")
    return Judgement(judgement.result, judgement.excess, judgement.limit, judgement.is_overruled, tuple(lacks))


def _wants_photo(item: Item, result: Result) -> bool:
    if item.photo == Photo.ON_FAILURE:
        return result == Result.FAILED
    return item.photo == Photo.ALWAYS and item.is_mandatory and result in (Result.PASSED, Result.FAILED)
