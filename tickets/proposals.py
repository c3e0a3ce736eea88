"""The time of a change: what the desk proposed with its answer, and what both sides agreed on. Pure.

It reads the log in the order in which things happened, without what was taken back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from common.instants import instant_or_none

ASKED = frozenset({"change_answered", "change_confirmed"})
DONE = frozenset({"change_delivered", "restored", "resolved", "closed", "cancelled"})


class Told(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Terms:
    """`proposed_at` waits for the customer's word; `agreed_at` stands until the change is delivered, whatever is said
    later, as the clock that it started does.

    `seq`: the answer that is in force. One without a time proposes none, and puts an earlier proposal out of force.
    """

    seq: int = 0
    proposed_at: datetime | None = None
    agreed_at: datetime | None = None
    is_agreed: bool = False

    def open_at(self, now: datetime) -> int:
        """The proposal that can be agreed to; 0: none."""
        return self.seq if self.proposed_at is not None and self.proposed_at > now else 0


NOTHING = Terms()


def of(log: Iterable[Told]) -> Terms:
    terms = NOTHING
    for event in log:
        if event.type in DONE:
            terms = NOTHING
        elif terms.is_agreed:
            continue
        elif event.type == "change_answered":
            terms = replace(
                terms, seq=event.seq, proposed_at=instant_or_none(event.data.get("proposed_at")), is_agreed=False
            )
        elif event.type == "change_confirmed":
            agreed_at = instant_or_none(event.data.get("agreed_at"))
            terms = replace(terms, proposed_at=None, agreed_at=agreed_at, is_agreed=True)
    return terms
