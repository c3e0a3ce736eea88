"""Steps of promised work in the log. The app that keeps them calls it; it knows no kind of work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal
from tickets import lifecycle
from tickets.event_types import TYPES
from tickets.models import Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import log, rows


@transaction.atomic
def tell_step(*, ticket: Ticket, type: str, data: Mapping[str, Any], by: Actor, now: datetime) -> TicketEvent:
    """One event of the work's own. Raises NotVisible, Forbidden, Illegal."""
    row = rows.lock(ticket.pk, by=by)
    require(by, TYPES[type].action, TABLE)
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), type)
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    return log.append(ticket=row, entries=[log.Entry(type, now, data)], log=history, by=by, now=now)[0]
