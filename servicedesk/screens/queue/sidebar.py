"""The views beside the queue, and beside every other page of the desk: the default ones, one's own, the team's, with
their counts and addresses. Reads only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from accounts.models import SavedView, User
from servicedesk.screens.queue import counts as queue_counts
from servicedesk.screens.queue.counts import Counts
from servicedesk.screens.queue.display import Display
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.listing import Listing
from servicedesk.screens.queue.views import DEFAULT, VIEWS, View

SHOWN = 40


@dataclass(frozen=True)
class Beside:
    """The views for a page that is no list. `due_next`: what the first one holds."""

    views: Sequence[Mapping[str, Any]]
    saved: Mapping[str, Sequence[Mapping[str, Any]]]
    due_next: int


def beside(user: User, now: datetime, query: str | None = None) -> Beside:
    """`query`: of the list somebody came from, which is marked; None: he came from none. Two statements."""
    saved = saved_views(user)
    counts = queue_counts.count(user, saved, now)
    filters = Filters.read(QueryDict(query)) if query is not None else None
    chosen = current(saved, filters) if filters else None
    view = filters.chosen_view if filters and chosen is None else None
    return Beside(_links(counts, view), saved_links(saved, chosen, counts), counts.views[DEFAULT.code].number)


def saved_views(user: User) -> Sequence[SavedView]:
    return list(SavedView.objects.visible_to(user)[:SHOWN])


def links(found: Listing, counts: Counts) -> list[dict[str, Any]]:
    """A view is a name for a filter: choosing one begins anew, drawn as before."""
    current = None if found.filters.saved else found.view
    return _links(counts, current, lambda view: _drawn(found, view.is_of_open_work))


def _links(
    counts: Counts, current: View | None, drawn: Callable[[View], str] = lambda view: ""
) -> list[dict[str, Any]]:
    return [
        {
            "label": view.label,
            "code": view.code,
            "address": "/tickets/?" + "&".join(filter(None, [f"view={view.code}", drawn(view)])),
            "count": counts.views[view.code],
            "is_current": view is current,
        }
        for view in VIEWS
    ]


def _drawn(found: Listing, is_of_open_work: bool) -> str:
    is_kept = found.display.address and is_of_open_work and found.view.is_of_open_work
    return f"&{found.display.address}" if is_kept else ""


def saved_links(saved: Sequence[SavedView], current: SavedView | None, counts: Counts) -> Mapping[str, Any]:
    """Two lists: one's own, and those that are shared."""
    found: dict[str, list[dict[str, Any]]] = {"own": [], "shared": []}
    for view in saved:
        link = {
            "label": view.name,
            "code": f"saved-{view.pk}",
            "address": f"/tickets/?{address(view)}",
            "count": counts.saved[view.pk],
            "is_current": view == current,
        }
        found["shared" if view.is_shared else "own"].append(link)
    return found


def address(view: SavedView) -> str:
    return "&".join(filter(None, [view.query, f"saved={view.pk}"]))


def current(saved: Sequence[SavedView], filters: Filters) -> SavedView | None:
    return next((view for view in saved if str(view.pk) == filters.saved), None)


def is_changed(view: SavedView, filters: Filters, display: Display) -> bool:
    """Whether the list shows something else than the view that it came from."""
    kept = QueryDict(view.query)
    was = replace(Filters.read(kept).unsaved), Display.read(kept).address
    return was[0] != filters.unsaved or (bool(was[1]) and was[1] != display.address)


def encoded(values: Mapping[str, str]) -> str:
    return urlencode(values)
