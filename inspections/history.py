"""What was measured over the years: every reading of every signed visit, series by series. Reads only.

A series is one check of one list at one unit, or at a site where the list was walked for the whole of it. A constant
number of statements, however many series.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from accounts.models import User
from customers.models import Equipment, Site
from inspections.checklists import Item, in_language, read
from inspections.models import Answer, ChecklistVersion, Inspection
from inspections.trends import Pace, Reading, worsening
from tickets.models import Ticket

Key = tuple[str, int | None, int | None, str]  # code of the list, unit, site where there is no unit, check
COLUMNS = (
    "sheet__version__checklist__code", "sheet__unit", "sheet__inspection__ticket__site", "item", "sheet__version",
    "reading", "result", "sheet__inspection__begun_at", "sheet__inspection__ticket__number",
)  # fmt: skip


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
        return worsening(readings, self.item.limits.low, self.item.limits.high)

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


def getting_worse(found: Iterable[Series]) -> list[Series]:
    """What is beyond its limit and goes on first, then by the day on which the limit would be reached."""
    worse = [series for series in found if series.pace is not None]
    return sorted(worse, key=lambda series: (series.pace.reached_on or date.min) if series.pace else date.max)


def plain(value: Decimal) -> Decimal:
    """Without the zeros that the column adds."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short
