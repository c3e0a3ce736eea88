"""The read model of the customer's list: open cases with what happens now, then what is over. Writes nothing.

Open ones and the others are two questions, so that each is an index scan however many years are behind a customer.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Prefetch, Subquery

from accounts.models import User
from inspections import manners
from servicedesk import wording
from servicedesk.screens.portal import clocks, coming, verdict
from servicedesk.screens.portal.case import merged, place_of, zone_of
from servicedesk.screens.portal.clocks import Telling
from sla.models import Clock
from tickets import proposals
from tickets.event_types import PUBLIC
from tickets.kinds import OPEN_STATES
from tickets.models import Ticket, TicketEvent

TOLD_BY = coming.TOLD_BY | proposals.ASKED | proposals.DONE | verdict.TOLD_BY
TOLD_IN = coming.STATES | verdict.STATES
CHANGE = ("change", True)
OPEN_SHOWN = 100
DONE_SHOWN, DONE_MORE = 10, 100


@dataclass(frozen=True)
class Row:
    """One line of the customer's list."""

    number: int
    reference: str
    title: str
    lang: str
    place: str
    telling: Telling
    is_open: bool
    is_owed: bool  # a closed case of which something is promised still
    reported: str
    turns_at: datetime


@dataclass(frozen=True)
class Listing:
    """`has_more`: there is more of the kind than is shown."""

    rows: list[Row]
    has_more: bool = False

    @property
    def turns_at(self) -> datetime | None:
        return min((row.turns_at for row in self.rows if row.is_open or row.is_owed), default=None)


def open_cases(user: User, query: str, now: datetime) -> Listing:
    """What waits for the customer on top, then what is due next."""
    steps = TicketEvent.objects.filter(ticket=OuterRef("pk"), type__in=PUBLIC).in_force().order_by("-occurred_at")
    stepped_at = Subquery(steps.values("occurred_at")[:1])
    found = (
        _found(user, query)
        .annotate(stepped_at=stepped_at)
        .filter(state__in=OPEN_STATES)
        .order_by(F("next_due_at").asc(nulls_last=True), "pk")
    )
    listing = _listing(found, OPEN_SHOWN, now)
    return Listing(sorted(listing.rows, key=lambda row: not row.telling.needs_reader), listing.has_more)


def done_cases(user: User, query: str, now: datetime, *, is_long: bool) -> Listing:
    found = _found(user, query).exclude(state__in=OPEN_STATES).order_by("-received_at")
    return _listing(found, DONE_MORE if is_long else DONE_SHOWN, now)


def _found(user: User, query: str) -> Any:
    ran = Prefetch("clocks", queryset=Clock.objects.order_by("run"), to_attr="public_clocks")
    related = ("site", "equipment__product", "merged_into", "assignee")
    found = Ticket.objects.visible_to(user).select_related(*related).defer("search").prefetch_related(ran)
    return found.matching(query) if query else found


def _listing(found: Any, limit: int, now: datetime) -> Listing:
    tickets = list(found[: limit + 1])
    shown = tickets[:limit]
    said, afar = _said(shown), manners.by_ticket([ticket for ticket in shown if ticket.state == "visit_booked"])
    rows = [_row(ticket, said.get(ticket.pk, []), afar.get(ticket.pk, manners.ON_SITE), now) for ticket in shown]
    return Listing(rows, len(tickets) > limit)


def _said(tickets: list[Ticket]) -> dict[int, list[TicketEvent]]:
    """What was said about who comes when, when a change is delivered, or whether it works, where it may be; one
    statement, or none.
    """
    waits = [ticket.pk for ticket in tickets if ticket.state in TOLD_IN or (ticket.kind, ticket.is_open) == CHANGE]
    told: dict[int, list[TicketEvent]] = {}
    found = TicketEvent.objects.filter(ticket__in=waits, type__in=TOLD_BY).select_related("user").in_force().in_order()
    for event in found if waits else ():
        told.setdefault(event.ticket_id, []).append(event)
    return told


def _row(ticket: Ticket, said: list[TicketEvent], manner: str, now: datetime) -> Row:
    zone = zone_of(ticket)
    found = clocks.promises(getattr(ticket, "public_clocks", []), now)
    heard = clocks.Heard(
        stepped_at=getattr(ticket, "stepped_at", None),
        coming=coming.of(ticket, said),
        terms=proposals.of(said),
        verdict=verdict.of(said),
        manner=manner,
    )
    return Row(
        number=ticket.number,
        reference=ticket.reference,
        title=ticket.title,
        lang=ticket.language,
        place=place_of(ticket),
        telling=merged(ticket) or clocks.tell(ticket.state, found, now, zone, heard=heard),
        is_open=ticket.is_open,
        is_owed=not ticket.is_open and any(promise.is_open for promise in found),
        reported=wording.moment(ticket.received_at, now, zone),
        turns_at=clocks.turns_at(found, now, zone, heard),
    )
