"""The customer agrees to the time that the desk proposed for a change: one press, one fact.

He agrees to the proposal he had before his eyes and to no other: its number in the log comes with the press.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Stale
from tickets import lifecycle, proposals
from tickets.models import Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.services import happenings, log, rows


@transaction.atomic
def agree(*, ticket: Ticket, proposal: int, by: Actor, now: datetime) -> TicketEvent:
    """Returns the agreement, also to who presses twice. Raises Stale for another proposal than the one in force."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.consent", TABLE)
    history = lifecycle.in_force(log.read([row])[row.pk])
    terms = proposals.of(history)
    if terms.seq == proposal and terms.is_agreed:
        return next(event for event in reversed(history) if event.type == "change_confirmed")
    if terms.proposed_at is None:
        raise Illegal(_("This proposal does not stand any more."))
    if terms.seq != proposal:
        raise Stale(_("We have changed our proposal meanwhile. Read the new one before you agree."), {"seq": terms.seq})
    if terms.proposed_at <= now:
        raise Illegal(_("The proposed time has passed. Write to us which time suits you."))
    fields = {"agreed_at": terms.proposed_at}
    return happenings.record(ticket=row, type="change_confirmed", by=by, at=now, now=now, fields=fields)
