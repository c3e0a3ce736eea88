"""How well the promises of a period were kept: counted by SQL, a constant number of statements. Writes nothing.

A clock belongs to the period in which it started. Kept: met. Missed: stopped late, missed, or still running past its
due time, so that an open late ticket counts now and not only once it is closed. Clocks that are not decided yet, were
replaced or became needless count for neither.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncWeek

from sla import library
from sla.models import Clock
from sla.wording import ORDER
from tickets.promises import UnknownPromise

DEFAULT_GOAL = 90.0


@dataclass(frozen=True)
class Share:
    """`percent` None: nothing decided."""

    met: int = 0
    missed: int = 0

    @property
    def total(self) -> int:
        return self.met + self.missed

    @property
    def percent(self) -> float | None:
        return 100 * self.met / self.total if self.total else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.met + other.met, self.missed + other.missed)


NOTHING = Share()


@dataclass(frozen=True)
class Scope:
    """Which clocks: started in [start, end), of one organisation, of tickets of one contract (0: without one) ..."""

    start: datetime
    end: datetime
    organisation: int | None = None
    contract: int | None = None
    severity: int | None = None
    target: str = ""

    def before(self) -> "Scope":
        """The period of the same length that ends where this one starts."""
        return replace(self, start=self.start - (self.end - self.start), end=self.start)


def goal(target: str) -> float:
    """The share, in percent, that the house wants to keep."""
    return float(settings.SERVICE_LEVEL_GOALS.get(target, DEFAULT_GOAL))


def is_met() -> Q:
    return Q(state="met")


def is_missed(now: datetime) -> Q:
    return Q(state__in=("missed", "missed_stopped")) | Q(state="running", due_at__lt=now)


def clocks(scope: Scope) -> QuerySet[Clock]:
    """The clocks of a scope, whatever became of them."""
    found = Clock.objects.filter(started_at__gte=scope.start, started_at__lt=scope.end)
    if scope.organisation is not None:
        found = found.filter(ticket__organisation=scope.organisation)
    if scope.contract is not None:
        found = found.filter(ticket__contract=scope.contract or None)
    if scope.target:
        found = found.filter(target=scope.target)
    return found if scope.severity is None else found.filter(_of_severity(found, scope.severity))


def decided(scope: Scope, now: datetime) -> QuerySet[Clock]:
    return clocks(scope).filter(is_met() | is_missed(now))


def missed(scope: Scope, now: datetime) -> QuerySet[Clock]:
    """The missed ones, those that somebody still has to stop first, then the latest."""
    is_open = Case(When(stopped_at__isnull=True, has_next=False, then=Value(0)), default=Value(1))
    return with_next(clocks(scope).filter(is_missed(now))).order_by(is_open, F("due_at").desc(), "pk")


def with_next(found: QuerySet[Clock]) -> QuerySet[Clock]:
    """Rows for a list. `has_next`: a raise has started the target anew, so nobody has to stop this run any more."""
    later = Clock.objects.filter(ticket=OuterRef("ticket"), target=OuterRef("target"), run__gt=OuterRef("run"))
    return found.select_related("ticket__organisation", "ticket__assignee").annotate(has_next=Exists(later))


def by_target(scope: Scope, now: datetime) -> dict[str, Share]:
    """In the order people read them."""
    rows = _count(clocks(scope), now, "target")
    return dict(sorted(((row["target"], _share(row)) for row in rows), key=lambda item: _order(item[0])))


@dataclass(frozen=True)
class Row:
    """A line of a table: `shares` by target."""

    key: int
    shares: Mapping[str, Share]
    name: str = ""
    detail: str = ""
    number: str = ""

    @property
    def total(self) -> Share:
        return total(self.shares)


def by_severity(scope: Scope, now: datetime) -> list[Row]:
    """By gravity, because the letters of two schemes may mean the opposite; the gravest first."""
    counted = _count(clocks(scope), now, "ticket__scheme_code", "ticket__scheme_version", "level", "target")
    shares: dict[int, dict[str, Share]] = {}
    for row in counted:
        severity = severity_of(row["ticket__scheme_code"], row["ticket__scheme_version"], row["level"])
        if severity is not None:
            of_target = shares.setdefault(severity, {})
            of_target[row["target"]] = of_target.get(row["target"], NOTHING) + _share(row)
    return [Row(severity, of_target) for severity, of_target in sorted(shares.items())]


def by_contract(scope: Scope, now: datetime) -> list[Row]:
    """By organisation and contract; the lowest share of kept promises first."""
    fields = ("ticket__organisation__name", "ticket__contract", "ticket__contract__number", "ticket__contract__name")
    rows: dict[tuple[str, int], Row] = {}
    for row in _count(clocks(scope), now, *fields, "target"):
        key = (row["ticket__organisation__name"] or "", row["ticket__contract"] or 0)
        known = rows.get(key) or Row(key[1], {}, *_names(row))
        rows[key] = replace(known, shares={**known.shares, row["target"]: _share(row)})
    found = [row for row in rows.values() if row.total.total]
    return sorted(found, key=lambda row: (row.total.percent or 0, row.name))


@dataclass(frozen=True)
class Week:
    """Monday of the week, and the shares of the clocks that started in it."""

    monday: date
    shares: Mapping[str, Share] = field(default_factory=dict)


def by_week(scope: Scope, now: datetime, zone: tzinfo, weeks: int = 12) -> list[Week]:
    """The last `weeks` whole weeks of the scope, in a zone; a week without clocks is there, and empty.

    The running week is left out: what is late in it is known, what will be kept is not.
    """
    end = min(scope.end, now).astimezone(zone)
    this_monday = end.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=end.weekday())
    monday = this_monday - timedelta(weeks=1)
    mondays = [(monday - timedelta(weeks=back)).date() for back in reversed(range(weeks))]
    start = (monday - timedelta(weeks=weeks - 1)).replace(tzinfo=zone)
    found = clocks(replace(scope, start=start, end=this_monday)).annotate(week=TruncWeek("started_at", tzinfo=zone))
    shares: dict[date, dict[str, Share]] = {day: {} for day in mondays}
    for row in _count(found, now, "week", "target"):
        shares.setdefault(row["week"].date(), {})[row["target"]] = _share(row)
    return [Week(day, shares[day]) for day in mondays]


def causes(scope: Scope, now: datetime) -> list[tuple[str, int]]:
    """What the missed clocks' tickets had as their cause, the most frequent first; without the unknown ones."""
    known = clocks(scope).filter(is_missed(now)).exclude(ticket__cause__in=("", "unknown"))
    rows = known.order_by().values("ticket__cause").annotate(n=Count("pk")).order_by("-n", "ticket__cause")
    return [(row["ticket__cause"], row["n"]) for row in rows]


