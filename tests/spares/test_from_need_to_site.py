"""One card from the need to the site: each step moves the part, keeps it for the ticket and writes the log."""

from datetime import timedelta

import pytest

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid, Stale
from spares import services
from spares.kinds import Purpose, State
from spares.models import Balance, Movement, PartRequest, Piece
from tests.spares.conftest import NOW
from tickets import services as tickets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]


@pytest.fixture
def fault(still, report):
    return report(at=NOW - timedelta(hours=2), now=NOW - timedelta(hours=2))


@pytest.fixture
def asked(room, fault, agent):
    def need(part=None, **values):
        cards = services.ask(
            ticket=values.pop("ticket", fault), part=part or room.fan, by=Actor(user=agent), at=NOW, now=NOW, **values
        )
        return cards[0] if len(cards) == 1 else cards

    return need


def happened(ticket):
    return [event.type for event in ticket.events.in_order() if event.type.startswith(("spare", "loaner", "part"))]


def free(part, store):
    return sum(row.free for row in Balance.objects.filter(part=part, store=store).working())


def test_by_courier(room, bring, fault, asked, keeper, engineer):
    bring(room.fan, room.near, 3)
    card = asked(quantity=2)
    services.reserve(request=card, store=room.near, by=keeper, now=NOW)
    assert free(room.fan, room.near) == 1
    card = services.send(request=card, by=keeper, at=NOW, now=NOW, carrier="SF", tracking="7741")
    assert (card.state, card.carrier, card.tracking) == (State.ON_THE_WAY, "SF", "7741")
    card = services.arrive(request=card, by=Actor(user=engineer), at=NOW, now=NOW, received_by="Ms Chan")
    assert (card.state, card.received_by) == (State.DELIVERED, "Ms Chan")
    card = services.use(request=card, by=Actor(user=engineer), at=NOW, now=NOW)
    assert card.state == State.USED
    assert happened(fault) == ["spare_needed", "spare_dispatched", "spare_delivered"]
    assert free(room.fan, room.near) == 1
    assert not Balance.objects.filter(part=room.fan, reserved__gt=0).exists()
    assert sum(row.quantity for row in Balance.objects.filter(part=room.fan)) == 1


def test_by_the_engineer_himself(room, bring, fault, asked, keeper, engineer):
    bring(room.board, room.near, "S1", "S2")
    card = asked(room.board)
    services.reserve(request=card, store=room.near, by=keeper, now=NOW)
    with pytest.raises(Invalid, match="serial number"):
        services.hand_over(request=card, engineer=engineer, by=keeper, at=NOW, now=NOW)
    card = services.hand_over(request=card, engineer=engineer, by=keeper, at=NOW, now=NOW, serial_number="S2")
    assert Piece.objects.get(serial_number="S2").store == services.van_of(engineer)
    assert free(room.board, services.van_of(engineer)) == 0  # it is there, and kept for this ticket
    services.use(request=card, by=Actor(user=engineer), at=NOW, now=NOW)
    assert happened(fault) == ["spare_needed", "spare_dispatched", "spare_delivered"]


def test_a_part_with_serial_numbers_has_a_card_for_each_piece(room, asked):
    assert [card.quantity for card in asked(room.board, quantity=2)] == [1, 1]


def test_the_last_one_is_gone_and_it_says_who_has_it_and_where_there_is_another(
    room, bring, asked, keeper, storekeeper, report
):
    bring(room.fan, room.near, 1)
    bring(room.fan, room.regional, 2)
    services.reserve(request=asked(), store=room.near, by=keeper, now=NOW)
    card = asked(ticket=report(title="Another", at=NOW, now=NOW))
    with pytest.raises(Invalid) as refused:
        services.reserve(request=card, store=room.near, by=keeper, now=NOW)
    [sentence] = refused.value.errors["store"]
    assert sentence.startswith(f"{storekeeper.name} reserved the last one at")
    assert sentence.endswith("Nanshan has 2.")
    card.refresh_from_db()
    assert card.state == State.REQUESTED


def test_two_people_move_one_card_and_one_of_them_hears_of_it(room, bring, asked, keeper):
    bring(room.fan, room.near, 2)
    card = asked()
    services.reserve(request=card, store=room.near, by=keeper, now=NOW, seen=card.version)
    with pytest.raises(Stale, match="Picking"):
        services.cancel(request=card, by=Actor(user=card.asked_by), now=NOW, seen=card.version)


