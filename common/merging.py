"""Two people in one record: what each has changed since the second one opened it, field by field. Pure.

Values are compared in a plain form that survives a hidden field of a page. Writes nothing and decides nothing more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any


@dataclass(frozen=True)
class Merged:
    """`mine` is to be written, `theirs` changed meanwhile and stays, in `clashes` both differ."""

    mine: frozenset[str]
    theirs: frozenset[str]
    clashes: frozenset[str]


def merge(*, seen: Mapping[str, Any] | None, typed: Mapping[str, Any], stored: Mapping[str, Any]) -> Merged:
    """All three plain. `seen` None: whoever writes has seen what is stored."""
    before = stored if seen is None else seen
    mine = {name for name in typed if name not in before or typed[name] != before[name]}
    theirs = {name for name in typed if name in before and stored[name] != before[name]}
    different = {name for name in typed if typed[name] != stored[name]}
    return Merged(frozenset(mine & different), frozenset(theirs - mine), frozenset(mine & theirs & different))


def plain(value: Any) -> Any:
    """What JSON can hold: a row is its key, several are a sorted list, an instant is UTC."""
    if hasattr(value, "pk"):
        return value.pk
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value
    return sorted((plain(entry) for entry in value), key=str)