def total(shares: Mapping[str, Share], only: Sequence[str] = ()) -> Share:
    return sum((share for target, share in shares.items() if not only or target in only), NOTHING)


def severity_of(code: str, version: int | None, level: str) -> int | None:
    """None: the scheme cannot be read any more."""
    try:
        found = library.scheme(code, version or 1).level(level)
    except (UnknownPromise, library.BrokenScheme):
        return None
    return found.severity if found else None


def _names(row: Mapping[str, Any]) -> tuple[str, str, str]:
    organisation, contract = row["ticket__organisation__name"] or "", row["ticket__contract__name"] or ""
    return organisation, contract, row["ticket__contract__number"] or ""


def _of_severity(found: QuerySet[Clock], severity: int) -> Q:
    names = ("ticket__scheme_code", "ticket__scheme_version", "level")
    known = found.order_by().values_list(*names).distinct()
    conditions = (Q(**dict(zip(names, row, strict=True))) for row in known if severity_of(*row) == severity)
    return _any(conditions)


def _any(conditions: Iterable[Q]) -> Q:
    chosen = Q(pk__in=())
    for condition in conditions:
        chosen |= condition
    return chosen


def _count(found: QuerySet[Clock], now: datetime, *groups: str) -> Iterable[dict[str, Any]]:
    counts = {"met_count": Count("pk", filter=is_met()), "missed_count": Count("pk", filter=is_missed(now))}
    rows: Iterable[dict[str, Any]] = found.order_by().values(*groups).annotate(**counts)
    return rows


def _share(row: Mapping[str, Any]) -> Share:
    return Share(row["met_count"], row["missed_count"])


def _order(target: str) -> tuple[int, str]:
    return ORDER.get(target, len(ORDER)), target
