"""How many tickets each view and each group holds, in one statement. Counted up to a cap: more nobody reads.

The cap keeps every part a short index scan, so that the statement costs the same at a thousand and 100,000 tickets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, Q, QuerySet, Subquery, Value

from accounts.models import SavedView, User
from servicedesk.screens.queue import filters
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.views import VIEWS, Tickets
from tickets.models import Ticket

CAP = 1000


class CappedCount(Subquery):
    """SELECT count(*) over at most CAP rows of a queryset."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0  # a filter that nothing can pass is answered without asking the database

    def __init__(self, rows: QuerySet[Ticket]) -> None:
        super().__init__(rows.order_by().values(one=Value(1))[:CAP])


@dataclass(frozen=True)
class Count:
    number: int
    is_late: bool = False

    @property
    def words(self) -> str:
        return f"{CAP}+" if self.number >= CAP else str(self.number)


@dataclass(frozen=True)
class Counts:
    """`views` by code, `saved` by key; `groups` by due time of what is shown now, by code, and "total"."""

    views: Mapping[str, Count]
    saved: Mapping[int, Count]
    groups: Mapping[str, Count]


def count(user: User, shown: Tickets, groups: Mapping[str, Q], saved: Sequence[SavedView], now: datetime) -> Counts:
    parts: dict[str, CappedCount | Exists] = {}
    visible = Ticket.objects.visible_to(user)
    for view in VIEWS:
        _add(parts, f"view_{view.code}", visible.filter(view.chooses(user, now)), now, is_open=view.is_of_open_work)
    for named in saved:
        asked = Filters.of_address(named.query)
        view = asked.chosen_view
        rows = filters.apply(visible.filter(view.chooses(user, now)), asked, user, now)
        _add(parts, f"saved_{named.pk}", rows, now, is_open=view.is_of_open_work)
    parts["group_total"] = CappedCount(shown)
    for code, condition in groups.items():
        parts[f"group_{code}"] = CappedCount(shown.filter(condition))
    found: Mapping[str, Any] = User.objects.filter(pk=user.pk).values(**parts).get()
    return Counts(
        {view.code: _of(found, f"view_{view.code}") for view in VIEWS},
        {named.pk: _of(found, f"saved_{named.pk}") for named in saved},
        {code: Count(found[f"group_{code}"]) for code in ("total", *groups)},
    )


def _add(parts: dict[str, Any], name: str, rows: Tickets, now: datetime, *, is_open: bool) -> None:
    parts[name] = CappedCount(rows)
    if is_open:
        parts[f"late_{name}"] = Exists(rows.filter(next_due_at__lt=now))


def _of(found: Mapping[str, Any], name: str) -> Count:
    return Count(found[name], bool(found.get(f"late_{name}", False)))
