"""Readings over the years, for staff of every site, for a customer of his. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.access import page_for
from customers.models import Equipment, Site
from inspections import history, wording
from inspections.history import Series
from inspections.models import Answer
from inspections.paper import Chart
from inspections.policies import TABLE
from servicedesk.papers import parts

SEE = "inspection.see_readings"
WORST, WORSE, PLACES = 6, 24, 50  # on a page


@dataclass(frozen=True)
class Row:
    """A series as a page shows it."""

    series: Series
    chart: Chart
    outlook: str
    last: str
    address: str
    compare: str

    @property
    def points(self) -> list[tuple[str, str, bool, str]]:
        """Day, value, whether it was bad, number of the inspection; the latest first."""
        found = zip(self.series.points, self.chart.dots, strict=True)
        return [(dot.day, dot.label, point.is_bad, point.reference) for point, dot in found][::-1]


def row_of(series: Series, *, with_place: bool = False) -> Row:
    return Row(
        series,
        parts.chart(series, with_place=with_place),
        parts.outlook(series),
        wording.measured(series.last.value, series.item.unit),
        address_of(series),
        f"/inspections/readings/compare/{series.checklist}/{series.item.code}/",
    )


def address_of(series: Series) -> str:
    place = f"units/{series.unit.pk}" if series.unit else f"sites/{series.site.code}"
    return f"/inspections/readings/{place}/{series.checklist}/{series.item.code}/"


@require_safe
@page_for(SEE, TABLE)
def readings(request: HttpRequest) -> HttpResponse:
    """What gets worse on top, the soonest of it; then the places with readings, page by page."""
    person = _person(request)
    keys = history.worse_keys(person)
    page = Paginator(history.places_of(person), PLACES).get_page(request.GET.get("page"))
    context = {
        "worse": _worse(person, keys[:WORST]),
        "worse_count": len(keys),
        "page": page,
        "places": _places(list(page)),
        "now": timezone.now(),
    }
    return _page(request, "list", context)


@require_safe
@page_for(SEE, TABLE)
def worsening(request: HttpRequest) -> HttpResponse:
    """All that gets worse, page by page."""
    person = _person(request)
    page = Paginator(history.worse_keys(person), WORSE).get_page(request.GET.get("page"))
    return _page(request, "worse", {"worse": _worse(person, list(page)), "page": page})


def _worse(person: User, keys: Sequence[history.Key]) -> list[Row]:
    found = history.of_keys(person, _language(), keys)
    return [row_of(one, with_place=True) for one in found if one.pace is not None]


def _places(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, Site, int]]:
    """Address, name, site and how many readings."""
    units = Equipment.objects.select_related("product").in_bulk([row["unit"] for row in rows if row["unit"]])
    sites = Site.objects.select_related("organisation").in_bulk([row["site"] for row in rows])
    found = []
    for row in rows:
        site, unit = sites[row["site"]], units.get(row["unit"])
        path, name = (f"units/{unit.pk}", str(unit)) if unit else (f"sites/{site.code}", str(site))
        found.append((path, name, site, row["count"]))
    return found


@require_safe
@page_for(SEE, TABLE)
def unit(request: HttpRequest, pk: int, checklist: str = "", item: str = "") -> HttpResponse:
    """Every reading of a unit, or one of them with its table."""
    row = Equipment.objects.visible_to(_person(request)).select_related("product", "site__organisation").filter(pk=pk)
    found = row.first()
    if found is None:
        raise Http404
    return _place(request, str(found), found.site, Q(sheet__unit=found), checklist, item)


@require_safe
@page_for(SEE, TABLE)
def site(request: HttpRequest, code: str, checklist: str = "", item: str = "") -> HttpResponse:
    """The same of a site, from lists that were walked for the whole of it."""
    found = Site.objects.visible_to(_person(request)).select_related("organisation").filter(code=code).first()
    if found is None:
        raise Http404
    of_site = Q(sheet__unit=None, sheet__inspection__ticket__site=found)
    return _place(request, str(found), found, of_site, checklist, item)


def _place(request: HttpRequest, name: str, of: Site, where: Q, checklist: str, item: str) -> HttpResponse:
    rows = Answer.objects.filter(where)
    if item:
        rows = rows.filter(item=item, sheet__version__checklist__code=checklist)
    found = history.of(_person(request), _language(), places=rows)
    if item and not found:
        raise Http404
    context = {"name": name, "site": of, "rows": [row_of(one) for one in found], "is_one": bool(item)}
    return _page(request, "one" if item else "place", context)


@require_safe
@page_for(SEE, TABLE)
def compare(request: HttpRequest, checklist: str, item: str) -> HttpResponse:
    """One reading wherever the person may see it: the highest last value first."""
    rows = Answer.objects.filter(item=item, sheet__version__checklist__code=checklist)
    found = history.of(_person(request), _language(), places=rows)
    if not found:
        raise Http404
    ordered = sorted(found, key=lambda one: one.last.value, reverse=True)
    return _page(
        request, "compare", {"item": ordered[0].item, "rows": [row_of(one, with_place=True) for one in ordered]}
    )


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # page_for
    return request.user


def _language() -> str:
    return get_language() or "en"


def _page(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    base = "base_app.html" if _person(request).is_staff_member else "base_public.html"
    return render(request, f"screens/readings/{name}.html", context | {"base": base})
