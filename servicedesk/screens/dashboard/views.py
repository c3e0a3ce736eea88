"""The dashboard, the tickets behind each of its numbers, and the export. Whoever runs the desk may see them."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.policies import require
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.dashboard import cards, chart, export, findings, listing
from servicedesk.service_levels import open_now, period
from servicedesk.service_levels.period import Period
from sla import attainment
from sla.policies import TABLE

SHOWN_MISSES = 8
PAGE = 50


@staff_page
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    require(Actor(user=request.user), "sla.see_attainment", TABLE)
    now = timezone.now()
    form, chosen = period.read(_defaulted(request), now, timezone.get_current_timezone())
    context = {
        "now": now,
        "form": form,
        "period": chosen,
        "query": chosen.query(),
        "choices": chosen.choices(),
        **figures(chosen, now),
    }
    return render(request, "screens/dashboard/dashboard.html", context)


def figures(chosen: Period, now: datetime) -> dict[str, Any]:
    """Everything on the page, in a constant number of statements."""
    scope = chosen.scope
    shares, before = attainment.by_target(scope, now), attainment.by_target(scope.before(), now)
    weeks = attainment.by_week(scope, now, chosen.zone)
    contracts, holders = attainment.by_contract(scope, now), open_now.holders(now, chosen.organisation)
    causes = attainment.causes(scope, now)
    severities = cards.severity_lines(attainment.by_severity(scope, now), shares, chosen)
    decided = attainment.total(shares)
    return {
        "kpis": cards.kpis(shares, before, chosen),
        "promises": cards.promises(shares, before, chosen),
        "severities": severities,
        "severities_finding": findings.of_severities(severities),
        "contracts": cards.contract_lines(contracts, chosen),
        "contracts_finding": findings.of_contracts(contracts),
        "trend": chart.trend(weeks, findings.focus(weeks, shares, before)),
        "trend_finding": findings.of_trend(weeks, shares, before),
        "weeks": weeks,
        "main": [(code, attainment.goal(code)) for code in chart.MAIN],
        "misses": listing.rows(attainment.missed(scope, now)[:SHOWN_MISSES], now),
        "missed_finding": findings.of_missed(shares, causes),
        "missed_count": decided.missed,
        "decided": decided,
        "holders": holders,
        "holders_finding": findings.of_holders(holders),
        "open": open_now.totals(holders),
        "widest": max((holder.total for holder in holders), default=1),
    }


@staff_page
@require_safe
def tickets(request: StaffRequest) -> HttpResponse:
    """The clocks behind a number, and the tickets they belong to."""
    require(Actor(user=request.user), "sla.see_attainment", TABLE)
    now = timezone.now()
    form, chosen = period.read(_defaulted(request), now, timezone.get_current_timezone())
    narrowed = listing.narrow(request.GET, chosen)
    page = Paginator(listing.clocks(narrowed, now), PAGE).get_page(request.GET.get("page"))
    context = {
        "now": now,
        "form": form,
        "period": chosen,
        "narrowed": narrowed,
        "choices": chosen.choices(**narrowed.parameters),
        "page": page,
        "rows": listing.rows(page.object_list, now),
        "query": chosen.query(**narrowed.parameters),
    }
    return render(request, "screens/dashboard/tickets.html", context)


@staff_page
@require_safe
def download(request: StaffRequest) -> StreamingHttpResponse:
    """The same clocks as rows of a spreadsheet."""
    require(Actor(user=request.user), "sla.see_attainment", TABLE)
    now = timezone.now()
    _form, chosen = period.read(_defaulted(request), now, timezone.get_current_timezone())
    narrowed = listing.narrow(request.GET, chosen)
    name = slugify(f"service-levels-{chosen.first}-{chosen.last}")
    return StreamingHttpResponse(
        export.lines(listing.clocks(narrowed, now), now, chosen.zone),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )


def _defaulted(request: HttpRequest) -> Any:
    """With nothing chosen the form shows what is meant: the last 30 days."""
    query = request.GET.copy()
    if not query.get("since") and not query.get("until") and not query.get("period"):
        query["period"] = str(period.DEFAULT_DAYS)
    return query
