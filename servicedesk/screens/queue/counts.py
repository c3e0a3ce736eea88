"""How many tickets each view and each group holds, in one statement. Counted up to a cap: more nobody reads.

The cap keeps every part a short index scan, so that the statement costs the same at a thousand and 100,000 tickets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Count as CountOf
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
    """`is_part`: there may be more."""

    number: int
    is_late: bool = False
    is_part: bool = False

    @property
    def words(self) -> str:
        if self.number >= CAP:
            return f"{CAP}+"
        return f"{self.number}+" if self.is_part else str(self.number)


@dataclass(frozen=True)
class Counts:
    """`views` by code, `saved` by key; `groups` by due time of the list that is shown, by code, and "total"."""

    views: Mapping[str, Count]
    saved: Mapping[int, Count]
    groups: Mapping[str, Count]


def count(
    user: User,
    saved: Sequence[SavedView],
    now: datetime,
    shown: Tickets | None = None,
    conditions: Mapping[str, Q] = MappingProxyType({}),
) -> Counts:
    """One statement. `shown`: the list beside which the views stand, `conditions`: its groups."""
    parts: dict[str, CappedCount | Exists] = {}
    visible = Ticket.objects.visible_to(user)
    for view in VIEWS:
        _add(parts, f"view_{view.code}", visible.filter(view.chooses(user, now)), now, is_open=view.is_of_open_work)
    for named in saved:
        asked = Filters.of_address(named.query)
        view = asked.chosen_view
        rows = filters.apply(visible.filter(view.chooses(user, now)), asked, user, now)
        _add(parts, f"saved_{named.pk}", rows, now, is_open=view.is_of_open_work)
    groups = {} if shown is None else {"total": shown} | {code: shown.filter(q) for code, q in conditions.items()}
    parts |= {f"group_{code}": CappedCount(rows) for code, rows in groups.items()}
    found: Mapping[str, Any] = User.objects.filter(pk=user.pk).values(**parts).get()
    return Counts(
        {view.code: _of(found, f"view_{view.code}") for view in VIEWS},
        {named.pk: _of(found, f"saved_{named.pk}") for named in saved},
        {code: Count(found[f"group_{code}"]) for code in groups},
    )


def groups_of_search(shown: Tickets, conditions: Mapping[str, Q]) -> Mapping[str, Count]:
    """The groups of a list whose rows are dear to find: they are read once, and behind the cap no further."""
    sample = shown.order_by().values("next_due_at", "state")[:CAP]
    wanted = {code: CountOf("state", filter=condition) for code, condition in conditions.items()}
    found = sample.aggregate(total=CountOf("state"), **wanted)
    return {code: Count(number, is_part=found["total"] >= CAP) for code, number in found.items()}


def _add(parts: dict[str, Any], name: str, rows: Tickets, now: datetime, *, is_open: bool) -> None:
    parts[name] = CappedCount(rows)
    if is_open:
        parts[f"late_{name}"] = Exists(rows.filter(next_due_at__lt=now))


def _of(found: Mapping[str, Any], name: str) -> Count:
    return Count(found[name], bool(found.get(f"late_{name}", False)))
