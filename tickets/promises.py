"""What tickets needs to know of a service scheme: its levels, and whether it asks consent for remote work.

`sla` provides the lookup when the program starts; tickets never imports sla. Nothing here knows a deadline.
"""

from collections.abc import Callable, Mapping
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


Provider = Callable[[str, int | None], Promise]
_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Called once by the app that owns the schemes."""
    _providers[:] = [provider]


def find(code: str, version: int | None = None) -> Promise:
    """The scheme in force, or a version of it. Raises UnknownPromise."""
    if not _providers:
        raise UnknownPromise(code)
    return _providers[0](code, version)
