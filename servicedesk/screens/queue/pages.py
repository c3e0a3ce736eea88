"""Pages of the queue by key, not by number: a page deep in a long list costs what the first one costs.

The cursor names the last row seen. A cursor that cannot be read gives the first page.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from common.instants import parse_instant
from servicedesk.screens.queue.views import Tickets, ordered
from tickets.models import Ticket

SIZE = 50


@dataclass(frozen=True)
class Page:
    rows: list[Ticket]
    is_first: bool
    next_cursor: str


def page(tickets: Tickets, order: str, cursor: str) -> Page:
    start = _after(cursor, order)
    chosen = ordered(tickets, order)
    if start is not None:
        chosen = chosen.filter(start)
    rows = list(chosen[: SIZE + 1])
    following = _cursor(rows[SIZE - 1], order) if len(rows) > SIZE else ""
    return Page(rows[:SIZE], is_first=start is None, next_cursor=following)


def _cursor(row: Ticket, order: str) -> str:
    if order == "due":
        at, rank = row.next_due_at, getattr(row, "rank", 0)
    else:
        at, rank = (row.received_at if order == "received" else row.updated_at), 0
    return f"{at.isoformat() if at else ''}~{rank}~{row.pk}"


def _after(cursor: str, order: str) -> Q | None:
    try:
        text, rank, pk = cursor.split("~")
        at = parse_instant(text) if text else None
        return _condition(at, int(rank), int(pk), order)
    except (ValueError, OverflowError):
        return None


def _condition(at: datetime | None, rank: int, pk: int, order: str) -> Q:
    if abs(pk) >= 2**63:
        raise OverflowError
    if order != "due":
        if at is None:
            raise ValueError
        name = "received_at" if order == "received" else "updated_at"
        return Q(**{f"{name}__lte": at}) & (Q(**{f"{name}__lt": at}) | Q(pk__gt=pk))
    later = Q(rank__gt=rank) | Q(rank=rank, pk__gt=pk)
    if at is None:
        return Q(next_due_at__isnull=True) & later
    return Q(next_due_at__isnull=True) | Q(next_due_at__gt=at) | (Q(next_due_at=at) & later)
