"""What tickets needs to know of a service scheme: its levels, consent to remote work, what it owes a year.

`sla` provides the lookup when the program starts; tickets never imports sla. Nothing here knows a deadline.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field


class UnknownPromise(LookupError):
    """There is no such scheme or version."""


@dataclass(frozen=True)
class Promise:
    """`levels`: code -> severity (1 = gravest), in the scheme's order. `is_broken`: accepted, to be evaluated later."""

    code: str
    version: int
    levels: Mapping[str, int] = field(default_factory=dict)
    level_names: Mapping[str, str] = field(default_factory=dict)
    default_level: str = ""
    asks_consent: bool = False
    name: str = ""
    is_broken: bool = False


Pair = tuple[str, int | None]  # code and version of a scheme; None: the version in force
Provider = Callable[[str, int | None], Promise]
Years = Callable[[Collection[Pair]], Mapping[Pair, Mapping[str, int]]]
_providers: list[Provider] = []
_years: list[Years] = []


def provide(provider: Provider, years: Years) -> None:
    """Called once by the app that owns the schemes."""
    _providers[:], _years[:] = [provider], [years]


def find(code: str, version: int | None = None) -> Promise:
    """The scheme in force, or a version of it. Raises UnknownPromise."""
    if not _providers:
        raise UnknownPromise(code)
    return _providers[0](code, version)


def a_year(pairs: Collection[Pair]) -> Mapping[Pair, Mapping[str, int]]:
    """How much planned work of each kind these schemes promise a year, at least; all at once."""
    return _years[0](pairs) if _years and pairs else {}
