"""Pages of the queue by key, not by number: a page deep in a long list costs what the first one costs.

The cursor carries the values of the last row seen. A cursor that cannot be read gives the first page.
"""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q

from servicedesk.screens.queue.orders import Key
from servicedesk.screens.queue.views import Tickets
from tickets.models import Ticket

SIZE = 50


@dataclass(frozen=True)
class Page:
    rows: list[Ticket]
    is_first: bool
    next_cursor: str


def page(
    tickets: Tickets, keys: Sequence[Key], cursor: str, dress: Callable[[Tickets], Tickets], *, is_search: bool = False
) -> Page:
    """`dress` adds what the rows show. Of a search the page's rows are chosen first and dressed then: how many tickets
    will match, no planner guesses.
    """
    chosen = _named(tickets, keys)
    start = _started(chosen, keys, cursor)
    found = _sorted(chosen if start is None else start, keys)
    if is_search:
        found = ordered(Ticket.objects.filter(pk__in=list(found.values_list("pk", flat=True)[: SIZE + 1])), keys)
    rows = list(dress(found)[: SIZE + 1])
    following = _cursor(rows[SIZE - 1], keys) if len(rows) > SIZE else ""
    return Page(rows[:SIZE], is_first=start is None, next_cursor=following)


def ordered(tickets: Tickets, keys: Sequence[Key]) -> Tickets:
    """The whole list in its order, for who asks what stands beside a ticket."""
    return _sorted(_named(tickets, keys), keys)


def _named(tickets: Tickets, keys: Sequence[Key]) -> Tickets:
    sources = [F(key.source) if isinstance(key.source, str) else key.source for key in keys]
    named: dict[str, Any] = {f"key_{place}": source for place, source in enumerate(sources)}
    return tickets.annotate(**named)


def _sorted(tickets: Tickets, keys: Sequence[Key]) -> Tickets:
    return tickets.order_by(*(_ordering(place, key) for place, key in enumerate(keys)))


def _ordering(place: int, key: Key) -> Any:
    """ "Nulls last" is said only where there are any: elsewhere it would keep the index from being used."""
    column = F(f"key_{place}")
    last = True if key.is_nullable else None
    return column.desc(nulls_last=last) if key.is_descending else column.asc(nulls_last=last)


def _cursor(row: Ticket, keys: Sequence[Key]) -> str:
    values = [getattr(row, f"key_{place}") for place in range(len(keys))]
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _started(tickets: Tickets, keys: Sequence[Key], cursor: str) -> Tickets | None:
    if not cursor:
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        values = json.loads(text)
        if not _fits(values, keys):
            return None
        return tickets.filter(_after(keys, values))
    except (ValueError, TypeError, OverflowError, ValidationError, RecursionError):
        return None


def _fits(values: Any, keys: Sequence[Key]) -> bool:
    """One plain value for each key; a text that no database can hold is none."""
    if not isinstance(values, list) or len(values) != len(keys):
        return False
    for value in values:
        if isinstance(value, str):
            value.encode()
        if not (value is None or type(value) in (int, str)) or (isinstance(value, str) and "\0" in value):
            return False
    return True


def _after(keys: Sequence[Key], values: Sequence[Any]) -> Q:
    """Behind the row in the first key, or level with it there and behind it in the next, and so on."""
    found, level = Q(pk__in=[]), Q()
    for place, (key, value) in enumerate(zip(keys, values, strict=True)):
        name = f"key_{place}"
        if value is not None:
            beyond = Q(**{f"{name}__{'lt' if key.is_descending else 'gt'}": value})
            found |= level & (beyond | Q(**{f"{name}__isnull": True}) if key.is_nullable else beyond)
        level &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    if keys[0].is_nullable or values[0] is None:
        return found
    bound = "lte" if keys[0].is_descending else "gte"
    return Q(**{f"key_0__{bound}": values[0]}) & found  # says the same once more, so that the index starts there
