"""The agents' queue: what is due next, in groups, with views, filters, search, selection and a preview. Reads only."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.models import Team, User
from accounts.policies import TABLE, may
from customers.models import Organisation, Site
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.queue import chips as queue_chips
from servicedesk.screens.queue import counts as queue_counts
from servicedesk.screens.queue import display as drawing
from servicedesk.screens.queue import grouping, rows, sidebar
from servicedesk.screens.queue.bulk_words import choices
from servicedesk.screens.queue.display import Display
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.listing import Listing, listing, tickets_of
from servicedesk.screens.queue.views import DEFAULT
from tickets.kinds import Kind, State

LIST_ADDRESS = "/tickets/"
CSS = {"status": "c-st", "owner": "c-who", "received": "c-upd", "changed": "c-upd"}
DRAWN_BY = frozenset({"group", "sort", "cols"})


@staff_page
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    kept = Display.kept(request.user.display)
    if kept.address and not DRAWN_BY & set(request.GET) and Filters.read(request.GET).chosen_view.is_of_open_work:
        query = request.GET.urlencode()
        return redirect(f"{LIST_ADDRESS}?{'&'.join(filter(None, [query, kept.address]))}")
    now = timezone.now()
    found = listing(request.GET, request.user, now)
    saved = sidebar.saved_views(request.user)
    conditions = rows.conditions(found.view, now) if found.grouping == "due" else {}
    counts = queue_counts.count(request.user, found.chosen, _summary(conditions, found), saved, now)
    request.due_next = counts.views[DEFAULT.code].number
    return render(request, "screens/queue/page.html", _context(found, counts, saved, kept))


def _summary(conditions: dict[str, Any], found: Listing) -> dict[str, Any]:
    """The heading says what is late and what is soon under every grouping."""
    of_due = rows.conditions(found.view, found.now)
    return conditions or {code: of_due[code] for code in (rows.LATE.code, rows.SOON.code)}


def _context(found: Listing, counts: queue_counts.Counts, saved: Any, kept: Display) -> dict[str, Any]:
    filters, display = found.filters, found.display
    groups = counts.groups if found.grouping == "due" else {}
    if not groups and counts.groups["total"].number < queue_counts.CAP:
        groups = grouping.count(found.chosen, found.grouping)
    current = sidebar.current(saved, filters)
    return {
        "now": found.now,
        "filters": filters,
        "address": _joined(filters.unsaved.address(), display.address),
        "chips": queue_chips.chips(filters, found.now, display.address),
        "view": found.view,
        "saved_view": current,
        "is_changed": current is not None and sidebar.is_changed(current, filters, display),
        "title": current.name if current else found.view.label,
        "views": sidebar.links(found, counts),
        "saved": sidebar.saved_links(saved, current, counts),
        "may_share": may(Actor(user=found.user), "account.share_views", TABLE),
        "counts": counts,
        "groups": found.groups(groups),
        "pages": _page_links(found),
        "display": display,
        "drawing": _choices(found, kept),
        "heads": heads(found),
        "span": len(display.columns) + 4,
        "next_due_at": _next_due(found),
        "tomorrow": filters.address(due="tomorrow"),
        "whenever": filters.address(due=""),
        "columns": display.columns,
        "width": kept.width,
        "bulk": choices(found),
        "token": uuid.uuid4(),
    }


def _next_due(found: Listing) -> datetime | None:
    """When nothing is due as asked: what the same list holds later."""
    if found.page.rows or not found.filters.due:
        return None
    later = tickets_of(replace(found.filters, due=""), found.user, found.now)
    return later.filter(next_due_at__gt=found.now).order_by("next_due_at").values_list("next_due_at", flat=True).first()


def heads(found: Listing) -> list[dict[str, Any]]:
    """The columns of the list, each with the address of its order."""
    name, is_descending = found.display.order(found.view.order)
    shown = [("level", "c-lvl"), ("due", "c-due"), ("", "c-tk")]
    shown += [(column, CSS.get(column, f"c-{column}")) for column in found.display.columns]
    return [_head(found, column, css, name, is_descending=is_descending) for column, css in shown]


def _head(found: Listing, column: str, css: str, sort: str, *, is_descending: bool) -> dict[str, Any]:
    can_sort = column in drawing.SORTS
    turned = f"-{column}" if column == sort and not found.display.sort.startswith("-") else column
    other = {**found.display.values, "sort": turned}
    other.pop("width", None)
    direction = ("descending" if is_descending else "ascending") if column == sort else ""
    return {
        "code": column,
        "css": css,
        "label": drawing.COLUMNS.get(column) or drawing.SORTS.get(column, ""),
        "address": f"?{_joined(found.filters.address(), sidebar.encoded(other))}" if can_sort else "",
        "direction": direction,
    }


def _choices(found: Listing, kept: Display) -> dict[str, Any]:
    """What the menu "Display" offers, with what is in force."""
    name, is_descending = found.display.order(found.view.order)
    return {
        "groupings": drawing.GROUPINGS.items(),
        "grouping": found.grouping,
        "sorts": drawing.SORTS.items(),
        "sort": name,
        "is_turned": found.display.sort.startswith("-"),
        "columns": drawing.COLUMNS.items(),
        "densities": drawing.DENSITIES.items(),
        "density": found.user.density,
        "widths": drawing.WIDTHS.items(),
        "width": kept.width,
        "is_descending": is_descending,
    }


def _joined(*parts: str) -> str:
    return "&".join(filter(None, parts))


def _page_links(found: Listing) -> dict[str, str]:
    base, after = _joined(found.filters.address(), found.display.address), found.page.next_cursor
    return {
        "first_address": "" if found.page.is_first else f"?{base}",
        "next_address": f"?{_joined(base, f'after={after}')}" if after else "",
    }


@staff_page
@require_safe
def filter_form(request: HttpRequest) -> HttpResponse:
    """The choices of the filters: a panel for the script, a page of its own without."""
    context = {
        "filters": Filters.read(request.GET),
        "display": Display.read(request.GET),
        "states": State.choices,
        "kinds": Kind.choices,
        "severities": "1234",
        "dues": queue_chips.DUE.items(),
        "organisations": Organisation.objects.values_list("code", "name"),
        "sites": Site.objects.order_by("organisation__name", "name").values_list("code", "name", "organisation__name"),
        "teams": Team.objects.values_list("code", "name"),
        "people": User.objects.staff().order_by("name").values_list("email", "name"),
    }
    template = "filter_form.html" if request.headers.get("HX-Request") else "filter.html"
    return render(request, f"screens/queue/{template}", context)
