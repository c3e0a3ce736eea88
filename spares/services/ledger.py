"""Writing the ledger, and saying in words what its constraints refuse. It never touches a balance: the database does.

It asks no policy and knows no request's state: the services of what people do call it, inside their transaction.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from spares.kinds import Condition, Reason
from spares.models import Balance, Movement, Part, PartRequest, Piece, Store
from spares.policies import TABLE
from tickets.models import Ticket


@dataclass(frozen=True)
class Spot:
    """A store and the condition there; without a store it is the world outside."""

    store: Store | None = None
    condition: str = ""


OUTSIDE = Spot()


@dataclass(frozen=True)
class Line:
    """So many of a part, or the one piece of it."""

    part: Part
    quantity: int = 1
    piece: Piece | None = None


@dataclass(frozen=True)
class Cause:
    """Why, for whom and since when: what all movements of one press share. `at`: when it happened; `now`: written."""

    reason: Reason
    by: Actor
    at: datetime
    now: datetime
    ticket: Ticket | None = None
    request: PartRequest | None = None
    note: str = ""


@transaction.atomic
def move(*, lines: Sequence[Line], source: Spot, target: Spot, cause: Cause) -> list[Movement]:
    """All of it or nothing. Raises Invalid beside `quantity` or `serial_number`, Illegal while a store is counted."""
    batch = uuid.uuid4()
    ordered = sorted(lines, key=lambda line: (line.part.pk, line.piece.pk if line.piece else 0))
    return [_write(_row(line, source, target, cause, batch), line, source) for line in ordered]


def _row(line: Line, source: Spot, target: Spot, cause: Cause, batch: uuid.UUID) -> Movement:
    return Movement(
        part=line.part,
        piece=line.piece,
        quantity=line.quantity,
        from_store=source.store,
        from_condition=source.condition,
        to_store=target.store,
        to_condition=target.condition,
        reason=cause.reason,
        ticket=cause.ticket,
        request=cause.request,
        batch=batch,
        note=cause.note,
        by=cause.by.user,
        moved_at=cause.at,
        written_at=cause.now,
    )


def _write(row: Movement, line: Line, source: Spot) -> Movement:
    if row.quantity < 1:
        raise Invalid.field("quantity", _("Enter a whole number from 1."))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        refuse(broken_by(error), line, source, error)
    return row


@transaction.atomic
def reverse(*, movement: Movement, by: Actor, now: datetime, note: str = "") -> Movement:
    """The same way back. Raises Forbidden, Illegal when it was reversed already or what it moved is no longer there."""
    require(by, "spare.move", TABLE)
    if movement.request_id is not None:
        raise Illegal(_("This movement belongs to a request. Take it back on the board."))
    if movement.reverses_id is not None:
        raise Illegal(_("This entry takes another one back. Enter the right movement instead."))
    cause = Cause(Reason.REVERSED, by, now, now, ticket=movement.ticket, note=note)
    source = Spot(movement.to_store, movement.to_condition)
    target = Spot(movement.from_store, movement.from_condition)
    line = Line(movement.part, movement.quantity, movement.piece)
    row = _row(line, source, target, cause, uuid.uuid4())
    row.reverses = movement
    return _write(row, line, source)


def broken_by(error: IntegrityError) -> str:
    """The name of the constraint that refused."""
    return str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or "")


def refuse(constraint: str, line: Line, source: Spot, error: IntegrityError) -> NoReturn:
    """Raises what the constraint means to a person; an unknown one goes on as it is."""
    if constraint in ("balance_never_negative", "balance_keeps_what_is_reserved"):
        raise Invalid.field("quantity", short_of(line, source)) from error
    if constraint == "store_is_being_counted":
        raise Illegal(_("This store is being counted. Nothing moves there until the count is approved.")) from error
    if constraint == "piece_is_where_it_leaves" and line.piece is not None:
        raise Invalid.field("serial_number", elsewhere(line.piece)) from error
    if constraint == "piece_where_serialised":
        raise Invalid.field("serial_number", _serial_wanted(line.part)) from error
    if constraint == "spares_movement_reverses_id_key":
        raise Illegal(_("This entry was taken back already.")) from error
    raise error


def short_of(line: Line, source: Spot) -> str:
    free = Balance.objects.filter(store=source.store, part=line.part, condition=source.condition).first()
    values = {"store": source.store, "free": free.free if free else 0, "part": line.part.number}
    return _("%(store)s has %(free)d of %(part)s free.") % values


def elsewhere(piece: Piece) -> str:
    """Where a serial number is instead of where somebody thought."""
    found = Piece.objects.select_related("store").get(pk=piece.pk)
    values = {"serial": found.serial_number, "store": found.store}
    if found.store is None:
        return _("%(serial)s is in no store of ours.") % values
    if found.condition == Condition.FAULTY:
        return _("%(serial)s is at %(store)s and faulty.") % values
    return _("%(serial)s is at %(store)s.") % values


def _serial_wanted(part: Part) -> str:
    if part.is_serialised:
        return _("Enter the serial number. This part is tracked by it.")
    return _("This part has no serial numbers.")


def piece_of(part: Part, serial_number: str) -> Piece:
    """The piece with that serial number; a new one is not in a store until a movement brings it there."""
    bare = serial_number.strip()
    if not bare or len(bare) > Piece._meta.get_field("serial_number").max_length:  # type: ignore[operator]
        raise Invalid.field("serial_number", _serial_wanted(part))
    return Piece.objects.get_or_create(part=part, serial_number=bare)[0]


def known_piece(part: Part, serial_number: str) -> Piece:
    """Raises Invalid for one that never was in a store of ours."""
    found = Piece.objects.filter(part=part, serial_number=serial_number.strip()).first()
    if found is None:
        raise Invalid.field("serial_number", _("No piece of this part has this serial number."))
    return found
