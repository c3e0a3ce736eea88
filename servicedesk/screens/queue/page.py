"""The agents' queue: what is due next, in groups, with views, filters, search and a preview. Changes no ticket."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.models import SavedView, Team, User
from accounts.policies import TABLE, may
from customers.models import Organisation, Site
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.queue import chips as queue_chips
from servicedesk.screens.queue import counts as queue_counts
from servicedesk.screens.queue import display as drawing
from servicedesk.screens.queue import grouping, last_used, rows, sidebar, understood, unfinished
from servicedesk.screens.queue.bulk_words import choices
from servicedesk.screens.queue.display import Display
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.listing import Listing, listing, tickets_of
from servicedesk.screens.queue.views import DEFAULT, EVERYTHING
from tickets.kinds import Kind, State
from tickets.models import Ticket
from tickets.numbers import number_in

LIST_ADDRESS = "/tickets/"
CSS = {"status": "c-st", "owner": "c-who", "received": "c-upd", "changed": "c-upd"}
DRAWN_BY = frozenset({"group", "sort", "cols"})


@staff_page
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    if not request.GET and (query := last_used.address(request.user)):
        return redirect(f"{LIST_ADDRESS}?{query}")
    if meant := _meant(request):
        return redirect(meant)
    kept = Display.kept(request.user.display)
    if (query := _short(request.GET, kept)) != request.GET.urlencode():
        return redirect(f"{LIST_ADDRESS}?{query}")
    now = timezone.now()
    found = listing(request.GET, request.user, now)
    if found.page.rows or not found.filters.chosen:  # filters that find nothing are no place to come back to
        last_used.keep(request.user, found.filters)
    saved = sidebar.saved_views(request.user)
    counts = _counts(found, saved)
    request.due_next = counts.views[DEFAULT.code].number
    left = unfinished.take(request) if found.page.rows else {}
    context = _context(found, counts, saved, kept, left) | {"unknown": understood.unknown(request.GET)}
    return render(request, "screens/queue/page.html", context)


def _short(given: QueryDict, kept: Display) -> str:
    """The address to share: without the fields a form left empty, and drawn as this person keeps it."""
    filled = given.copy()
    for name in [name for name, values in given.lists() if not any(value.strip() for value in values)]:
        del filled[name]
    if given and not filled:
        filled["view"] = DEFAULT.code  # nothing at all would lead to what was used last
    is_undrawn = not DRAWN_BY & set(filled) and Filters.read(filled).chosen_view.is_of_open_work
    return _joined(filled.urlencode(), kept.address if is_undrawn else "")


def _meant(request: StaffRequest) -> Ticket | None:
    """The ticket whose number was typed and nothing else. A serial number that reads the same is worth a list."""
    filters = Filters.read(request.GET)
    number = number_in(filters.q)
    if number is None or set(filters.chosen) != {"q"}:
        return None
    found = list(Ticket.objects.visible_to(request.user).matching(filters.q).only("number")[:2])
    return found[0] if [ticket.number for ticket in found] == [number] else None


def _counts(found: Listing, saved: Sequence[SavedView]) -> queue_counts.Counts:
    """Under every grouping the heading says what is late and what is soon."""
    conditions = rows.conditions(found.view, found.now)
    if found.grouping != "due":
        conditions = {code: conditions[code] for code in (rows.LATE.code, rows.SOON.code)}
    if not found.filters.q:
        return queue_counts.count(found.user, saved, found.now, found.chosen, conditions)
    groups = queue_counts.groups_of_search(found.chosen, conditions)
    return replace(queue_counts.count(found.user, saved, found.now), groups=groups)


def _context(
    found: Listing, counts: queue_counts.Counts, saved: Any, kept: Display, left: dict[str, Any]
) -> dict[str, Any]:
    """`left`: what a press of the toolbar left undone."""
    filters, display = found.filters, found.display
    groups = counts.groups if found.grouping == "due" else {}
    if not groups and counts.groups["total"].number < queue_counts.CAP:
        groups = grouping.count(found.chosen, found.grouping)
    current = sidebar.current(saved, filters)
    chips = queue_chips.chips(filters, found.now, display.address)
    return {
        "now": found.now,
        "filters": filters,
        "address": _joined(filters.unsaved.address(), display.address),
        "chips": chips,
        "unreadable": [chip for chip in chips if not chip.is_readable],
        "view": found.view,
        "saved_view": current,
        "is_changed": current is not None and sidebar.is_changed(current, filters, display),
        "title": current.name if current else _title(found),
        "views": sidebar.links(found, counts),
        "saved": sidebar.saved_links(saved, current, counts),
        "may_share": may(Actor(user=found.user), "account.share_views", TABLE),
        "counts": counts,
        "groups": found.groups(groups, left.get("chosen", ())),
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
        "unfinished": left,
        "has_errors": bool(left.get("errors")),
    }


def _title(found: Listing) -> str:
    """Where a filter alone leads beyond the open tickets, nobody has searched."""
    is_searched = found.view is not EVERYTHING or found.filters.q
    return str(found.view.label) if is_searched else _("Tickets")


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
def filter_form(request: StaffRequest) -> HttpResponse:
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
        "tags_in_use": Ticket.objects.visible_to(request.user).tags_in_use(),
    }
    template = "filter_form.html" if request.headers.get("HX-Request") else "filter.html"
    return render(request, f"screens/queue/{template}", context)
