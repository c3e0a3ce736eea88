"""Instants as whole microseconds since 1970-01-01 UTC, the number form of business-time arithmetic.

Integers, never floats: many pauses in a row must not gain or lose a second.
"""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND


def to_us(instant: datetime) -> int:
    """Microseconds since the epoch; a naive datetime is refused."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone")
    return span_us(instant - EPOCH)


def from_us(us: int) -> datetime:
    """The UTC instant so many microseconds after the epoch."""
    return EPOCH + timedelta(microseconds=us)


def span_us(span: timedelta) -> int:
    """The length of a duration in whole microseconds."""
    return span.days * DAY + span.seconds * SECOND + span.microseconds
