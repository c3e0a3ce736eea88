"""A kept part on its way: out of the store, with the engineer, at the customer's, built in or back.

Each step is one transaction: the movement, the reservation that goes with it, the card and the ticket's log.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import require
from common.errors import Invalid
from spares.kinds import AVAILABLE, MOVING, OUTSTANDING, Purpose, Reason, State, StoreKind
from spares.models import PartRequest, Piece, Store
from spares.policies import TABLE
from spares.services import ledger, places, reserving, rows
from spares.services.ledger import OUTSIDE, Cause, Line, Spot

GONE = (State.ON_THE_WAY, State.WITH_ENGINEER, State.DELIVERED)


@transaction.atomic
def send(
    *,
    request: PartRequest,
    by: Actor,
    at: datetime,
    now: datetime,
    serial_number: str = "",
    carrier: str = "",
    tracking: str = "",
    expected_at: datetime | None = None,
    seen: int | None = None,
) -> PartRequest:
    """Picking -> on the way: scanned out and given to a courier. `spare_dispatched` with the last part that leaves."""
    row = rows.lock(request, "spare.move", by=by, seen=seen)
    rows.check_state(row, State.PICKING)
    if expected_at is not None and expected_at < at:
        raise Invalid.field("expected_at", _("Enter a time after the departure."))
    _pick(row, serial_number)
    _carry(row, places.road(), Reason.SENT, by, at, now)
    rows.save(
        row,
        state=State.ON_THE_WAY,
        sent_at=at,
        carrier=carrier.strip(),
        tracking=tracking.strip(),
        expected_at=expected_at,
    )
    _tell_sent(row, by, at, now)
    return row


@transaction.atomic
def hand_over(
    *,
    request: PartRequest,
    engineer: User,
    by: Actor,
    at: datetime,
    now: datetime,
    serial_number: str = "",
    seen: int | None = None,
) -> PartRequest:
    """Picking or on the way -> with the engineer: it lies in his van."""
    row = rows.lock(request, "spare.use", by=by, seen=seen)
    require(by, rows.own_van_or_keeper(row.store, by), TABLE)
    rows.check_state(row, State.PICKING, State.ON_THE_WAY)
    if not engineer.is_active or not engineer.is_staff_member:
        raise Invalid.field("engineer", _("Choose one of the list."))
    is_new = row.state == State.PICKING
    if is_new:
        _pick(row, serial_number)
    _carry(row, places.van_of(engineer), Reason.SENT if is_new else Reason.ARRIVED, by, at, now)
    rows.save(row, state=State.WITH_ENGINEER, engineer=engineer, sent_at=row.sent_at or at)
    if is_new:
        _tell_sent(row, by, at, now)
    return row


@transaction.atomic
def arrive(
    *, request: PartRequest, by: Actor, at: datetime, now: datetime, received_by: str = "", seen: int | None = None
) -> PartRequest:
    """On the way or with the engineer -> delivered at the ticket's site, with who took it."""
    row = rows.lock(request, "spare.use", by=by, seen=seen)
    rows.check_state(row, State.ON_THE_WAY, State.WITH_ENGINEER)
    if row.ticket.site is None:
        raise Invalid.field("site", _("Say on the ticket first at which site it is."))
    _carry(row, places.shelf_at(row.ticket.site), Reason.ARRIVED, by, at, now)
    _deliver(row, by, at, now, received_by=received_by.strip(), state=State.DELIVERED)
    return row


@transaction.atomic
def use(*, request: PartRequest, by: Actor, at: datetime, now: datetime, seen: int | None = None) -> PartRequest:
    """Built in: it leaves our stores. A loaner is lent: `loaner_installed`. Delivered by that, if nobody said so."""
    row = rows.lock(request, "spare.use", by=by, seen=seen)
    rows.check_state(row, *GONE)
    is_loaner = row.purpose == Purpose.LOANER
    _leave(row, OUTSIDE, Reason.LENT if is_loaner else Reason.USED, by, at, now)
    if row.delivered_at is None:
        _deliver(row, by, at, now, state=State.USED, ended_at=now)
    else:
        rows.save(row, state=State.USED, ended_at=now)
    if is_loaner:
        rows.tell(row, "loaner_installed", by=by, at=at, now=now, note=str(row))
    return row


