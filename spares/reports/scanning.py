"""What a scanned code means: a ticket, a part, a serial or tracking number, and the cards it leads to. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from spares.kinds import State
from spares.models import Part, PartRequest, Piece
from spares.reports.board import ORDER
from tickets.models import Ticket
from tickets.numbers import number_in

MOST = 20


@dataclass(frozen=True)
class Found:
    """`cards`: what the code leads to, what is to be done first on top. `piece`: where it is one serial number."""

    code: str
    cards: Sequence[PartRequest]
    piece: Piece | None
    parts: Sequence[Part]
    ticket: Ticket | None

    @property
    def is_known(self) -> bool:
        return bool(self.cards or self.piece or self.parts or self.ticket)


def look_up(code: str, user: User) -> Found:
    """A piece that nobody has picked yet leads to the cards that are picked where it lies, then to those that wait."""
    pieces = list(Piece.objects.visible_to(user).filter(serial_number__iexact=code).select_related("part", "store")[:2])
    piece = pieces[0] if len(pieces) == 1 else None
    parts = list(
        Part.objects.visible_to(user).filter(Q(number__iexact=code) | Q(maker_numbers__contains=[code]))[:MOST]
    )
    number = number_in(code)
    tickets = Ticket.objects.visible_to(user)
    ticket = tickets.filter(number=number).first() if number is not None else None
    means = Q(tracking__iexact=code) | Q(piece__in=pieces) | Q(part__in=parts)
    if ticket is not None:
        means |= Q(ticket=ticket)
    cards = _cards(user).filter(means)
    found = _in_order(cards)
    if piece is not None and not any(card.piece_id == piece.pk for card in found):
        found = _wanting(piece, user)
    return Found(code, found, piece, parts, ticket)


def _cards(user: User) -> QuerySet[PartRequest]:
    open_ = PartRequest.objects.visible_to(user).open().filter(ticket__in=Ticket.objects.visible_to(user))
    return open_.select_related("part", "store", "piece", "engineer", "ticket__site")


def _wanting(piece: Piece, user: User) -> list[PartRequest]:
    """Cards that are picked from where it lies; if there are none, those that ask for the part."""
    same = _cards(user).filter(part=piece.part, piece=None)
    picked = _in_order(same.filter(state=State.PICKING, store=piece.store))
    return picked or _in_order(same.filter(state=State.REQUESTED))


def _in_order(cards: QuerySet[PartRequest]) -> list[PartRequest]:
    return list(cards.order_by(*ORDER)[:MOST])
