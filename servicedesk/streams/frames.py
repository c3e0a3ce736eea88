"""Server-sent events as bytes. Pure. An event carries ids and times, never text of a ticket."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from common.whole_numbers import whole_number
from notifications.live.wire import Change, Presence
from servicedesk import people

ID_DIGITS = 15  # of either half of an id: milliseconds have 13
RETRY = b"retry: 3000\n\n"
Id = tuple[int, int]


def event(kind: str, data: Any, id_: Id | None = None) -> bytes:
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    named = f"id: {id_[0]}-{id_[1]}\n" if id_ else ""
    return f"{named}event: {kind}\ndata: {text}\n\n".encode()


def changed(change: Change, id_: Id | None = None) -> bytes:
    """For staff: every ticket by number, and whose doing it was."""
    if change.is_everything:
        return event("resync", {}, id_)
    return event("change", {"tickets": change.numbers, "by": change.by}, id_)


def case_changed() -> bytes:
    """For a customer: that there is something new on the page he has open. Not where, not what, not by whom."""
    return event("change", {})


def here(number: int, present: Iterable[Presence]) -> bytes:
    """Everybody at this ticket now."""
    found = [people.badge(one.person, one.name, one.act) for one in present]
    return event("here", {"ticket": number, "people": found})


def now(at: datetime) -> bytes:
    """The pulse: says that the stream is alive, and what time it is here."""
    return event("now", {"now": at.isoformat()})


def parse_id(text: str) -> Id | None:
    """An id of a stream of Redis, "1764176400000-0"; None for anything else."""
    first, _, second = text.partition("-")
    at, number = whole_number(first, digits=ID_DIGITS), whole_number(second or "0", digits=ID_DIGITS)
    return None if at is None or number is None else (at, number)