@transaction.atomic
def bring_back(
    *, request: PartRequest, store: Store, by: Actor, at: datetime, now: datetime, seen: int | None = None
) -> PartRequest:
    """Not used: back on a shelf, in the condition in which it left."""
    row = rows.lock(request, "spare.move", by=by, seen=seen)
    rows.check_state(row, *GONE)
    if store.kind == StoreKind.WAY or not store.is_active:
        raise Invalid.field("store", _("Choose one of the list."))
    _leave(row, Spot(store, row.condition), Reason.RETURNED, by, at, now)
    rows.save(row, state=State.UNUSED, ended_at=now)
    return row


def _pick(row: PartRequest, serial_number: str) -> None:
    """The piece that is scanned out must be one that lies there and works."""
    assert row.part is not None  # a card that is being picked has its part
    if not row.part.is_serialised:
        return
    if not serial_number.strip():
        raise Invalid.field("serial_number", _("Scan or enter the serial number of the piece you take."))
    piece = ledger.known_piece(row.part, serial_number)
    if piece.store_id != row.store_id or piece.condition not in AVAILABLE:
        raise Invalid.field("serial_number", ledger.elsewhere(piece))
    _check_nobody_has(piece, row)
    if piece.condition != row.condition:
        _keep_other_condition(row, piece)
    row.piece = piece


def _check_nobody_has(piece: Piece, row: PartRequest) -> None:
    other = PartRequest.objects.open().filter(piece=piece).exclude(pk=row.pk).select_related("ticket").first()
    if other is not None:
        values = {"serial": piece.serial_number, "ticket": other.ticket.reference}
        raise Invalid.field("serial_number", _("%(serial)s is picked for %(ticket)s.") % values)


def _keep_other_condition(row: PartRequest, piece: Piece) -> None:
    """A refurbished one was taken where a new one was kept, or the other way round."""
    kept = row.reservation
    actor = Actor(user=kept.by)
    reserving.let_go(row)
    assert row.part is not None
    assert row.store is not None
    if not reserving.keep(row, row.store, piece.condition, row.part, actor, kept.at):
        raise Invalid.field("serial_number", reserving.gone(row.store, row.part, row.quantity))
    row.condition = piece.condition


def _carry(row: PartRequest, to: Store, reason: Reason, by: Actor, at: datetime, now: datetime) -> None:
    """To another store, kept for the same request there."""
    if row.store == to:
        return
    _leave(row, Spot(to, row.condition), reason, by, at, now)
    assert row.part is not None
    reserving.keep(row, to, row.condition, row.part, by, now)
    row.store = to


def _leave(row: PartRequest, target: Spot, reason: Reason, by: Actor, at: datetime, now: datetime) -> None:
    assert row.part is not None
    reserving.let_go(row)
    cause = Cause(reason, by, at, now, ticket=row.ticket, request=row)
    line = Line(row.part, row.quantity, row.piece)
    ledger.move(lines=[line], source=Spot(row.store, row.condition), target=target, cause=cause)


def _tell_sent(row: PartRequest, by: Actor, at: datetime, now: datetime) -> None:
    if rows.is_last(row, *OUTSTANDING):
        rows.tell(row, "spare_dispatched", by=by, at=at, now=now, note=str(row))
    else:
        rows.tell_step(row, "sent_partly" if row.purpose == Purpose.REPAIR else "sent", by=by, now=now)


def _deliver(row: PartRequest, by: Actor, at: datetime, now: datetime, **values: Any) -> None:
    rows.save(row, delivered_at=at, **values)
    if rows.is_last(row, *MOVING, State.WITH_ENGINEER):
        rows.tell(row, "spare_delivered", by=by, at=at, now=now, note=str(row))
