"""Which panels of the ticket page are folded: kept in a cookie of the device, so that the page comes as it was left.

The script writes it, the server reads it: no statement for it, nothing jumps after loading, and the screens at the
desk and in the van may differ.
"""

from django.http import HttpRequest

COOKIE = "panels"
FOLDED_AT_FIRST = frozenset({"links", "watchers"})


class Folds:
    """`folds.why` in a template: whether that panel is open. The cookie names those that differ from the start."""

    def __init__(self, turned: frozenset[str]) -> None:
        self._turned = turned

    def __getitem__(self, name: str) -> bool:
        return (name in FOLDED_AT_FIRST) == (name in self._turned)


def of(request: HttpRequest) -> Folds:
    return Folds(frozenset(request.COOKIES.get(COOKIE, "")[:200].split(".")))
