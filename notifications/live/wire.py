"""How a change and a presence are written down for Redis. Pure: no connection, no database."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

STREAM = "servicedesk:live"
HERE = "servicedesk:here"
OPEN = "servicedesk:streams"  # process -> open streams and when it said so
STREAM_LENGTH = 2000
MANY = 200  # more than this many tickets at once: everybody looks anew instead
HERE_SECONDS = 45.0
OPEN_SECONDS = 30.0
VIEWING, WRITING, GONE = "viewing", "writing", ""
ACTS = frozenset({VIEWING, WRITING})


@dataclass(frozen=True)
class Change:
    """Tickets by number. `public`: those of them that customers may hear of; `by`: the account behind it, or 0.

    `is_everything`: too many to name for staff. `public` is named always, so that no customer hears of others' tickets.
    """

    numbers: tuple[int, ...] = ()
    public: tuple[int, ...] = ()
    by: int = 0
    is_everything: bool = False


@dataclass(frozen=True)
class Presence:
    """A member of staff at a ticket, known until `until` (seconds since the epoch). `act` empty: he has left."""

    number: int
    person: int
    name: str
    act: str
    until: float


Message = Change | Presence
KINDS: Mapping[str, type[Message]] = {"change": Change, "here": Presence}


def change(numbers: Iterable[int], public: Iterable[int], by: int) -> Change:
    named = tuple(sorted(set(numbers)))
    is_everything = len(named) > MANY
    return Change(() if is_everything else named, tuple(sorted(set(public))), by, is_everything)


def encode(message: Message) -> dict[str, str]:
    kind = next(name for name, type_ in KINDS.items() if isinstance(message, type_))
    return {kind: json.dumps(asdict(message), separators=(",", ":"), ensure_ascii=False)}


def decode(fields: Mapping[str, str]) -> Message | None:
    """None for what another version of the program wrote."""
    for kind, text in fields.items():
        try:
            values: dict[str, Any] = json.loads(text)
            if kind == "change":
                return Change(**values | {"numbers": tuple(values["numbers"]), "public": tuple(values["public"])})
            if kind == "here":
                return Presence(**values)
        except (ValueError, TypeError, KeyError):
            continue
    return None
