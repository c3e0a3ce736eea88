"""What was measured over the years: every reading of every signed visit, series by series. Reads only.

A series is one check of one list at one unit, or at a site where the list was walked for the whole of it. A constant
number of statements, however many series.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg, RegrR2, RegrSlope
from django.db.models import Count, F, FloatField, Func, Min, Q, QuerySet, Value
from django.db.models.functions import Concat

from accounts.models import User
from customers.models import Equipment, Site
from inspections.checklists import Item, in_language, read
from inspections.models import Answer, ChecklistVersion, Inspection
from inspections.trends import FEWEST, FOLLOWED, Bounds, Pace, Reading, pace_of, worsening
from tickets.models import Ticket

PLACE = ("sheet__version__checklist__code", "sheet__unit", "sheet__inspection__ticket__site", "item")
FIRST = date(2000, 1, 1)
ALMOST = 1e-6  # PostgreSQL and we round differently; a series is judged again once it is read
Key = tuple[str, int | None, int | None, str]  # code of the list, unit, site where there is no unit, check
COLUMNS = (
    "sheet__version__checklist__code", "sheet__unit", "sheet__inspection__ticket__site", "item", "sheet__version",
    "reading", "result", "sheet__inspection__begun_at", "sheet__inspection__ticket__number",
)  # fmt: skip


def bounds_of(item: Item) -> Bounds:
    found = item.limits
    return Bounds(found.low, found.high, found.change, found.change_percent)


@dataclass(frozen=True)
class Point:
    """`on`: the day of the visit, at its site."""

    on: date
    value: Decimal
    is_bad: bool
    reference: str


@dataclass(frozen=True)
class Series:
    """`item` as it was asked at the last visit, in the words of the reader."""

    checklist: str
    checklist_name: str
    item: Item
    site: Site
    unit: Equipment | None
    points: Sequence[Point]

    @cached_property
    def pace(self) -> Pace | None:
        readings = [Reading(point.on, point.value) for point in self.points]
        return worsening(readings, bounds_of(self.item))

    @property
    def last(self) -> Point:
        return self.points[-1]

    @property
    def limits(self) -> list[Decimal]:
        return [limit for limit in (self.item.limits.low, self.item.limits.high) if limit is not None]


def of(user: User, language: str, *, places: QuerySet[Answer] | None = None, until: date | None = None) -> list[Series]:
    """All that the person may see, narrowed by `places`; by site, unit and check. `until`: readings of later days are
    left out.
    """
    rows = list((Answer.objects.all() if places is None else places).filter(**_signed(user)).values_list(*COLUMNS))
    units = {row.pk: row for row in _of(Equipment.objects.select_related("product"), (row[1] for row in rows))}
    sites = {row.pk: row for row in _of(Site.objects.select_related("organisation"), (row[2] for row in rows))}
    found: dict[Key, list[tuple[Point, int]]] = {}
    for checklist, unit, site, item, version, value, result, at, number in rows:
        if site is None:
            continue
        on = at.astimezone(ZoneInfo(sites[site].zone)).date()
        if until is not None and on > until:
            continue
        point = Point(on, plain(value), result == Answer.Results.FAILED, Ticket(number=number).reference)
        found.setdefault((checklist, unit, site, item), []).append((point, version))
    found = {key: sorted(points, key=lambda one: one[0].on) for key, points in found.items()}
    asked = _asked({points[-1][1] for points in found.values()}, language)
    series = [
        Series(key[0], asked[version][0], asked[version][1][key[3]], sites[site], units.get(key[1] or 0), points)
        for key, version, site, points in _last_versions(found)
        if key[3] in asked[version][1]
    ]
    return sorted(series, key=_place)


def _signed(user: User) -> Mapping[str, object]:
    seen = Inspection.objects.visible_to(user).finished()
    return {"reading__isnull": False, "sheet__inspection__in": seen.order_by().values("pk")}


def _of(rows: QuerySet, keys: Iterable[int | None]) -> QuerySet:  # type: ignore[type-arg]
    return rows.filter(pk__in={key for key in keys if key is not None})


def _last_versions(
    found: Mapping[Key, list[tuple[Point, int]]],
) -> Iterable[tuple[Key, int, int, list[Point]]]:
    for key, points in found.items():
        yield key, points[-1][1], key[2] or 0, [point for point, _version in points]


def _asked(versions: Iterable[int], language: str) -> dict[int, tuple[str, dict[str, Item]]]:
    """Of each version its name and its checks, as somebody reads them in that language."""
    found = {}
    for row in ChecklistVersion.objects.filter(pk__in=versions):
        checklist = in_language(read(row.document), language)
        found[row.pk] = checklist.name, {item.code: item for item in checklist.items}
    return found


def _place(series: Series) -> tuple[str, str, str, str]:
    site, unit = series.site, series.unit
    return str(site.organisation), str(site), str(unit) if unit else "", series.item.text


def _placed(user: User, places: QuerySet[Answer] | None) -> QuerySet[Answer]:
    rows = Answer.objects.all() if places is None else places
    return rows.filter(sheet__inspection__ticket__site__isnull=False, **_signed(user))


def first_of_each(user: User, places: QuerySet[Answer]) -> QuerySet[Answer]:
    """One reading of each series that the person may see, the one that was kept first: it stays where it is in a list,
    whatever is measured later.
    """
    firsts = _placed(user, places).order_by().values(*PLACE).annotate(first=Min("pk")).values("first")
    return Answer.objects.filter(pk__in=firsts)


def key_of(answer: Answer) -> Key:
    """Expects it with list and ticket."""
    sheet = answer.sheet
    return sheet.version.checklist.code, sheet.unit_id, sheet.inspection.ticket.site_id, answer.item


class _Day(Func):
    """Of the visit at its site, as a number."""

    template = "(timezone(%(expressions)s)::date - DATE '2000-01-01')::float8"  # FIRST
    output_field = FloatField()


def worse_keys(user: User, places: QuerySet[Answer] | None = None) -> list[Key]:
    """Of everything that gets worse and that the person may see (of `places`: of these readings alone), what is beyond
    its limit and goes on first, then by the day on which the limit would be reached. PostgreSQL lays the lines: one
    statement, and one for the limits.
    """
    day = _Day(F("sheet__inspection__ticket__site__zone"), F("sheet__inspection__begun_at"))
    rows = (
        _placed(user, places)
        .annotate(day=day)
        .order_by()
        .values(*PLACE)
        .annotate(
            slope=RegrSlope("reading", "day"),
            followed=RegrR2("reading", "day"),
            visits=Count("day", distinct=True),
            days=ArrayAgg("day", order_by="day"),
            readings=ArrayAgg("reading", order_by="day"),
            versions=ArrayAgg("sheet__version", order_by="day"),
        )
        .filter(visits__gte=FEWEST, followed__gte=FOLLOWED - ALMOST)
    )
    found = list(rows.values_list(*PLACE, "slope", "days", "readings", "versions"))
    asked = _asked({versions[-1] for *_rest, versions in found}, "")
    worse: list[tuple[date, Key]] = []
    for checklist, unit, site, item, slope, days, readings, versions in found:
        of_list = asked[versions[-1]][1]
        if item in of_list:
            last = Reading(FIRST + timedelta(days=days[-1]), readings[-1])
            pace = pace_of(slope, readings[0], last, bounds_of(of_list[item]))
            if pace is not None:
                worse.append((pace.reached_on or date.min, (checklist, unit, site, item)))
    return [key for _reached_on, key in sorted(worse, key=lambda one: (one[0], str(one[1])))]


def of_keys(user: User, language: str, keys: Sequence[Key], *, places: QuerySet[Answer] | None = None) -> list[Series]:
    """Those series, in that order."""
    if not keys:
        return []
    where = reduce(or_, (Q(**dict(zip(PLACE, key, strict=True))) for key in keys))
    rows = Answer.objects.all() if places is None else places
    found = {
        (one.checklist, one.unit.pk if one.unit else None, one.site.pk, one.item.code): one
        for one in of(user, language, places=rows.filter(where))
    }
    return [found[key] for key in keys if key in found]


def places_of(user: User) -> QuerySet[Answer, Mapping[str, Any]]:
    """Where anything was measured, by customer, site and unit: `unit` and `site` are keys, `count` is of checks."""
    where = {"sheet__inspection__ticket__site__isnull": False, **_signed(user)}
    site = "sheet__inspection__ticket__site"
    return (
        Answer.objects.filter(**where)
        .order_by(f"{site}__organisation__name", f"{site}__name", "sheet__unit__serial_number", "sheet__unit", site)
        .values(unit=F("sheet__unit"), site=F(site))
        .annotate(count=Count(Concat("sheet__version__checklist__code", Value("/"), "item"), distinct=True))
    )


def getting_worse(found: Iterable[Series]) -> list[Series]:
    """What is beyond its limit and goes on first, then by the day on which the limit would be reached."""
    worse = [series for series in found if series.pace is not None]
    return sorted(worse, key=lambda series: (series.pace.reached_on or date.min) if series.pace else date.max)


def plain(value: Decimal) -> Decimal:
    """Without the zeros that the column adds."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
