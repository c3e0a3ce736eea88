"""What the engine is told: facts about the ticket and its site, and the event log.

The log is the only truth; nothing here knows what a scheme makes of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from common.instants import parse_instant, to_us
from sla.engine.vocabulary import CONSEQUENCES, INSTANT_FIELDS, PROGRAM_ONLY


@dataclass(frozen=True, slots=True)
class Case:
    """Facts about the ticket and its site that conditions and durations of a scheme look at."""

    kind: str = "fault"
    channel: str | None = None
    category: str | None = None
    cause: str | None = None
    in_warranty: bool | None = None  # None: unknown, which is not "in warranty"
    travel_minutes: int | None = None  # None: unknown, counted as 0
    local_loaner: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the log; `at` is when it happened, `seq` when it was written down compared with the others.

    `at` and the instants in `data` may be given as ISO 8601 text with an offset.
    """

    type: str
    at: datetime
    seq: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)
    automatic: bool = False

    def __post_init__(self) -> None:
        given: object = self.at
        if isinstance(given, str):
            object.__setattr__(self, "at", parse_instant(given))

    @property
    def is_by_program(self) -> bool:
        """Written by the program as an effect of the scheme (a customer's answer that ends a wait is not)."""
        return self.type in PROGRAM_ONLY or (self.automatic and self.type in CONSEQUENCES)

    @property
    def key(self) -> str | None:
        """The dedupe key of an event of the program, unique within a ticket; None for what people did."""
        if not self.is_by_program:
            return None
        return key_of(self.type, self.data)

    @property
    def at_us(self) -> int:
        """When it happened, in microseconds since the epoch."""
        return to_us(self.at)

    def instant_us(self, name: str) -> int | None:
        """As `instant`, in microseconds since the epoch."""
        value = self.instant(name)
        return None if value is None else to_us(value)

    def instant(self, name: str) -> datetime | None:
        """An instant in `data`, None where there is none that can be read."""
        value = self.data.get(name)
        if isinstance(value, datetime):
            return value if value.tzinfo else None
        try:
            return parse_instant(value) if isinstance(value, str) else None
        except ValueError:
            return None


def key_of(event_type: str, data: Mapping[str, Any]) -> str:
    """`clock_missed:restore:1`, `spare_needed:1` (once a round), `loaner_requested` (once a ticket)."""
    if "target" in data:
        return f"{event_type}:{data['target']}:{data.get('run', 1)}"
    return f"{event_type}:{data['round']}" if "round" in data else event_type


def in_order(events: Iterable[Event]) -> list[tuple[int, Event]]:
    """As things happened, each with its microsecond.

    At one instant `received` is first and what people did comes before what the program wrote: a stop exactly at the
    due time is in time, even if it was written down after the miss.
    """
    keyed = [(to_us(e.at), 2 if e.is_by_program else 0 if e.type == "received" else 1, e.seq, e) for e in events]
    keyed.sort(key=lambda entry: entry[:3])
    return [(us, event) for us, _, _, event in keyed]


def missing_sequence_numbers(events: Iterable[Event]) -> tuple[int, ...]:
    """Gaps in the log (a lost shard, a filtered query): a caller must not plan such a log but call it undetermined."""
    known = {event.seq for event in events}
    return tuple(number for number in range(1, max(known, default=0)) if number not in known)


def unreadable_instants(event: Event) -> tuple[str, ...]:
    """Names in `data` that should be instants and are not."""
    return tuple(name for name in INSTANT_FIELDS if name in event.data and event.instant(name) is None)
