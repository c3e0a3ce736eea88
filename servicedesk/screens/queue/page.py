"""The agents' queue: what is due next, in groups, with views, filters, search and a preview. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Team, User
from customers.models import Organisation
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.queue import counts as queue_counts
from servicedesk.screens.queue import filters as queue_filters
from servicedesk.screens.queue import pages as queue_pages
from servicedesk.screens.queue import rows as queue_rows
from servicedesk.screens.queue import views as queue_views
from servicedesk.screens.queue.filters import Filters
from sla.models import Clock
from tickets.kinds import State
from tickets.models import Ticket

LIST_ADDRESS = "/tickets/"


@dataclass(frozen=True)
class Listing:
    """One page of the list that an address names. `chosen`: all tickets of it."""

    filters: Filters
    view: queue_views.View
    chosen: queue_views.Tickets
    page: queue_pages.Page
    user: User
    now: datetime

    def rows(self) -> Iterable[tuple[str, queue_rows.Row]]:
        """In order, each with the code of its group; the same groups as on the page."""
        for row in queue_rows.rows(self.page.rows, self.user, self.now):
            yield queue_rows.group_of(row.ticket, self.now).code if self.view.order == "due" else "", row


def listing(request: StaffRequest, now: datetime) -> Listing:
    filters = Filters.read(request.GET)
    view = filters.chosen_view
    chosen = Ticket.objects.visible_to(request.user).filter(view.chooses(request.user, now))
    chosen = queue_filters.apply(chosen, filters, request.user)
    clocks = Prefetch("clocks", queryset=Clock.objects.shown_in_lists())
    shown = chosen.with_people_and_places().defer("description", "search").prefetch_related(clocks)
    page = queue_pages.page(shown, view.order, request.GET.get("after", ""))
    return Listing(filters, view, chosen, page, request.user, now)


@staff_page
@require_safe
def queue(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    found = listing(request, now)
    view, filters = found.view, found.filters
    counts = queue_counts.count(request.user, found.chosen, queue_rows.conditions(view, now), now)
    context = {
        "now": now,
        "filters": filters,
        "chips": queue_filters.chips(filters),
        "view": view,
        "views": _links(filters, view, counts),
        "counts": counts,
        "groups": list(_groups(found.page.rows, counts, view, request.user, now)),
        "pages": _page_links(found.page, filters),
    }
    return render(request, "screens/queue.html", context)


def _links(filters: Filters, current: queue_views.View, counts: queue_counts.Counts) -> list[dict[str, Any]]:
    """A view is a name for a filter: choosing one begins anew."""
    return [
        {
            "label": view.label,
            "address": f"?view={view.code}" if view is not queue_views.DEFAULT else LIST_ADDRESS,
            "count": counts.views[view.code],
            "is_current": view is current,
        }
        for view in queue_views.VIEWS
    ]


def _groups(
    tickets: Iterable[Ticket], counts: queue_counts.Counts, view: queue_views.View, user: User, now: datetime
) -> Iterable[dict[str, Any]]:
    """Groups only where the order is by due time; elsewhere one group without a heading."""
    if view.order != "due":
        yield {"group": None, "rows": list(queue_rows.rows(tickets, user, now))}
        return
    for group, members in groupby(tickets, key=lambda ticket: queue_rows.group_of(ticket, now)):
        rows = list(queue_rows.rows(members, user, now))
        yield {"group": group, "count": counts.groups[group.code], "rows": rows}


def _page_links(page: queue_pages.Page, filters: Filters) -> dict[str, str]:
    base = filters.address()
    following = f"?{base}&after={page.next_cursor}" if base else f"?after={page.next_cursor}"
    return {
        "first_address": "" if page.is_first else f"?{base}",
        "next_address": following.replace("+", "%2B") if page.next_cursor else "",
    }


@staff_page
@require_safe
def filter_form(request: HttpRequest) -> HttpResponse:
    """The choices of the filters: a panel for the script, a page of its own without."""
    context = {
        "filters": Filters.read(request.GET),
        "states": State.choices,
        "organisations": Organisation.objects.values_list("code", "name"),
        "teams": Team.objects.values_list("code", "name"),
        "people": User.objects.staff().order_by("name").values_list("email", "name"),
    }
    template = "screens/queue_filter_form.html" if request.headers.get("HX-Request") else "screens/queue_filter.html"
    return render(request, template, context)
