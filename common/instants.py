"""Instants as text: ISO 8601 with an offset in, UTC with a `Z` out. A time without offset is refused.

Months are added here too, because "one month" has no fixed length.
"""

import re
from datetime import UTC, datetime

from common.epoch import from_us, to_us
from common.local_time import add_months

__all__ = ["add_months", "format_instant", "from_us", "instant_or_none", "parse_instant", "to_us"]

# Narrower than `datetime.fromisoformat`, which also takes bare dates, week dates and basic format.
_INSTANT = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.,]\d{1,6})?)?(?P<offset>[Zz]|[+-]\d\d(:?\d\d)?)?", re.ASCII
)


def parse_instant(text: str) -> datetime:
    """An ISO 8601 date and time with offset, as a UTC datetime."""
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a date and time in ISO 8601 form, such as 2026-11-20T17:50:00+08:00: {text!r}")
    if match["offset"] is None:
        raise ValueError(f"the time has no offset; add Z or one such as +08:00: {text!r}")
    try:
        return datetime.fromisoformat(text.strip().upper()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"no such date or time: {text!r}") from error


def instant_or_none(value: object) -> datetime | None:
    """Of a fact in a log, which anybody may have left out or misspelt."""
    try:
        return parse_instant(value) if isinstance(value, str) else None
    except ValueError:
        return None


def format_instant(instant: datetime) -> str:
    """UTC in ISO 8601 with `Z`; a fraction only where there is one."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone")
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
