"""The day of a visit: what is planned, announced, agreed and proposed instead. Pure.

It reads the log in the order in which things happened, without what was taken back. A word about a day is a word about
the booking it was said of: with the next booking everybody is asked again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from common.instants import instant_or_none

BOOKED = "visit_planned"
ENDS = {"visit_done": "done", "visit_failed": "failed", "closed": "done", "cancelled": "cancelled"}
MAKER = {"maker_asked": "asked", "maker_confirmed": "confirmed"}
TOLD_BY = frozenset({BOOKED, "notice_sent", "visit_agreed", "visit_days_proposed", "visit_days_declined"})
TOLD_BY |= ENDS.keys() | MAKER.keys() | {"reopened", "retracted"}
# Each of them changes what a calendar elsewhere has to show.
MOVES = frozenset({BOOKED, "cancelled", "reopened", "retracted"})


class Told(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def seq(self) -> int: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Offer:
    """Other days that suit the customer, with his words. `seq`: which offer, as one offer follows another."""

    seq: int
    days: tuple[datetime, ...]
    words: str = ""


@dataclass(frozen=True)
class Terms:
    """`seq`: the booking in force, 0 without one. `maker`: "", asked or confirmed. `outcome`: "" while somebody is to
    come, then done, failed or cancelled. `is_asked`: the customer was told of a day, of this or an earlier one.
    """

    seq: int = 0
    planned_at: datetime | None = None
    minutes: int | None = None
    is_announced: bool = False
    is_asked: bool = False
    is_agreed: bool = False
    offer: Offer | None = None
    maker: str = ""
    maker_contact: str = ""
    outcome: str = ""

    @property
    def is_over(self) -> bool:
        return bool(self.outcome)

    @property
    def is_ahead(self) -> bool:
        return self.planned_at is not None and not self.is_over

    def can_be_answered(self, now: datetime) -> bool:
        """Whether the customer may still say yes, or propose another day."""
        is_open = self.is_ahead and self.is_asked and not self.is_agreed
        return is_open and self.planned_at is not None and self.planned_at > now


NOTHING = Terms()


def of(log: Iterable[Told]) -> Terms:
    terms = NOTHING
    for event in log:
        if event.type == BOOKED:
            terms = _booked(terms, event)
        elif event.type in ENDS:
            outcome = ENDS[event.type] if event.type != "closed" else terms.outcome or ENDS[event.type]
            terms = replace(terms, outcome=outcome, offer=None)
        elif event.type == "reopened":
            terms = replace(terms, outcome=terms.outcome if terms.outcome in ("done", "failed") else "")
        elif event.type == "notice_sent":
            terms = replace(terms, is_announced=True, is_asked=True)
        elif event.type == "visit_agreed":
            terms = replace(terms, is_agreed=True, offer=None)
        elif event.type == "visit_days_proposed":
            terms = replace(terms, is_agreed=False, offer=_offer(event))
        elif event.type == "visit_days_declined":
            terms = replace(terms, offer=None)
        elif event.type in MAKER:
            contact = str(event.data.get("contact") or terms.maker_contact)
            terms = replace(terms, maker=MAKER[event.type], maker_contact=contact)
    return terms


def _booked(terms: Terms, event: Told) -> Terms:
    """Length and the maker's contact stay; a day that the customer proposed himself is agreed."""
    minutes = event.data.get("minutes")
    return Terms(
        seq=event.seq,
        planned_at=instant_or_none(event.data.get("planned_at")),
        minutes=minutes if isinstance(minutes, int) else terms.minutes,
        is_asked=terms.is_asked,
        is_agreed=bool(event.data.get("takes")),
        maker_contact=terms.maker_contact,
    )


def _offer(event: Told) -> Offer:
    days = (instant_or_none(day) for day in event.data.get("days") or ())
    return Offer(event.seq, tuple(day for day in days if day is not None), str(event.data.get("words") or ""))
