"""What the tickets' logs mean for the store room. Inside the transaction that wrote the events; it decides nothing."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from spares import services
from spares.kinds import Purpose
from tickets.models import TicketEvent
from tickets.signals import event_recorded

MEETS = {"spare_delivered": Purpose.REPAIR, "loaner_installed": Purpose.LOANER}


@receiver(event_recorded)
def follow_the_log(events: list[TicketEvent], now: datetime, **_kwargs: Any) -> None:
    services.answer_log(events=events)
    for event in events:
        if event.type in ("closed", "cancelled"):
            services.give_up(ticket=event.ticket, now=now)
        elif event.type in MEETS and "request" not in event.data:
            services.met_outside(ticket=event.ticket, purpose=MEETS[event.type], at=event.occurred_at)
        elif event.type == "retracted":
            services.forget_need(ticket=event.ticket, seq=int(event.data.get("seq", 0)), now=now)
