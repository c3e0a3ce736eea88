"""The customer's answer to "does it work for you?": one press, one transaction."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from tickets.models import Ticket, TicketEvent
from tickets.services import happenings


@transaction.atomic
def confirm(*, ticket: Ticket, works: bool, by: Actor, at: datetime, now: datetime) -> TicketEvent:
    """Yes closes the case, no opens it again. Raises Illegal unless it is resolved."""
    if not works:
        return happenings.record(ticket=ticket, type="not_satisfied", by=by, at=at, now=now)
    happenings.record(ticket=ticket, type="satisfied", by=by, at=at, now=now)
    return happenings.record(ticket=ticket, type="closed", by=by, at=at, now=now)
