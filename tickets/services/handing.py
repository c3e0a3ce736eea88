"""A written report handed over, and the customer's word on it: what of that stands in the log.

The report clock of a scheme ends with the first report; a later edition tells the customer and ends nothing again.
"""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.policies import require
from tickets import lifecycle
from tickets.models import Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.services import happenings, log, rows


@transaction.atomic
def hand_report(*, ticket: Ticket, edition: int, by: Actor, now: datetime) -> TicketEvent:
    """Raises NotVisible, Forbidden, and Illegal where the case takes no report yet."""
    row = rows.lock(ticket.pk, by=by)
    history = log.read([row])[row.pk]
    if not any(event.type == lifecycle.REPORT for event in lifecycle.in_force(history)):
        return happenings.record(ticket=row, type=lifecycle.REPORT, by=by, at=now, now=now)
    require(by, "ticket.work", TABLE)
    entry = log.Entry("report_renewed", now, {"edition": edition})
    return log.append(ticket=row, entries=[entry], log=history, by=by, now=now)[0]


@transaction.atomic
def answer_report(*, ticket: Ticket, edition: int, comment: str, by: Actor, now: datetime) -> TicketEvent:
    """The customer has read it, or (with a comment) has something to say. Also after closing."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.judge", TABLE)
    kind = "report_commented" if comment else "report_acknowledged"
    told = {"comment": comment} if comment else {}
    entry = log.Entry(kind, now, {"edition": edition, **told})
    return log.append(ticket=row, entries=[entry], log=log.read([row])[row.pk], by=by, now=now)[0]
