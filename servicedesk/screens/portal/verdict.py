"""What the customer's side last said of the work: it works, or it does not yet; and whether that still stands. Pure.

It reads the log in the order in which things happened, without what was taken back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from accounts.models import User
from tickets.lifecycle import MOVES_TO

STATES = frozenset({"restored", "resolved", "in_progress"})
UNDONE_BY = frozenset({"reopened", "not_satisfied"})
TOLD_BY = frozenset(MOVES_TO) | {"satisfied", "survey_answered"}


class Told(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def user(self) -> User | None: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Verdict:
    """`works_at`: since when it is known to work; `fails_at`: when the case was opened again and nothing came since.

    `is_told`: the customer's side said that it fails; otherwise the desk, or a message, opened the case again.
    """

    works_at: datetime | None = None
    fails_at: datetime | None = None
    is_told: bool = False


NOTHING = Verdict()


def of(log: Iterable[Told]) -> Verdict:
    """A "yes" to what was only restored is asked for once more with the end of the work; one to that end stands."""
    verdict, is_final = NOTHING, False
    for event in log:
        if event.type in UNDONE_BY:
            verdict, is_final = Verdict(fails_at=event.occurred_at, is_told=_is_told(event)), False
        elif event.type == "satisfied":
            verdict, is_final = Verdict(works_at=event.occurred_at), True
        elif event.type == "survey_answered":
            works_at = event.occurred_at if event.data.get("works") else None
            verdict = verdict if is_final or works_at is None else Verdict(works_at=verdict.works_at or works_at)
        elif event.type in MOVES_TO and (verdict.fails_at or event.type in ("restored", "resolved")):
            verdict = verdict if is_final else NOTHING
    return verdict


def _is_told(event: Told) -> bool:
    is_staff = event.user is not None and event.user.is_staff_member
    return event.type == "not_satisfied" or not (is_staff or event.data.get("by_reply"))