def test_the_promise_to_send_is_kept_with_the_last_part(room, bring, fault, asked, keeper):
    bring(room.fan, room.near, 2)
    bring(room.board, room.near, "S1")
    first, second = asked(), asked(room.board)
    for card in (first, second):
        services.reserve(request=card, store=room.near, by=keeper, now=NOW)
    services.send(request=first, by=keeper, at=NOW, now=NOW)
    assert happened(fault) == ["spare_needed", "spare_needed", "part_moved"]
    services.send(request=second, by=keeper, at=NOW, now=NOW, serial_number="S1")
    assert happened(fault)[-1] == "spare_dispatched"


def test_what_is_there_goes_first(room, bring, asked, keeper):
    bring(room.fan, room.near, 1)
    card = asked(quantity=3)
    part_of_it = services.split(request=card, quantity=1, by=keeper)
    services.reserve(request=part_of_it, store=room.near, by=keeper, now=NOW)
    services.send(request=part_of_it, by=keeper, at=NOW, now=NOW)
    card.refresh_from_db()
    assert (card.state, card.quantity) == (State.REQUESTED, 2)


@pytest.mark.parametrize("how", ["cancelled", "closed"])
def test_a_ticket_that_is_over_lets_go_of_what_it_holds(room, bring, fault, asked, keeper, agent, how):
    bring(room.fan, room.near, 1)
    services.reserve(request=asked(), store=room.near, by=keeper, now=NOW)
    by = Actor(user=agent)
    if how == "closed":
        tickets.resolve(ticket=fault, by=by, at=NOW, now=NOW)
    tickets.record(ticket=fault, type=how, by=by, at=NOW, now=NOW)
    assert PartRequest.objects.get().state == State.CANCELLED
    assert free(room.fan, room.near) == 1


def test_unused_comes_back_on_a_shelf(room, bring, asked, keeper, engineer):
    bring(room.fan, room.near, 1)
    card = asked()
    services.reserve(request=card, store=room.near, by=keeper, now=NOW)
    services.hand_over(request=card, engineer=engineer, by=keeper, at=NOW, now=NOW)
    card = services.bring_back(request=card, store=room.regional, by=keeper, at=NOW, now=NOW)
    assert card.state == State.UNUSED
    assert (free(room.fan, room.near), free(room.fan, room.regional)) == (0, 1)


def test_a_loaner_installed_is_lent(room, bring, fault, asked, keeper, engineer):
    bring(room.board, room.regional, "L1")
    card = asked(room.board, purpose=Purpose.LOANER)
    services.reserve(request=card, store=room.regional, by=keeper, now=NOW)
    card = services.hand_over(request=card, engineer=engineer, by=keeper, at=NOW, now=NOW, serial_number="L1")
    services.use(request=card, by=Actor(user=engineer), at=NOW, now=NOW)
    assert happened(fault) == ["loaner_requested", "part_moved", "loaner_installed"]
    assert Movement.objects.filter(request=card, reason="lent").count() == 1


def test_a_loaner_keeps_no_promise_of_the_spare_part(room, bring, fault, asked, keeper, engineer):
    """A `spare_dispatched` before the need would meet its clock at once."""
    bring(room.board, room.regional, "L1")
    bring(room.fan, room.near, 1)
    loaner, part = asked(room.board, purpose=Purpose.LOANER), asked()
    services.reserve(request=part, store=room.near, by=keeper, now=NOW)
    services.send(request=part, by=keeper, at=NOW, now=NOW)
    assert happened(fault)[-1] == "spare_dispatched"  # whatever becomes of the loaner
    services.reserve(request=loaner, store=room.regional, by=keeper, now=NOW)
    services.send(request=loaner, by=keeper, at=NOW, now=NOW, serial_number="L1")
    services.arrive(request=loaner, by=Actor(user=engineer), at=NOW, now=NOW)
    assert [kind for kind in happened(fault) if kind.startswith("spare")] == ["spare_needed", "spare_dispatched"]


