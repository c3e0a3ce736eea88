"""How well the promises of a period were kept: counted by SQL, a constant number of statements. Writes nothing.

A clock belongs to the period in which it started. Kept: met. Missed: stopped late, missed, or still running past its
due time, so that an open late ticket counts now and not only once it is closed. Clocks that are not decided yet, were
replaced or became needless count for neither.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)

from sla import library
from sla.models import Clock, SchemeVersion
from sla.wording import ORDER
from tickets.models import Ticket
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
    """Which clocks: started in [start, end), of one organisation, contract or team (0: of tickets without one) ...

    `besides`: contracts that are left out.
    """

    start: datetime
    end: datetime
    organisation: int | None = None
    contract: int | None = None
    team: int | None = None
    severity: int | None = None
    target: str = ""
    besides: tuple[int, ...] = ()

    def during(self, start: datetime, end: datetime) -> "Scope":
        """The same clocks of another time."""
        return replace(self, start=start, end=end)


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
    for name in ("organisation", "contract", "team"):
        key = getattr(scope, name)
        if key is not None:
            found = found.filter(**{f"ticket__{name}": key or None})
    if scope.besides:
        found = found.exclude(ticket__contract__in=scope.besides)
    if scope.target:
        found = found.filter(target=scope.target)
    return found if scope.severity is None else found.filter(_of_severity(scope.severity))


def decided(scope: Scope, now: datetime) -> QuerySet[Clock]:
    return clocks(scope).filter(is_met() | is_missed(now))


def missed(scope: Scope, now: datetime) -> QuerySet[Clock]:
    """The missed ones, those that somebody still has to stop first, then the latest."""
    # In this order: whether there is a next run is asked of the few that nobody has stopped.
    is_open = Case(When(Q(stopped_at__isnull=True) & Q(has_next=False), then=Value(0)), default=Value(1))
    return with_next(clocks(scope).filter(is_missed(now))).order_by(is_open, F("due_at").desc(), "pk")


def with_next(found: QuerySet[Clock]) -> QuerySet[Clock]:
    """Rows for a list. `has_next`: a raise has started the target anew, so nobody has to stop this run any more.

    The tickets are read for the rows that are shown: joined, they would be read for all that are sorted.
    """
    later = Clock.objects.filter(ticket=OuterRef("ticket"), target=OuterRef("target"), run__gt=OuterRef("run"))
    tickets = Ticket.objects.select_related("organisation", "contract", "assignee")
    return found.prefetch_related(Prefetch("ticket", tickets)).annotate(has_next=Exists(later))


def by_target(scope: Scope, now: datetime) -> dict[str, Share]:
    """In the order people read them."""
    rows = _count(clocks(scope), now, "target")
    return _in_order((row["target"], _share(row)) for row in rows)


@dataclass(frozen=True)
class Row:
    """A line of a table: `shares` by target. Of a contract: `key` 0 is none, `organisation` its code, "" none."""

    key: int
    shares: Mapping[str, Share]
    name: str = ""
    detail: str = ""
    number: str = ""
    organisation: str = ""

    @property
    def total(self) -> Share:
        return total(self.shares)

    def share(self, target: str) -> Share:
        """Of one target; "" is all of them together."""
        return self.shares.get(target, NOTHING) if target else self.total


CONTRACT = (
    "ticket__contract",
    "ticket__organisation__name",
    "ticket__contract__name",
    "ticket__contract__number",
    "ticket__organisation__code",
)
LEVEL = ("ticket__scheme_code", "ticket__scheme_version", "level")


@dataclass(frozen=True)
class Tally:
    """The clocks of a scope counted once, by contract, level and target; the tables of a page are its sums."""

    counted: Sequence[Mapping[str, Any]]

    def by_target(self) -> dict[str, Share]:
        """In the order people read them."""
        return _in_order((row["target"], _share(row)) for row in self.counted)

    def by_severity(self) -> list[Row]:
        """By gravity, because the letters of two schemes may mean the opposite; the gravest first."""
        shares: dict[int, dict[str, Share]] = {}
        for row in self.counted:
            severity = severity_of(*(row[name] for name in LEVEL))
            if severity is not None:
                _add(shares.setdefault(severity, {}), row)
        return [Row(severity, of_target) for severity, of_target in sorted(shares.items())]

    def by_contract(self, target: str = "") -> list[Row]:
        """By organisation and contract; the lowest share of kept promises first."""
        shares: dict[tuple[Any, ...], dict[str, Share]] = {}
        for row in self.counted:
            _add(shares.setdefault(tuple(row[name] or "" for name in CONTRACT), {}), row)
        rows = [Row(key[0] or 0, of_target, *key[1:]) for key, of_target in shares.items()]
        decided_rows = [row for row in rows if row.share(target).total]
        return sorted(decided_rows, key=lambda row: (row.share(target).percent or 0, row.name, row.number))

    def causes(self) -> list[tuple[str, int]]:
        """What the missed clocks' tickets had as their cause, the most frequent first; without the unknown ones."""
        found: Counter[str] = Counter()
        for row in self.counted:
            found[row["ticket__cause"]] += row["missed_count"]
        known = [(cause, number) for cause, number in found.items() if number and cause not in ("", "unknown")]
        return sorted(known, key=lambda pair: (-pair[1], pair[0]))


