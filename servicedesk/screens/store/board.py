"""The board of the store room: what tickets wait for, the most urgent first, with the next step of each. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.policies import may, require
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.store import cards
from spares.kinds import State, StoreKind
from spares.models import Store
from spares.policies import TABLE
from spares.reports import board as report


@dataclass(frozen=True)
class Column:
    code: str
    label: str
    count: int
    cards: Sequence[cards.Card]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


@dataclass(frozen=True)
class Place:
    store: Store
    count: int
    is_current: bool


@staff_page
@never_cache
@require_safe
def board(request: StaffRequest) -> HttpResponse:
    require(Actor(user=request.user), "spare.see", TABLE)
    now = timezone.now()
    stores = list(Store.objects.shelves())
    chosen = next((store for store in stores if store.code == request.GET.get("store")), None)
    every = report.open_cards(request.user)
    counts = report.counted(every, chosen)
    rows = list(report.first_of_each(report.at_store(every, chosen)))
    stock = report.stock_for(rows, stores)
    found = cards.cards(rows, stock, request.user, now)
    places = [Place(store, counts.stores.get(store.pk, 0), store == chosen) for store in stores]
    shown = {
        "now": now,
        "columns": [_column(state, states, counts, found) for state, states in report.COLUMNS],
        "total": sum(counts.states.values()),
        "every": counts.total,
        "chosen": chosen,
        "depots": [place for place in places if place.store.kind != StoreKind.VAN],
        "vans": [place for place in places if place.store.kind == StoreKind.VAN],
        "alarm": cards.alarm(found, stock),
        "may_ask": may(Actor(user=request.user), "spare.ask", TABLE),
        "may_move": may(Actor(user=request.user), "spare.move", TABLE),
        "here": request.get_full_path(),
    }
    return render(request, "spares/board.html", shown)


def _column(state: State, states: Sequence[State], counts: report.Counts, found: Sequence[cards.Card]) -> Column:
    own = [card for card in found if card.request.state in states]
    return Column(state, str(state.label), sum(counts.states.get(one, 0) for one in states), own)
