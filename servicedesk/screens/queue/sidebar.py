"""The views beside the queue: the default ones, one's own, the team's, with their counts and addresses. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from accounts.models import SavedView, User
from servicedesk.screens.queue.counts import Counts
from servicedesk.screens.queue.display import Display
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.listing import Listing
from servicedesk.screens.queue.views import VIEWS

SHOWN = 40


def saved_views(user: User) -> Sequence[SavedView]:
    return list(SavedView.objects.visible_to(user)[:SHOWN])


def links(found: Listing, counts: Counts) -> list[dict[str, Any]]:
    """A view is a name for a filter: choosing one begins anew, drawn as before."""
    is_plain = not found.filters.saved
    return [
        {
            "label": view.label,
            "code": view.code,
            "address": "/tickets/?"
            + "&".join(filter(None, [f"view={view.code}", _drawn(found, view.is_of_open_work)])),
            "count": counts.views[view.code],
            "is_current": is_plain and view is found.view,
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
