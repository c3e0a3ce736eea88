"""How the desk writes a moment or a day, for apps below it. The desk provides it when the program starts."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo

Writer = Callable[[datetime, tzinfo], str]
DayWriter = Callable[[date], str]
_writers: list[tuple[Writer, DayWriter]] = []


def provide(writer: Writer, day_writer: DayWriter) -> None:
    """Called once, when the program starts."""
    _writers[:] = [(writer, day_writer)]


def full(at: datetime, zone: tzinfo) -> str:
    """Day and time by the clocks of that zone, in the language that is active."""
    return _writers[0][0](at, zone) if _writers else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def day(on: date) -> str:
    """A day without a time, in the language that is active."""
    return _writers[0][1](on) if _writers else on.isoformat()
