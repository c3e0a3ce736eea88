"""The dashboard, the lists behind each of its numbers, and the export. Whoever runs the desk may see them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.policies import require
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.dashboard import board, export, listing, workbook
from servicedesk.screens.dashboard.board import Board
from servicedesk.service_levels import period, selection
from servicedesk.service_levels.figures import Figures
from servicedesk.service_levels.period import Period, PeriodForm
from sla.policies import TABLE

PAGE = 50
MONTHS = 12


@staff_page
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """Complete at once; a change of the filters by script gets the places of the cards, which load one by one."""
    form, chosen = _read(request)
    figures = Figures(chosen, timezone.now())
    by = request.GET.get("by", "")
    shown = Board(figures, by if by in board.BY else "", request.GET.get("contracts") == "all")
    wanted = request.GET.get("card", "")
    if wanted in board.CARDS:
        return HttpResponse(board.draw(request, wanted, shown))
    draw = board.waiting if request.GET.get("cards") == "later" and "HX-Request" in request.headers else board.draw
    context = _frame(form, chosen) | {
        "reported": board.reported(figures),
        "cards": [draw(request, name, shown) for name in board.CARDS],
        "now": figures.now,
        "query": chosen.query(),
        "action": "/dashboard/",
        "can_load_later": True,
    }
    return render(request, "screens/dashboard/dashboard.html", context)


@staff_page
@require_safe
def tickets(request: StaffRequest) -> HttpResponse:
    """What stands behind a number: clocks with their tickets, or tickets."""
    form, chosen = _read(request)
    now = timezone.now()
    narrowed = listing.narrow(request.GET, chosen)
    found: Any = listing.clocks(narrowed, now) if narrowed.is_of_clocks else listing.tickets(narrowed, now)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = page.object_list
    context = _frame(form, chosen, narrowed.parameters) | {
        "now": now,
        "narrowed": narrowed,
        "page": page,
        "rows": listing.rows(rows, now) if narrowed.is_of_clocks else listing.ticket_rows(rows),
        "query": narrowed.query,
        "action": "/dashboard/tickets/",
    }
    return render(request, "screens/dashboard/tickets.html", context)


@staff_page
@require_safe
def download(request: StaffRequest) -> StreamingHttpResponse:
    """A list as CSV."""
    _form, chosen = _read(request)
    return StreamingHttpResponse(
        export.lines(listing.narrow(request.GET, chosen), timezone.now()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{export.file_name(chosen)}.csv"'},
    )


@staff_page
@require_safe
def download_workbook(request: StaffRequest) -> FileResponse:
    """A list as a workbook; with `figures`, all numbers of the page before it."""
    _form, chosen = _read(request)
    figures = Figures(chosen, timezone.now()) if request.GET.get("figures") else None
    file = workbook.write(listing.narrow(request.GET, chosen), figures, timezone.now())
    name = f"{export.file_name(chosen)}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=workbook.CONTENT_TYPE)


def _read(request: StaffRequest) -> tuple[PeriodForm, Period]:
    require(Actor(user=request.user), "sla.see_attainment", TABLE)
    return period.read(_defaulted(request), timezone.now(), timezone.get_current_timezone())


def _frame(form: PeriodForm, chosen: Period, more: Any = None) -> dict[str, Any]:
    """The bar with the three choices; each address keeps everything else that was chosen."""
    kept = dict(more or {})
    return {
        "form": form,
        "period": chosen,
        "kept": kept,
        "presets": [
            (label, chosen.with_preset(code).query(**kept), chosen.preset == code) for code, label in period.PERIODS
        ],
        "months": [
            (day, chosen.with_month(f"{day:%Y-%m}").query(**kept), chosen.month == f"{day:%Y-%m}")
            for day in _months(timezone.localdate())
        ],
        "comparisons": [
            (label, chosen.query(**kept, compare=None if code == period.DEFAULT_COMPARISON else code),
             chosen.compare == code)
            for code, label in period.COMPARISONS
        ],
        "selected": selection.words(form.cleaned_data),
        "without_selection": chosen.query(**kept, **dict.fromkeys(selection.FIELDS)),
    }  # fmt: skip


def _months(today: date) -> Sequence[date]:
    """The first days of the last months, this one first."""
    index = today.year * 12 + today.month - 1
    return [date((index - back) // 12, (index - back) % 12 + 1, 1) for back in range(MONTHS)]


def _defaulted(request: HttpRequest) -> Any:
    """With nothing chosen the form shows what is meant: the last 30 days."""
    query = request.GET.copy()
    if not any(query.get(name) for name in ("since", "until", "period", "month")):
        query["period"] = period.DEFAULT_PERIOD
    return query