@pytest.mark.parametrize(
    ("kind", "met"), [("spare_delivered", "spare_needed"), ("loaner_installed", "loaner_requested")]
)
def test_what_the_log_alone_says_is_there_meets_the_nameless_card_of_its_kind(fault, lead, kind, met):
    by = Actor(user=lead)
    for need in ("spare_needed", "loaner_requested"):
        tickets.record(ticket=fault, type=need, by=by, at=NOW, now=NOW, note=need)
    tickets.record(ticket=fault, type=kind, by=by, at=NOW, now=NOW)
    states = dict(PartRequest.objects.values_list("wanted", "state"))
    other = ({"spare_needed", "loaner_requested"} - {met}).pop()
    assert states == {met: State.USED, other: State.REQUESTED}


def test_a_need_in_the_log_alone_has_a_card_too(fault, agent, room, keeper):
    tickets.record(ticket=fault, type="spare_needed", by=Actor(user=agent), at=NOW, now=NOW, note="Fan tray, 1")
    card = PartRequest.objects.get()
    assert (card.part, card.wanted, card.state) == (None, "Fan tray, 1", State.REQUESTED)
    with pytest.raises(Invalid, match="which part"):
        services.reserve(request=card, store=room.near, by=keeper, now=NOW)
    card = services.name_part(request=card, part=room.fan, by=Actor(user=agent))
    assert card.part == room.fan
    assert happened(fault) == ["spare_needed"]


def test_taken_back_in_the_log_the_need_has_no_card(fault, agent):
    by = Actor(user=agent)
    with tickets.remembered(by=by, now=NOW, said="Asked") as memory:
        tickets.record(ticket=fault, type="spare_needed", by=by, at=NOW, now=NOW, note="Fan tray, 1")
    tickets.take_back(action=memory.action, by=by, now=NOW)
    assert PartRequest.objects.get().state == State.CANCELLED


def test_a_card_in_the_wrong_column_says_what_to_do(room, asked, keeper):
    with pytest.raises(Illegal) as refused:
        services.send(request=asked(), by=keeper, at=NOW, now=NOW)
    assert str(refused.value) == "This part is “Requested”; for this it must be “Picking”."


def test_engineers_move_their_own_van_only(room, bring, asked, engineer):
    by = Actor(user=engineer)
    van = services.van_of(engineer)
    bring(room.fan, room.near, 1)
    bring(room.fan, van, 1)
    card = asked()
    with pytest.raises(Forbidden):
        services.reserve(request=card, store=room.near, by=by, now=NOW)
    card = services.reserve(request=card, store=van, by=by, now=NOW)
    card = services.hand_over(request=card, engineer=engineer, by=by, at=NOW, now=NOW)
    assert card.state == State.WITH_ENGINEER


def test_customers_neither_see_nor_ask(room, fault, alice):
    with pytest.raises(Forbidden):
        services.ask(ticket=fault, part=room.fan, by=Actor(user=alice), at=NOW, now=NOW)
    assert not PartRequest.objects.visible_to(alice).exists()


def test_whose_van_it_lies_in_is_asked_of_the_card_as_it_is_now(room, bring, asked, keeper, engineer):
    """He had the card open while it was picked from his van; meanwhile a keeper took it from the depot instead."""
    van = services.van_of(engineer)
    bring(room.fan, van, 1)
    bring(room.fan, room.near, 1)
    card = services.reserve(request=asked(), store=van, by=keeper, now=NOW)
    again = services.release(request=PartRequest.objects.get(pk=card.pk), by=keeper)
    services.reserve(request=again, store=room.near, by=keeper, now=NOW)
    with pytest.raises(Forbidden):
        services.hand_over(request=card, engineer=engineer, by=Actor(user=engineer), at=NOW, now=NOW)


def test_unused_goes_to_a_shelf_that_is_in_use(room, bring, asked, keeper, engineer):
    bring(room.fan, room.near, 1)
    card = services.reserve(request=asked(), store=room.near, by=keeper, now=NOW)
    services.send(request=card, by=keeper, at=NOW, now=NOW)
    room.regional.is_active = False
    room.regional.save()
    with pytest.raises(Invalid, match="Choose one of the list"):
        services.bring_back(request=card, store=room.regional, by=keeper, at=NOW, now=NOW)
