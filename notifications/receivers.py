"""What happens to a ticket is told to people: rows in the same transaction, mail afterwards."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from notifications import services
from tickets.models import TicketEvent
from tickets.signals import event_recorded


@receiver(event_recorded)
def announce_events(sender: type[TicketEvent], events: list[TicketEvent], now: datetime, **kwargs: Any) -> None:
    if not services.is_silent():
        services.announce(events=events, now=now)
