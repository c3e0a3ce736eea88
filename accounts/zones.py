"""Time zones as people choose them: by region, with the city and how far it is from UTC. Reads no clock.

Which zones are near to a person the app that owns the sites says; it provides the lookup when the program starts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

Option = tuple[str, str]
Choices = Sequence[Option | tuple[str, Sequence[Option]]]
Near = Callable[["User"], Sequence[str]]

NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/")
REGIONS: Sequence[tuple[str | LazyText, tuple[str, ...]]] = (
    (_("Asia"), ("Asia/",)),
    (_("Australia"), ("Australia/",)),
    (_("Pacific Ocean"), ("Pacific/",)),
    (_("Indian Ocean"), ("Indian/",)),
    (_("Europe"), ("Europe/",)),
    (_("Africa"), ("Africa/",)),
    (_("Atlantic Ocean"), ("Atlantic/",)),
    (_("America"), ("America/",)),
    (_("Polar regions"), ("Antarctica/", "Arctic/")),
)  # names of before 1993, such as Brazil/East, are offered only to who has one
_near: list[Near] = []


def provide(near: Near) -> None:
    """Called once by the app that owns the sites."""
    _near[:] = [near]


def near(user: "User") -> Sequence[str]:
    return _near[0](user) if _near else ()


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Asked once: the library opens every file for it."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Every zone that may be stored; none stored means UTC."""
    return tuple(name for name in sorted(known()) if "/" in name and not name.startswith(NOT_PLACES))


def label(name: str) -> str:
    """ "Bangkok (UTC+07:00)", "Buenos Aires, Argentina (UTC-03:00)": the city comes first, so that typing finds it."""
    parts = [gettext(part.replace("_", " ")) for part in name.split("/")[:0:-1]] or [name]
    return gettext("%(city)s (%(offset)s)") % {"city": ", ".join(parts), "offset": _offset(name)}


def choices(*, empty: Option, stored: str = "", close: Iterable[str] = (), title: str = "") -> Choices:
    """What is stored stays a choice, whatever it is called; each zone is offered once."""
    close = list(dict.fromkeys(name for name in close if name in known()))
    own = [] if stored in ("", empty[0], *close) else [stored]
    first: list[Option | tuple[str, Sequence[Option]]] = [empty]
    if own:
        first.append((gettext("Chosen now"), [(name, label(name)) for name in own]))
    if close:
        first.append((title, [(name, label(name)) for name in close]))
    rest = sorted((label(name), name) for name in {*names()}.difference(own, close))
    return [*first, *_grouped(rest)]


def _grouped(labelled: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Sequence[Option]]]:
    for title, starts in REGIONS:
        options = [(name, words) for words, name in labelled if name.startswith(starts)]
        if options:
            yield str(title), options


@lru_cache(maxsize=1024)
def _offset(name: str) -> str:
    """In winter, by the rules that hold last: what is written in a list does not change twice a year."""
    if name not in known():
        return "UTC"
    zone = ZoneInfo(name)
    offset = min(datetime(2099, month, 1, tzinfo=zone).utcoffset() or timedelta() for month in (1, 7))
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{'-' if offset < timedelta() else '+'}{hours:02d}:{minutes:02d}"
