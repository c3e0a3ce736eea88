"""How the desk writes a moment, for apps below it. The desk provides it when the program starts."""

from collections.abc import Callable
from datetime import datetime, tzinfo

Writer = Callable[[datetime, tzinfo], str]
_writers: list[Writer] = []


def provide(writer: Writer) -> None:
    """Called once, when the program starts."""
    _writers[:] = [writer]


def full(at: datetime, zone: tzinfo) -> str:
    """Day and time by the clocks of that zone, in the language that is active."""
    return _writers[0](at, zone) if _writers else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
