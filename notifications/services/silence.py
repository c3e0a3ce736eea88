"""Silence: what is written inside it is history, and nobody hears of it. For the demo world and for imports.

It holds for the code inside, not for the database: other processes go on announcing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_silent: ContextVar[bool] = ContextVar("notifications_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """No deliveries and no notices come of events recorded inside."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silent() -> bool:
    return _silent.get()
