"""What is open at this moment: by urgency, and by who holds it. One statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from tickets.kinds import OPEN_STATES, State
from tickets.models import Ticket

HOUR = timedelta(hours=1)
ORDER = ("late", "soon", "later", "paused", "rest")
NOBODY = "none"


@dataclass(frozen=True)
class Holder:
    """Whose tickets, and how many of each group; `email` empty: nobody's."""

    name: str
    email: str
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def holders(selected: QuerySet[Ticket], now: datetime) -> list[Holder]:
    """Everybody who holds an open ticket, the most burdened first."""
    rows: Iterable[Any] = (
        _open(selected)
        .order_by()
        .values(name=F("assignee__name"), email=F("assignee__email"))
        .annotate(**{code: Count("pk", filter=condition) for code, condition in groups(now).items()})
    )
    found = [Holder(row["name"] or "", row["email"] or "", {code: row[code] for code in ORDER}) for row in rows]
    return sorted(found, key=lambda holder: (-holder.total, holder.name))


def held(selected: QuerySet[Ticket], now: datetime, group: str = "", owner: str = "") -> QuerySet[Ticket]:
    """The open tickets behind a number; by urgency."""
    found = _open(selected)
    if owner:
        found = found.filter(assignee=None) if owner == NOBODY else found.filter(assignee__email=owner)
    if group:
        found = found.filter(groups(now).get(group, Q(pk__in=())))
    return found.order_by(F("next_due_at").asc(nulls_last=True), "pk")


def totals(found: Sequence[Holder]) -> dict[str, int]:
    counts = {code: sum(holder.counts[code] for holder in found) for code in ORDER}
    return counts | {"all": sum(counts.values())}


def groups(now: datetime) -> dict[str, Q]:
    """The borders of the queue: due now is late."""
    soon = now + HOUR
    undue = Q(next_due_at__isnull=True)
    return {
        "late": Q(next_due_at__lte=now),
        "soon": Q(next_due_at__gt=now, next_due_at__lte=soon),
        "later": Q(next_due_at__gt=soon),
        "paused": undue & Q(state=State.WAITING),
        "rest": undue & ~Q(state=State.WAITING),
    }


def _open(selected: QuerySet[Ticket]) -> QuerySet[Ticket]:
    return selected.filter(state__in=sorted(OPEN_STATES))
