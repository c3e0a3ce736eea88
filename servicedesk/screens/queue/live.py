"""What changed in the list somebody is looking at: rows to redraw where they stand, and what would move if he asked.

The same list as the page's, read anew; the browser says which rows it shows. Nothing here changes anything.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.whole_numbers import whole_number
from notifications.reports import bell
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.queue import listing as queue
from servicedesk.screens.queue import row_markup, sidebar

MOST = 200
JUST_NOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Moves:
    """`entered` would come into the list; `moved` would leave it or stand elsewhere; `gone` has left it."""

    entered: frozenset[int]
    moved: frozenset[int]
    gone: frozenset[int]

    @property
    def words(self) -> str:
        """What the pill says."""
        new, changed = len(self.entered), len(self.moved)
        parts = {"new": _new(new), "changed": _changed(changed)}
        if new and changed:
            return _("%(new)s, %(changed)s") % parts
        return parts["new"] if new else parts["changed"] if changed else ""


def _new(count: int) -> str:
    return ngettext("%(count)d new", "%(count)d new", count) % {"count": count}


def _changed(count: int) -> str:
    return ngettext("%(count)d changed", "%(count)d changed", count) % {"count": count}


@staff_page
@never_cache
@require_safe
def rows(request: StaffRequest) -> HttpResponse:
    """`shown`: the rows as drawn, "20418.late,20419.soon"; `changed`: numbers, or nothing for "all of them"."""
    now = timezone.now()
    shown = _shown(request.GET.get("shown", ""))
    changed = _numbers(request.GET.get("changed", "")) or None
    found = queue.listing(request.GET, request.user, now)
    current = {row.ticket.number: (group, row) for group, row in found.rows()}
    missing = [number for number in shown if number not in current]
    still_there: Collection[int] = ()
    if missing and found.page.next_cursor:  # others came in before them: they stand on the next page now
        still_there = set(found.chosen.filter(number__in=missing).values_list("number", flat=True))
    moves = compare(shown, {number: group for number, (group, _row) in current.items()}, changed, still_there)
    again = [
        row for number, (_group, row) in current.items() if number in shown and (changed is None or number in changed)
    ]
    drawn = [row_markup.draw(row, now, found.display.columns) for row in again]
    at = f"{timezone.localtime(now):%H:%M}"
    return JsonResponse({"at": at, "rows": "".join(drawn), "pill": moves.words, "gone": sorted(moves.gone)})


@staff_page
@never_cache
@require_safe
def counts(request: StaffRequest) -> HttpResponse:
    """What each view beside the page holds now, as it is drawn there, by the name of the view; the bell; and toasts
    about replies of this person that did not leave a moment ago.
    """
    now = timezone.now()
    found = sidebar.beside(request.user, now)
    links = [*found.views, *found.saved["own"], *found.saved["shared"]]
    drawn = {link["code"]: _drawn("screens/queue/view_count.html", {"link": link}, request) for link in links}
    drawn["bell"] = _drawn("notifications/bell_dot.html", {}, request)
    stopped = bell.stopped(request.user, now - JUST_NOW)
    drawn["toasts"] = "".join(_drawn("screens/queue/reply_stopped.html", {"notice": one}, request) for one in stopped)
    return JsonResponse(drawn)


def _drawn(template: str, context: Mapping[str, Any], request: StaffRequest) -> str:
    return render_to_string(template, dict(context), request).strip()


def compare(
    shown: Mapping[int, str], current: Mapping[int, str], changed: Collection[int] | None, still_there: Collection[int]
) -> Moves:
    """Both lists in order, with the group of each row. `changed` None: nobody knows which.

    As few rows count as moved as can explain the new order.
    """
    common = [number for number in shown if number in current]
    places = {number: place for place, number in enumerate(current)}
    steady = _longest_rising([places[number] for number in common])
    moved = {number for number in common if places[number] not in steady}
    moved |= {
        number for number in common if (changed is None or number in changed) and shown[number] != current[number]
    }
    gone = {number for number in shown if number not in current and number not in still_there}
    last = max((places[number] for number in common), default=-1)
    entered = {
        number
        for number, place in places.items()
        if number not in shown and (number in changed if changed is not None else place < last or not still_there)
    }
    return Moves(frozenset(entered), frozenset(moved | gone), frozenset(gone))


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The longest rising subsequence: the rows that need not move."""
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for place in places:
        at = bisect_left(tails, place)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1] = [place]
    found: set[int] = set()
    step = tails[-1] if tails else None
    while step is not None:
        found.add(step)
        step = before[step]
    return found


def _shown(text: str) -> dict[int, str]:
    pairs = (part.partition(".") for part in text.split(",")[:MOST])
    return {key: group for number, _dot, group in pairs if (key := whole_number(number)) is not None}


def _numbers(text: str) -> set[int]:
    return {number for part in text.split(",")[:MOST] if (number := whole_number(part)) is not None}
