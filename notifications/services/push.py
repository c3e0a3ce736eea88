"""From events to the live streams, once the transaction has committed. Writes nothing and may reach nobody."""

from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction

from customers.models import Site
from notifications.live import push, wire
from tickets.event_types import PUBLIC
from tickets.kinds import OPEN_STATES
from tickets.lifecycle import RETRACTED
from tickets.models import Ticket, TicketEvent

ACCESS_CHANGED = "access_changed"


def push_events(*, events: Sequence[TicketEvent], logs: Mapping[int, Sequence[TicketEvent]]) -> None:
    """What is internal is not even counted for customers: their part of the message names public events only."""
    if not events:
        return
    numbers = [event.ticket.number for event in events]
    public = [event.ticket.number for event in events if _is_public(event, logs.get(event.ticket_id, ()))]
    people = {event.user_id for event in events if event.user_id and not event.is_automatic}
    message = wire.change(numbers, public, people.pop() if len(people) == 1 else 0)
    transaction.on_commit(partial(push.send, message), robust=True)


def push_tickets(*, numbers: Sequence[int]) -> None:
    """Tickets of which everybody who may see them sees something else now, customers too."""
    transaction.on_commit(partial(push.send, wire.change(numbers, numbers, 0)), robust=True)


def push_site(*, site: Site) -> None:
    """Its open tickets."""
    numbers = list(Ticket.objects.filter(site=site, state__in=OPEN_STATES).values_list("number", flat=True))
    if numbers:
        push_tickets(numbers=numbers)


def push_to_desk(*, number: int) -> None:
    """A ticket of which staff see something else now, and customers do not."""
    transaction.on_commit(partial(push.send, wire.change([number], [], 0)), robust=True)


def _is_public(event: TicketEvent, log: Sequence[TicketEvent]) -> bool:
    """What customers see, how people get in among it; also that something was taken back."""
    if event.type == RETRACTED:
        return any(other.seq == event.data.get("seq") and other.type in PUBLIC for other in log)
    return event.type in PUBLIC or event.type == ACCESS_CHANGED