def tally(scope: Scope, now: datetime) -> Tally:
    return Tally(
        list(_count(clocks(scope).filter(is_met() | is_missed(now)), now, *CONTRACT, *LEVEL, "ticket__cause", "target"))
    )


class WidthBucket(Func):
    """Between which two borders a value lies, from 1."""

    function = "width_bucket"
    output_field = IntegerField()
    arity = 2


@dataclass(frozen=True)
class Week:
    """Monday of the week, and the shares of the clocks that started in it."""

    monday: date
    shares: Mapping[str, Share] = field(default_factory=dict)


def last_weeks(until: datetime, zone: tzinfo, weeks: int = 12) -> list[datetime]:
    """The Mondays, 00:00 in the zone, at which the last whole weeks begin, and the one at which the last ends."""
    today = until.astimezone(zone).date()
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=back) for back in range(weeks, -1, -1)]
    return [datetime(day.year, day.month, day.day, tzinfo=zone) for day in mondays]


def by_week(scope: Scope, now: datetime, zone: tzinfo, weeks: int = 12) -> list[Week]:
    """The last `weeks` whole weeks of the scope, in a zone; a week without clocks is there, and empty.

    The running week is left out: what is late in it is known, what will be kept is not.
    """
    borders = last_weeks(min(scope.end, now), zone, weeks)
    number = WidthBucket(F("started_at"), Value(borders, ArrayField(DateTimeField())))
    found = clocks(scope.during(borders[0], borders[-1])).annotate(week=number)
    shares: list[dict[str, Share]] = [{} for _ in range(weeks)]
    for row in _count(found, now, "week", "target"):
        shares[row["week"] - 1][row["target"]] = _share(row)
    return [Week(monday.date(), of_target) for monday, of_target in zip(borders, shares, strict=False)]


def total(shares: Mapping[str, Share], only: Sequence[str] = ()) -> Share:
    return sum((share for target, share in shares.items() if not only or target in only), NOTHING)


def severity_of(code: str, version: int | None, level: str) -> int | None:
    """None: the scheme cannot be read any more."""
    try:
        found = library.scheme(code, version or 1).level(level)
    except (UnknownPromise, library.BrokenScheme):
        return None
    return found.severity if found else None


def _of_severity(severity: int) -> Q:
    """The levels of all schemes that are so grave."""
    chosen = Q(pk__in=())
    for code, version in SchemeVersion.objects.order_by("code", "version").values_list("code", "version"):
        try:
            levels = library.scheme(code, version).levels
        except (UnknownPromise, library.BrokenScheme):
            continue
        codes = [level.code for level in levels if level.severity == severity]
        chosen |= Q(ticket__scheme_code=code, ticket__scheme_version=version, level__in=codes)
    return chosen


def _add(shares: dict[str, Share], row: Mapping[str, Any]) -> None:
    shares[row["target"]] = shares.get(row["target"], NOTHING) + _share(row)


def _in_order(pairs: Iterable[tuple[str, Share]]) -> dict[str, Share]:
    shares: dict[str, Share] = {}
    for target, share in pairs:
        shares[target] = shares.get(target, NOTHING) + share
    return dict(sorted(shares.items(), key=lambda item: _order(item[0])))


def _count(found: QuerySet[Clock], now: datetime, *groups: str) -> Iterable[dict[str, Any]]:
    # Of a column that the index by start has, so that the table itself need not be read.
    counts = {
        "met_count": Count("started_at", filter=is_met()),
        "missed_count": Count("started_at", filter=is_missed(now)),
    }
    rows: Iterable[dict[str, Any]] = found.order_by().values(*groups).annotate(**counts)
    return rows


def _share(row: Mapping[str, Any]) -> Share:
    return Share(row["met_count"], row["missed_count"])


def _order(target: str) -> tuple[int, str]:
    return ORDER.get(target, len(ORDER)), target
