"""When somebody comes: what the desk said with the departure or the booking of a visit. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from common.instants import parse_instant

FIELDS = {"departed": "expected_at", "visit_planned": "planned_at"}


class Told(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


def at(happened: Sequence[Told]) -> datetime | None:
    """The last word about it, in the order in which things happened; None where none was said."""
    told = next((event for event in reversed(happened) if event.type in FIELDS), None)
    text = told.data.get(FIELDS[told.type]) if told else None
    try:
        return parse_instant(str(text)) if text else None
    except ValueError:
        return None
