"""A ticket needs a part: asked for, named, split, or no longer wanted. Where it comes from is `reserving`."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from spares.kinds import OUTSTANDING, Purpose, Source, State
from spares.models import Part, PartRequest
from spares.policies import TABLE
from spares.services import reserving, rows
from tickets.models import Ticket, TicketEvent
from tickets.services.rows import lock as lock_ticket

MOST = 1000
NEEDS = frozenset({"spare_needed", "loaner_requested"})
LONGEST_WORDS = 200


@transaction.atomic
def ask(
    *,
    ticket: Ticket,
    part: Part | None = None,
    wanted: str = "",
    quantity: int = 1,
    purpose: Purpose = Purpose.REPAIR,
    by: Actor,
    at: datetime,
    now: datetime,
    is_told: bool = True,
) -> list[PartRequest]:
    """One card, or one for each piece of a part with serial numbers. `spare_needed` stands in the log, unless the
    event is there already (`is_told` false). Raises NotVisible, Forbidden, Invalid, Illegal once the ticket is over.
    """
    row = lock_ticket(ticket.pk, by=by)
    require(by, "spare.ask", TABLE)
    if not row.is_open:
        raise Illegal(_("This ticket is over. Re-open it first."))
    words = wanted.strip()
    if part is None and not words and is_told:
        raise Invalid.field("part", _("Choose the part, or say in words what is needed."))
    if len(words) > LONGEST_WORDS:
        raise Invalid.field("wanted", _("Enter at most %(most)d characters.") % {"most": LONGEST_WORDS})
    if not 1 <= quantity <= MOST:
        raise Invalid.field("quantity", _("Enter a number from 1 to %(most)d.") % {"most": MOST})
    made = [
        PartRequest.objects.create(
            ticket=row, part=part, wanted=words, quantity=n, purpose=purpose, asked_by=by.user, asked_at=at
        )
        for n in _shares(part, quantity)
    ]
    if is_told:
        event = "loaner_requested" if purpose == Purpose.LOANER else "spare_needed"
        said = f"{part.number} {part.name} × {quantity}" if part else f"{words} × {quantity}"
        rows.tell(made[0], event, by=by, at=at, now=now, note=said)
    return made


def _shares(part: Part | None, quantity: int) -> list[int]:
    return [1] * quantity if part is not None and part.is_serialised else [quantity]


@transaction.atomic
def name_part(*, request: PartRequest, part: Part, by: Actor, seen: int | None = None) -> PartRequest:
    """Which part it is, for one that was asked for in words or by the clock; also another one before it is kept."""
    row = rows.lock(request, "spare.use", by=by, seen=seen)
    rows.check_state(row, State.REQUESTED)
    shares = _shares(part, row.quantity)
    rows.save(row, part=part, quantity=shares[0])
    for n in shares[1:]:
        _part_off(row, n)
    return row


@transaction.atomic
def split(*, request: PartRequest, quantity: int, by: Actor, seen: int | None = None) -> PartRequest:
    """So many of them become a card of their own: what is there goes first. The new card is returned."""
    row = rows.lock(request, "spare.move", by=by, seen=seen)
    rows.check_state(row, State.REQUESTED)
    if not 1 <= quantity < row.quantity:
        raise Invalid.field("quantity", _("Enter a number from 1 to %(most)d.") % {"most": row.quantity - 1})
    rows.save(row, quantity=row.quantity - quantity)
    return _part_off(row, quantity)


def _part_off(row: PartRequest, quantity: int) -> PartRequest:
    return PartRequest.objects.create(
        ticket=row.ticket,
        part=row.part,
        wanted=row.wanted,
        quantity=quantity,
        purpose=row.purpose,
        source=row.source,
        split_from=row,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
    )


@transaction.atomic
def cancel(*, request: PartRequest, by: Actor, now: datetime, seen: int | None = None) -> PartRequest:
    """Not wanted any more. What has left must come back first."""
    row = rows.lock(request, "spare.ask", by=by, seen=seen)
    rows.check_state(row, *OUTSTANDING)
    _end(row, now)
    return row


def answer_log(*, events: Sequence[TicketEvent]) -> None:
    """What the log says without us has a card too: a need recorded by a person, over REST or by a clock. A need of
    the clock is met by a card that is there. Called where the tickets are locked.
    """
    for event in events:
        if event.type in NEEDS and "request" not in event.data:
            _card_of(event)


def _card_of(event: TicketEvent) -> None:
    is_loaner = event.type == "loaner_requested"
    purpose = Purpose.LOANER if is_loaner else Purpose.REPAIR
    there = PartRequest.objects.open().filter(ticket=event.ticket, purpose=purpose)
    if event.is_automatic and there.exists():
        return
    PartRequest.objects.create(
        ticket=event.ticket,
        wanted=str(event.data.get("note", ""))[:LONGEST_WORDS],
        purpose=purpose,
        source=Source.REGIONAL if is_loaner else Source.LOCAL,
        asked_by=event.user,
        asked_at=event.occurred_at,
        asked_seq=event.seq,
    )


def met_outside(*, ticket: Ticket, purpose: Purpose, at: datetime) -> None:
    """It is there, says the log, and no card of ours carried it: those of its kind without a name are met by it."""
    nameless = PartRequest.objects.filter(ticket=ticket, purpose=purpose, state=State.REQUESTED, part=None)
    nameless.update(state=State.USED, delivered_at=at, ended_at=at, version=F("version") + 1)


def forget_need(*, ticket: Ticket, seq: int, now: datetime) -> None:
    """The line of the log that asked was taken back: its card goes, unless something is under way."""
    cards = PartRequest.objects.filter(ticket=ticket, asked_seq=seq, state=State.REQUESTED)
    cards.update(state=State.CANCELLED, ended_at=now, version=F("version") + 1)


@transaction.atomic
def give_up(*, ticket: Ticket, now: datetime) -> int:
    """The ticket is over: whatever has not left is let go. The number of cards; its ticket is locked already."""
    open_rows = PartRequest.objects.select_for_update(of=("self",)).filter(ticket=ticket, state__in=OUTSTANDING)
    found = list(open_rows.select_related("part", "store").order_by("pk"))
    for row in found:
        row.ticket = ticket
        _end(row, now)
    return len(found)


def _end(row: PartRequest, now: datetime) -> None:
    reserving.let_go(row)
    rows.save(row, state=State.CANCELLED, ended_at=now)
