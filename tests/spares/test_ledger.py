"""Balances follow from movements; the database itself refuses what cannot be."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.actors import SYSTEM, Actor
from common.errors import Forbidden, Illegal, Invalid
from spares import services
from spares.kinds import Condition, Reason
from spares.models import Balance, Movement, Piece, Reservation, Store
from spares.services import OUTSIDE, Line, Spot
from spares.services.ledger import Cause
from tests.spares.conftest import NOW

pytestmark = pytest.mark.django_db
CAUSE = Cause(Reason.TRANSFER, SYSTEM, NOW, NOW)


def held(part, store, condition=Condition.NEW):
    row = Balance.objects.filter(part=part, store=store, condition=condition).first()
    return (row.quantity, row.reserved) if row else (0, 0)


def test_a_balance_is_the_sum_of_what_came_and_went(room, bring):
    bring(room.fan, room.near, 7)
    new = Spot(room.near, Condition.NEW)
    services.move(lines=[Line(room.fan, 3)], source=new, target=Spot(room.regional, Condition.NEW), cause=CAUSE)
    services.move(lines=[Line(room.fan, 1)], source=new, target=Spot(room.near, Condition.FAULTY), cause=CAUSE)
    services.move(lines=[Line(room.fan, 2)], source=new, target=OUTSIDE, cause=CAUSE)
    assert held(room.fan, room.near) == (1, 0)
    assert held(room.fan, room.near, Condition.FAULTY) == (1, 0)
    assert held(room.fan, room.regional) == (3, 0)


def test_more_than_there_is_cannot_leave(room, bring):
    bring(room.fan, room.near, 2)
    with pytest.raises(Invalid) as refused:
        services.move(lines=[Line(room.fan, 3)], source=Spot(room.near, "new"), target=OUTSIDE, cause=CAUSE)
    assert refused.value.errors == {"quantity": ["Kwai Chung has 2 of FT-4 free."]}
    assert held(room.fan, room.near) == (2, 0)


def test_all_lines_of_one_press_move_or_none(room, bring):
    bring(room.fan, room.near, 2)
    lines = [Line(room.fan, 2), Line(room.board, piece=services.piece_of(room.board, "S1"))]
    with pytest.raises(Invalid):
        services.move(lines=lines, source=Spot(room.near, "new"), target=OUTSIDE, cause=CAUSE)
    assert held(room.fan, room.near) == (2, 0)


def test_a_serial_number_is_in_one_place(room, bring):
    bring(room.board, room.near, "S1")
    with pytest.raises(Invalid) as refused:
        bring(room.board, room.regional, "S1")
    assert refused.value.errors == {"serial_number": ["S1 is at Kwai Chung."]}
    assert held(room.board, room.regional) == (0, 0)


def test_a_serial_number_leaves_only_from_where_it_is(room, bring):
    bring(room.board, room.near, "S1")
    bring(room.board, room.regional, "S2")
    piece = services.piece_of(room.board, "S1")
    with pytest.raises(Invalid, match="S1 is at Kwai Chung"):
        services.move(
            lines=[Line(room.board, piece=piece)], source=Spot(room.regional, "new"), target=OUTSIDE, cause=CAUSE
        )


@pytest.mark.parametrize("what", [2, "S1"])
def test_parts_with_serial_numbers_and_without_are_not_mixed(room, bring, what):
    part = room.board if isinstance(what, int) else room.fan
    with pytest.raises(Invalid, match="serial number"):
        bring(part, room.near, what)


def test_faulty_is_never_available(room, bring, report):
    bring(room.fan, room.near, 2, condition=Condition.FAULTY)
    [card] = services.ask(ticket=report(at=NOW, now=NOW), part=room.fan, by=SYSTEM, at=NOW, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.create(request=card, store=room.near, part=room.fan, condition="faulty", quantity=1, at=NOW)


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_a_movement_stays_as_it_is(room, bring, verb):
    bring(room.fan, room.near, 2)
    rows = Movement.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(quantity=1) if verb == "update" else rows._raw_delete(rows.db)


def test_nobody_writes_a_balance_or_moves_a_piece_by_hand(room, bring):
    bring(room.fan, room.near, 2)
    bring(room.board, room.near, "S1")
    hands = [
        lambda: Balance.objects.update(quantity=9),
        lambda: Balance.objects.create(store=room.regional, part=room.fan, condition="new", quantity=9),
        lambda: Piece.objects.update(store=room.regional),
        lambda: Piece.objects.create(part=room.board, serial_number="S9", store=room.near, condition="new"),
    ]
    for hand in hands:
        with pytest.raises(DatabaseError, match="follows from the ledger"), transaction.atomic():
            hand()


def test_nothing_moves_while_a_store_is_counted(room, bring):
    bring(room.fan, room.near, 2)
    Store.objects.filter(pk=room.near.pk).update(frozen_at=NOW)
    with pytest.raises(Illegal, match="being counted"):
        bring(room.fan, room.near, 1)
    with pytest.raises(Illegal, match="being counted"):
        services.move(lines=[Line(room.fan, 1)], source=Spot(room.near, "new"), target=OUTSIDE, cause=CAUSE)


def test_a_wrong_entry_is_taken_back_by_its_reverse_once(room, bring, keeper):
    [wrong] = bring(room.fan, room.near, 5)
    services.reverse(movement=wrong, by=keeper, now=NOW)
    assert held(room.fan, room.near) == (0, 0)
    assert Movement.objects.count() == 2
    bring(room.fan, room.near, 5)
    with pytest.raises(Illegal, match="taken back already"):
        services.reverse(movement=wrong, by=keeper, now=NOW)


def test_what_is_gone_cannot_be_taken_back(room, bring, keeper):
    [wrong] = bring(room.fan, room.near, 5)
    services.move(lines=[Line(room.fan, 5)], source=Spot(room.near, "new"), target=OUTSIDE, cause=CAUSE)
    with pytest.raises(Invalid, match="0 of FT-4"):
        services.reverse(movement=wrong, by=keeper, now=NOW)


def test_an_engineer_takes_no_entry_back(room, bring, engineer):
    [row] = bring(room.fan, room.near, 5)
    with pytest.raises(Forbidden):
        services.reverse(movement=row, by=Actor(user=engineer), now=NOW)
