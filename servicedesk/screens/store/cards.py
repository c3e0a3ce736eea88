"""A card of the board: the part, its ticket with its clock, where it is, and what comes next. Decides nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from servicedesk import wording
from servicedesk.screens.queue import rows as queue
from sla import policy_text
from spares import facts, services
from spares.kinds import State, StoreKind
from spares.models import PartRequest, Store
from spares.reports.board import Stock

NAMED = 3  # stores in one line


@dataclass(frozen=True)
class Line:
    icon: str
    text: str


@dataclass(frozen=True)
class Card:
    """`row`: its ticket as the queue draws it. `is_short`: the store that would send it has not enough of it."""

    request: PartRequest
    row: queue.Row
    lines: Sequence[Line]
    steps: Sequence[facts.Step]
    next_step: facts.Step | None
    home: Store | None = None
    is_short: bool = False

    @property
    def menu(self) -> list[facts.Step]:
        return [step for step in self.steps if step.code != "reserve" or not self.reserves_at_once]

    @property
    def reserves_at_once(self) -> bool:
        """Whether one press keeps it; otherwise somebody chooses where it comes from."""
        is_first = self.next_step is not None and self.next_step.code == "reserve"
        return is_first and self.home is not None and not self.is_short


def cards(requests: Sequence[PartRequest], stock: Stock, user: User, now: datetime) -> list[Card]:
    """In the order given. The clocks of their tickets are read in two statements."""
    tickets = {request.ticket_id: request.ticket for request in requests}
    rows = {row.ticket.pk: row for row in queue.rows(list(tickets.values()), user, now)}
    by = Actor(user=user)
    return [_card(request, rows, stock, by, now) for request in requests]


def _card(request: PartRequest, rows: Mapping[int, queue.Row], stock: Stock, by: Actor, now: datetime) -> Card:
    steps = services.offered(request, by)
    first = facts.next_step(request)
    home = stock.stores.get(getattr(request, "depot", None) or 0)
    is_asked = request.state == State.REQUESTED and request.part_id is not None
    is_short = is_asked and stock.at(request, home.pk if home else None) < request.quantity
    lines = list(_lines(request, stock, home, now))
    offered = first if first in steps else None
    return Card(request, rows[request.ticket_id], lines, steps, offered, home, is_short)


def _lines(request: PartRequest, stock: Stock, home: Store | None, now: datetime) -> Iterator[Line]:
    """Where it is, and what happened or is to come."""
    if request.state == State.REQUESTED:
        if request.part_id is not None:
            yield Line("site", stock_words(request, stock, home))
        yield Line("user", _asked(request, now))
    elif request.state == State.PICKING:
        yield Line("site", policy_text.clauses([str(request.store), *_shelf(request, stock)]))
        yield Line("user", _asked(request, now))
    elif request.state == State.ON_THE_WAY:
        yield Line("truck", _way(request, home))
        yield Line("clock", _arrival(request, now))
    else:
        yield Line("user", str(request.engineer or request.store))
        yield Line("clock", _there(request, now))


def stock_words(request: PartRequest, stock: Stock, home: Store | None) -> str:
    """ "Kwai Chung has 2", or "Kwai Chung 0, Nanshan 1" where another must help."""
    here = stock.at(request, home.pk if home else None)
    if home is not None and here >= request.quantity:
        return _("%(store)s has %(free)d") % {"store": home, "free": here}
    others = [(store, free) for store, free in stock.of(request) if store != home][:NAMED]
    if not others and not here:
        return _("No store has one")
    found = [*([(home, here)] if home else []), *others]
    return policy_text.clauses([f"{store} {free}" for store, free in found])


def _shelf(request: PartRequest, stock: Stock) -> list[str]:
    shelf = stock.shelf(request)
    return [_("shelf %(shelf)s") % {"shelf": shelf}] if shelf else []


def _asked(request: PartRequest, now: datetime) -> str:
    values = {"who": request.asked_by or _("The program"), "at": _when(request.asked_at, now)}
    return _("Asked by %(who)s, %(at)s") % values


def _when(at: datetime, now: datetime) -> str:
    return wording.short_moment(at, now, timezone.get_current_timezone())


def _way(request: PartRequest, home: Store | None) -> str:
    return f"{home or _('On the way')} → {request.ticket.site or request.ticket.organisation or '–'}"


def _arrival(request: PartRequest, now: datetime) -> str:
    """When it is expected, also in the time of its site where that is another, and who carries it."""
    courier = " ".join(filter(None, [request.carrier, request.tracking]))
    if request.expected_at is None:
        sent = _("Left %(at)s") % {"at": _when(request.sent_at or request.asked_at, now)}
        return policy_text.clauses([sent, *([courier] if courier else [])])
    site = request.ticket.site
    mine = timezone.get_current_timezone()
    zone = ZoneInfo(site.zone) if site is not None else mine
    at = wording.moment_for_site(request.expected_at, now, mine, zone)
    is_late = request.expected_at < now
    said = _("Was expected %(at)s") if is_late else _("Arrives %(at)s")
    return policy_text.clauses([said % {"at": at}, *([courier] if courier else [])])


def _there(request: PartRequest, now: datetime) -> str:
    if request.delivered_at is None:
        return _("Left %(at)s") % {"at": _when(request.sent_at or request.asked_at, now)}
    said = _("Delivered %(at)s") % {"at": _when(request.delivered_at, now)}
    who = [_("received by %(who)s") % {"who": request.received_by}] if request.received_by else []
    return policy_text.clauses([said, *who])


@dataclass(frozen=True)
class Alarm:
    """The most urgent part that its own depot cannot send. `other`: who has enough, the first to ask."""

    card: Card
    other: Store | None
    free: int
    more: int


def alarm(found: Sequence[Card], stock: Stock) -> Alarm | None:
    short = [card for card in found if card.is_short]
    if not short:
        return None
    first = short[0]
    wanted = first.request.quantity
    depots = [pair for pair in stock.of(first.request) if pair[1] >= wanted and pair[0].kind != StoreKind.VAN]
    other, free = depots[0] if depots else (None, 0)
    return Alarm(first, other, free, len(short) - 1)
