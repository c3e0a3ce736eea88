"""What of the queue's address nobody here understands: it is left out of the list, and the page says so.

A value that could be one and finds nothing is none of it; chips and the empty list tell of those. Changes no list.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace

from django.http import QueryDict

from servicedesk.screens.queue import display as drawing
from servicedesk.screens.queue import views
from servicedesk.screens.queue.filters import OPEN, Filters
from tickets.kinds import State

PAGE = "after"
FILTERS = frozenset(field.name for field in fields(Filters))
NAMES = FILTERS | drawing.NAMES | {PAGE}
KNOWN: Mapping[str, Collection[str]] = {
    "view": views.BY_CODE,
    "group": drawing.GROUPINGS,
    "sort": [sign + name for name in drawing.SORTS for sign in ("", "-")],
    "cols": [*drawing.COLUMNS, drawing.NO_COLUMNS],
    "width": drawing.WIDTHS,
    "state": [*State.values, OPEN],
}
SEVERAL = frozenset({"cols", "state"})
MOST, LONGEST = 5, 60


@dataclass(frozen=True)
class Unknown:
    """`pieces`: as they stand in the address; `address`: the same list without them."""

    pieces: list[str]
    address: str


def unknown(query: QueryDict) -> Unknown | None:
    """None of an address that is understood as a whole."""
    pieces, rest = [], query.copy()
    for name, value in query.items():
        wrong = _wrong(name, str(value))
        if not wrong:
            continue
        pieces.append(f"{name}={','.join(wrong)}"[:LONGEST])
        left = [part for part in str(value).split(",") if part not in wrong] if name in SEVERAL else []
        rest[name] = ",".join(left)
        if not left:
            del rest[name]
    if not pieces:
        return None
    return Unknown(pieces[:MOST], rest.urlencode() or f"view={views.DEFAULT.code}")


def _wrong(name: str, value: str) -> list[str]:
    if name not in NAMES:
        return [value]
    known = KNOWN.get(name)
    if known is None or not value:
        return []
    parts = [part for part in value.split(",") if part] if name in SEVERAL else [value.strip()]
    wrong = [part for part in parts if part not in known]
    # A status that is none at all finds nothing: the empty list says so, and of which.
    return [] if name == "state" and len(wrong) == len(parts) else wrong


def without_unknown_view(filters: Filters) -> Filters:
    """As it may be kept: nobody should meet the same unknown word every morning."""
    return filters if filters.view in views.BY_CODE else replace(filters, view="")
