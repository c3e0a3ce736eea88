"""How long the outbox waits and how much it sends: leases, back-off, limits. Pure.

The limits stop a storm of mail, not the news: what is over a limit waits, and what has gathered goes out as a summary.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_RETRY, LAST_RETRY = timedelta(seconds=10), timedelta(hours=24)
MAX_ATTEMPTS = 17  # about four days in all
LEASE = timedelta(seconds=90)  # longer than the mail server's time-out, so that two never send the same row
HAND_OVER = timedelta(seconds=60)
WINDOW = timedelta(hours=1)


@dataclass(frozen=True)
class Limits:
    """Mails in an hour: to one address about one ticket, to one address, and all together."""

    ticket: int
    address: int
    overall: int


def pause_after(attempts: int) -> timedelta:
    """10 s, 20 s, 40 s ... 24 h."""
    doublings = max(0, min(attempts - 1, 20))
    return min(FIRST_RETRY * int(2**doublings), LAST_RETRY)


def is_hopeless(attempts: int) -> bool:
    return attempts >= MAX_ATTEMPTS


def free_at(oldest_counted: datetime) -> datetime:
    """When the window lets the next one through."""
    return oldest_counted + WINDOW
