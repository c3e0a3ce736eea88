"""The list somebody came to a ticket from: its name, the way back, the place in it, the neighbours. Reads only.

It is the query of the queue's address. The links between tickets carry it; where it got lost (after a form) a cookie
has the last one, so two lists in two tabs stay two lists while somebody only reads.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import SavedView, User
from common.whole_numbers import whole_number
from servicedesk.screens.queue import listing
from servicedesk.screens.queue.filters import Filters
from tickets.models import Ticket

QUEUE, COOKIE, ARGUMENT = "/tickets/", "desk_list", "in"
LONGEST = 600
REACH = 500  # further down nobody steps from one to the next; the page does not count what it cannot use


def query_of(request: HttpRequest) -> str:
    """The list's query: from the address, else from the page somebody came from, else the last one known."""
    if ARGUMENT in request.GET:
        return _clean(request.GET[ARGUMENT])
    try:
        came_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if came_from.netloc == request.get_host():
        if came_from.path == QUEUE:
            return _clean(came_from.query)
        inner = dict(parse_qsl(came_from.query)).get(ARGUMENT)
        if came_from.path.startswith(QUEUE) and inner is not None:
            return _clean(inner)
    return _clean(request.COOKIES.get(COOKIE, ""))


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    query = query_of(request)
    if query != request.COOKIES.get(COOKIE, ""):
        response.set_cookie(COOKIE, query, path=QUEUE, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def _clean(query: str) -> str:
    """Only what the queue itself reads, so that nothing strange travels on."""
    if len(query) > LONGEST or "\x00" in query or "%00" in query:
        return ""
    return urlencode([pair for pair in parse_qsl(query) if pair[0].isidentifier() and pair[0] != ARGUMENT])


@dataclass(frozen=True)
class Neighbour:
    reference: str
    address: str


class Trail:
    """Where a ticket stands in that list; read when first asked for, in one statement."""

    def __init__(self, ticket: Ticket, user: User, query: str, now: datetime) -> None:
        self.query = query
        self._ticket, self._user, self._now = ticket, user, now
        self._filters = Filters.read(QueryDict(query))

    @cached_property
    def label(self) -> Any:
        """Of a saved view its name."""
        key = whole_number(self._filters.saved)
        if key is not None:
            view = SavedView.objects.visible_to(self._user).filter(pk=key).first()
            return view.name if view else self._filters.chosen_view.label
        return self._filters.chosen_view.label

    @property
    def address(self) -> str:
        """Back to the same row: the queue's rows are named by their tickets."""
        return f"{QUEUE}{'?' if self.query else ''}{self.query}#row-{self._ticket.reference}"

    @cached_property
    def _numbers(self) -> list[int]:
        return listing.numbers(QueryDict(self.query), self._user, self._now, REACH + 1)

    @property
    def _at(self) -> int | None:
        numbers = self._numbers[:REACH]
        return numbers.index(self._ticket.number) if self._ticket.number in numbers else None

    @property
    def position(self) -> int:
        """Counted from 1; 0: it is not in the list, or left it."""
        return 0 if self._at is None else self._at + 1

    @property
    def total(self) -> str:
        return f"{REACH}+" if len(self._numbers) > REACH else str(len(self._numbers))

    @property
    def previous(self) -> Neighbour | None:
        return self._neighbour(self._at - 1) if self._at else None

    @property
    def next(self) -> Neighbour | None:
        """A ticket that has just left the list is followed by the list's first."""
        return self._neighbour(0 if self._at is None else self._at + 1)

    def _neighbour(self, at: int) -> Neighbour | None:
        if at >= len(self._numbers):
            return None
        reference = f"SD-{self._numbers[at]}"
        return Neighbour(reference, f"{QUEUE}{reference}/?{urlencode({ARGUMENT: self.query})}")
