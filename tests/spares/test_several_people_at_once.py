"""Several people at once on a real PostgreSQL: nothing twice, nothing negative, the sums hold."""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connections

from accounts.actors import SYSTEM, Actor
from common.errors import Refusal
from spares import services
from spares.kinds import Condition, Reason, State
from spares.models import Balance, Movement, PartRequest, Reservation
from spares.reports.truth import differences
from spares.services import OUTSIDE, Line, Spot
from spares.services.ledger import Cause
from tests.spares.conftest import NOW

pytestmark = pytest.mark.django_db(transaction=True)
CAUSE = Cause(Reason.TRANSFER, SYSTEM, NOW, NOW)


def at_once(works: Iterable[Callable[[], object]], people: int = 8) -> None:
    def work(it: Callable[[], object]) -> None:
        try:
            it()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(people) as pool:
        list(pool.map(work, works))


def test_two_hundred_reservations_of_fifty(room, bring, report, keeper):
    bring(room.fan, room.near, 50)
    cards = [
        services.ask(ticket=report(at=NOW, now=NOW), part=room.fan, by=SYSTEM, at=NOW, now=NOW)[0] for _ in range(200)
    ]

    def reserve(card):
        with suppress(Refusal):
            services.reserve(request=card, store=room.near, by=keeper, now=NOW)

    at_once([lambda card=card: reserve(card) for card in cards])
    assert Reservation.objects.count() == 50
    assert PartRequest.objects.filter(state=State.PICKING).count() == 50
    balance = Balance.objects.get(part=room.fan, store=room.near)
    assert (balance.quantity, balance.reserved) == (50, 50)


def test_movements_both_ways_never_wait_in_a_ring(room, bring):
    bring(room.fan, room.near, 40)
    bring(room.fan, room.regional, 40)
    near, far = Spot(room.near, "new"), Spot(room.regional, "new")

    def carry(source, target):
        services.move(lines=[Line(room.fan, 1)], source=source, target=target, cause=CAUSE)

    ways = [(near, far), (far, near)] * 40
    at_once([lambda way=way: carry(*way) for way in ways])
    assert list(differences()) == []
    assert sum(row.quantity for row in Balance.objects.filter(part=room.fan)) == 80


class Person:
    """Does one thing after another that a store room sees, wherever it may end; a refusal is an answer."""

    def __init__(self, seed, room, cards, engineer, by):
        self.dice = random.Random(seed)
        self.room, self.cards, self.engineer, self.by = room, cards, engineer, by

    def act(self):
        for _ in range(60):
            with suppress(Refusal):
                self.dice.choice([self.reserve, self.reserve, *[self.go_on] * 4, self.drop, self.shift, self.undo])()

    def card(self):
        return PartRequest.objects.get(pk=self.dice.choice(self.cards))

    def store(self):
        return self.dice.choice([self.room.near, self.room.regional])

    def reserve(self):
        services.reserve(request=self.card(), store=self.store(), by=self.by, now=NOW)

    def go_on(self):
        serial = f"S{self.dice.randrange(6)}"
        how = {"by": self.by, "at": NOW, "now": NOW}
        self.dice.choice(
            [
                lambda card: services.send(request=card, serial_number=serial, **how),
                lambda card: services.hand_over(request=card, engineer=self.engineer, serial_number=serial, **how),
                lambda card: services.arrive(request=card, **how),
                lambda card: services.use(request=card, **how),
                lambda card: services.bring_back(request=card, store=self.store(), **how),
            ]
        )(self.card())

    def drop(self):
        if self.dice.random() < 0.5:
            services.release(request=self.card(), by=self.by)
        else:
            services.cancel(request=self.card(), by=self.by, now=NOW)

    def shift(self):
        part = self.dice.choice([self.room.fan, self.room.board])
        piece = services.piece_of(part, f"S{self.dice.randrange(6)}") if part.is_serialised else None
        ends = [Spot(self.store(), self.dice.choice(Condition.values)), Spot(self.store(), "new"), OUTSIDE]
        source, target = self.dice.sample(ends, 2)
        if source != target:
            services.move(lines=[Line(part, 1, piece)], source=source, target=target, cause=CAUSE)

    def undo(self):
        found = Movement.objects.order_by("?").first()
        services.reverse(movement=found, by=self.by, now=NOW)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_several_people_do_the_ledger_holds(room, bring, report, lead, engineer, seed):
    bring(room.fan, room.near, 6)
    bring(room.fan, room.regional, 2)
    bring(room.board, room.near, "S0", "S1", "S2")
    tickets = [report(at=NOW, now=NOW) for _ in range(4)]
    parts = [room.fan, room.board, room.fan]
    made = [services.ask(ticket=t, part=p, by=SYSTEM, at=NOW, now=NOW) for t in tickets for p in parts]
    cards = [card.pk for [card] in made]
    people = [Person(seed * 100 + n, room, cards, engineer, Actor(user=lead)) for n in range(6)]
    at_once([person.act for person in people], people=6)
    assert list(differences()) == []
    assert Movement.objects.filter(request__isnull=False).exists()  # they did get somewhere
    held = PartRequest.objects.filter(state__in=[State.PICKING, State.ON_THE_WAY, State.WITH_ENGINEER, State.DELIVERED])
    assert Reservation.objects.count() == held.count()
