"""One page of the list that an address names: its filters, its view, its order, its groups. Reads only."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import QueryDict

from accounts.models import User
from servicedesk.screens.queue import filters as queue_filters
from servicedesk.screens.queue import grouping, orders, pages, row_markup, rows
from servicedesk.screens.queue.display import Display
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.views import Tickets, View
from tickets.models import Ticket


@dataclass(frozen=True)
class Listing:
    """`chosen`: all tickets of the list, `page`: those drawn now."""

    filters: Filters
    display: Display
    view: View
    chosen: Tickets
    page: pages.Page
    user: User
    now: datetime

    @cached_property
    def grouping(self) -> str:
        return self.display.grouping(self.view.order)

    @cached_property
    def drawn(self) -> Sequence[tuple[rows.Group | None, rows.Row]]:
        """In order, each row with its group."""
        found = rows.rows(self.page.rows, self.user, self.now)
        return [(grouping.group_of(row.ticket, self.grouping, self.now), row) for row in found]

    def rows(self) -> Iterable[tuple[str, rows.Row]]:
        for group, row in self.drawn:
            yield group.code if group else "", row

    def groups(self, counts: Mapping[str, Any], still_chosen: Collection[int] = ()) -> list[dict[str, Any]]:
        """`rows` as markup; `still_chosen`: numbers whose box is ticked again."""
        columns = self.display.columns
        return [
            {
                "group": group,
                "count": counts.get(group.code) if group else None,
                "rows": [row_markup.draw(row, self.now, columns, still_chosen) for _group, row in members],
            }
            for group, members in groupby(self.drawn, key=lambda pair: pair[0])
        ]


def tickets_of(filters: Filters, user: User, now: datetime) -> Tickets:
    """All tickets that the filters and their view choose, of those that this person may see."""
    chosen = Ticket.objects.visible_to(user).filter(filters.chosen_view.chooses(user, now))
    return queue_filters.apply(chosen, filters, user, now)


def numbers(query: QueryDict, user: User, now: datetime, most: int) -> list[int]:
    """The tickets of the list in its order, without reading what they show."""
    filters, display = Filters.read(query), Display.read(query)
    view = filters.chosen_view
    keys = orders.keys(*display.order(view.order), display.grouping(view.order), now)
    return list(pages.ordered(tickets_of(filters, user, now), keys).values_list("number", flat=True)[:most])


def listing(query: QueryDict, user: User, now: datetime) -> Listing:
    filters, display = Filters.read(query), Display.read(query)
    view, chosen = filters.chosen_view, tickets_of(filters, user, now)
    keys = orders.keys(*display.order(view.order), display.grouping(view.order), now)

    def dress(tickets: Tickets) -> Tickets:
        return tickets.with_people_and_places().with_unread_for(user).defer("description", "search")

    page = pages.page(chosen, keys, query.get("after", ""), dress, is_search=bool(filters.q))
    return Listing(filters, display, view, chosen, page, user, now)
