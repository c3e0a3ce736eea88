"""How often something may happen, and that it happens once. Counted in the database's cache, so that neither a dead
broker nor a restart forgets it.

Each permitted turn is a row that only one process can add: two requests at the same moment never share a turn.
"""

import hashlib
from datetime import datetime

from django.core.cache import cache

PERIODS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_to_wait(scope: str, who: str, rate: str, now: datetime) -> int:
    """Takes a turn of `rate` ("20/h") and returns 0, or says how long until the next one. Windows are fixed."""
    amount, period = _parse(rate)
    window, elapsed = divmod(int(now.timestamp()), period)
    base = f"limit:{scope}:{_short(who)}:{window}"
    taken = int(cache.get(base, 0))
    for turn in range(taken, amount):
        if cache.add(f"{base}:{turn}", 1, timeout=period):
            cache.set(base, turn, timeout=period)
            return 0
    return period - elapsed


def is_first(scope: str, token: str, *, keep_seconds: int = 86400) -> bool:
    """True once for a token. Inside a transaction it is undone together with what it guarded."""
    return cache.add(f"once:{scope}:{_short(token)}", 1, timeout=keep_seconds)


def _parse(rate: str) -> tuple[int, int]:
    amount, unit = rate.split("/")
    return int(amount), PERIODS[unit]


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
