"""What happens to a ticket moves its clocks, in the same transaction. A broken scheme never loses the fact."""

from datetime import datetime
from typing import Any

from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone

from sla import services
from tickets.event_types import TYPES
from tickets.models import TicketEvent
from tickets.signals import event_recorded

# Talk, files, owners and tags move no clock.
IRRELEVANT = TYPES.keys() & {
    "replied", "noted", "assigned", "linked", "unlinked", "tagged", "attached", "access_changed",
    "visit_agreed", "visit_days_proposed", "visit_days_declined", "maker_asked", "maker_confirmed",
    "visit_unbegun",
}  # fmt: skip


@receiver(event_recorded)
def settle_clocks(
    sender: type[TicketEvent],
    events: list[TicketEvent],
    logs: dict[int, list[TicketEvent]],
    now: datetime,
    is_settled: bool,
    **kwargs: Any,
) -> None:
    """The services that wrote the events hold the tickets' locks."""
    if is_settled:
        return
    moved = {event.ticket_id: event.ticket for event in events if event.type not in IRRELEVANT}
    if moved:
        are_new = moved.keys() <= {event.ticket_id for event in events if event.type == "received"}
        services.settle_safely(batch=list(moved.values()), logs=logs, now=now, are_new=are_new)


@receiver(post_migrate)
def load_shipped_schemes(sender: Any, **kwargs: Any) -> None:
    """A new database gets the shipped schemes as version 1."""
    if sender.name == "sla":
        services.load_shipped(now=timezone.now())  # noqa: TID251 — the edge: a management command
