"""The cards of the board: what is asked for and not yet built in or back, the most urgent first. Reads only.

How many statements it takes does not grow with the cards; a column shows its first `SHOWN`, its count says the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import BigIntegerField, Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from accounts.models import User
from spares.kinds import Reason, State, StoreKind
from spares.models import Balance, Cover, Movement, PartRequest, Stocking, Store
from tickets.models import Ticket

SHOWN = 60
ORDER = [F("ticket__next_due_at").asc(nulls_last=True), F("asked_at").asc(), F("pk").asc()]
# A delivered part still has to be built in or brought back: it stands with what the engineer has.
COLUMNS: tuple[tuple[State, tuple[State, ...]], ...] = (
    (State.REQUESTED, (State.REQUESTED,)),
    (State.PICKING, (State.PICKING,)),
    (State.ON_THE_WAY, (State.ON_THE_WAY,)),
    (State.WITH_ENGINEER, (State.WITH_ENGINEER, State.DELIVERED)),
)


def open_cards(user: User) -> QuerySet[PartRequest]:
    """With `depot`: the store it came from, is picked in, or would come from, being the first to serve its site."""
    tickets = Ticket.objects.visible_to(user)
    covers = Cover.objects.filter(
        Q(site=OuterRef("ticket__site")) | Q(site=None, organisation=OuterRef("ticket__organisation")),
        store__is_active=True,
    ).order_by(F("site").asc(nulls_last=True), "position", "pk")
    left = Movement.objects.filter(request=OuterRef("pk"), reason=Reason.SENT).order_by("pk")
    picked = Store.objects.filter(pk=OuterRef("store"), kind__in=[StoreKind.DEPOT, StoreKind.MAKER])
    return (
        PartRequest.objects.visible_to(user)
        .open()
        .filter(ticket__in=tickets)
        .annotate(
            depot=Coalesce(
                Subquery(left.values("from_store")[:1]),
                Subquery(picked.values("pk")[:1]),
                Subquery(covers.values("store")[:1]),
                output_field=BigIntegerField(),
            )
        )
    )


def in_order(cards: QuerySet[PartRequest]) -> QuerySet[PartRequest]:
    """What is due next on top: late ones come first by themselves."""
    return cards.select_related(
        "part", "store", "piece", "engineer", "asked_by", "ticket__organisation", "ticket__site"
    ).order_by(*ORDER)


def first_of_each(cards: QuerySet[PartRequest]) -> QuerySet[PartRequest]:
    """At most `SHOWN` of each state."""
    numbered = cards.annotate(row=Window(RowNumber(), partition_by=[F("state")], order_by=ORDER))
    return in_order(numbered.filter(row__lte=SHOWN))


@dataclass(frozen=True)
class Counts:
    """How many cards there are in each state, and for each store by its key; all of them, whatever is shown."""

    states: Mapping[str, int]
    stores: Mapping[int, int]
    total: int


def counted(cards: QuerySet[Any], store: Store | None) -> Counts:
    states: Counter[str] = Counter()
    stores: Counter[int] = Counter()
    total = 0
    for row in cards.values("state", "depot", "store").annotate(n=Count("pk")).order_by():
        places = {row["depot"], row["store"]} - {None}
        total += row["n"]
        for place in places:
            stores[place] += row["n"]
        if store is None or store.pk in places:
            states[row["state"]] += row["n"]
    return Counts(states, stores, total)


def at_store(cards: QuerySet[PartRequest], store: Store | None) -> QuerySet[PartRequest]:
    return cards if store is None else cards.filter(Q(depot=store.pk) | Q(store=store))


@dataclass(frozen=True)
class Stock:
    """What is free, by part and store, and on which shelf a part lies there."""

    free: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    stores: Mapping[int, Store] = field(default_factory=dict)
    shelves: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def of(self, card: PartRequest) -> list[tuple[Store, int]]:
        """Where there is some, the fullest first."""
        found = self.free.get(card.part_id or 0, {})
        return sorted(((self.stores[pk], n) for pk, n in found.items()), key=lambda pair: (-pair[1], pair[0].name))

    def at(self, card: PartRequest, store: int | None) -> int:
        return self.free.get(card.part_id or 0, {}).get(store or 0, 0)

    def shelf(self, card: PartRequest) -> str:
        return self.shelves.get((card.store_id or 0, card.part_id or 0), "")


def stock_for(cards: Iterable[PartRequest], stores: Sequence[Store]) -> Stock:
    """Three statements at most. `stores`: depots and vans in use; other shelves are nobody's to take from."""
    parts = {card.part_id for card in cards if card.part_id is not None}
    known = {store.pk: store for store in stores}
    free: dict[int, dict[int, int]] = defaultdict(dict)
    for row in Balance.objects.free().filter(part__in=parts, store__in=known):
        free[row.part_id][row.store_id] = free[row.part_id].get(row.store_id, 0) + row.free
    told = Stocking.objects.filter(part__in=parts).exclude(shelf="").values_list("store", "part", "shelf")
    return Stock(free, known, {(store, part): shelf for store, part, shelf in told})
