"""Which days are worked in a country. The app that owns the calendars provides it when the program starts.

For what is planned by days; deadlines are the engine's. Nothing here reads a clock.
"""

from collections.abc import Callable
from datetime import date

IsWorking = Callable[[date], bool]
Provider = Callable[[str, date, date], IsWorking]
_providers: list[Provider] = []
SATURDAY = 5


def provide(provider: Provider) -> None:
    """Called once by the app that owns the calendars."""
    _providers[:] = [provider]


def between(country: str, first: date, last: date) -> IsWorking:
    """Asks of days from `first` to `last`; beyond them, and of a country without data, Monday to Friday are worked."""
    return _providers[0](country, first, last) if _providers else lambda day: day.weekday() < SATURDAY
