"""Public replies and internal notes: two services, because they are two things.

A customer's answer ends the wait for the customer; the desk's first reply counts as the response.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from tickets import lifecycle, search
from tickets.models import Note, Reply, Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import log, rows

RESPONSES = frozenset({"responded", "diagnosed", "remote_started", "arrived", "restored", "resolved"})


@transaction.atomic
def reply(
    *, ticket: Ticket, body: str, by: Actor, now: datetime, language: str = "", expected_version: int | None = None
) -> Reply:
    """A message that the customer reads, or writes. Raises Invalid for an empty body, Illegal on a closed ticket."""
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    require(by, "ticket.reply", TABLE)
    _check_body(body)
    history = log.read([row])[row.pk]
    status = lifecycle.fold(row.kind, history)
    reason = lifecycle.refusal(status, "replied")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    is_from_customer = by.user is None or not by.user.is_staff_member
    entries = [log.Entry("replied", now, {"from_customer": is_from_customer})]
    if is_from_customer and status.is_waiting:
        entries.append(log.Entry("resumed", now, {"why": "customer_answered"}, is_automatic=True))
    if not is_from_customer and not any(event.type in RESPONSES for event in history):
        entries.append(log.Entry("responded", now, {"by_reply": True}))
    found_by = CombinedExpression(F("search"), "||", search.vector(body))
    events = log.append(ticket=row, entries=entries, log=history, by=by, now=now, search=found_by)
    return Reply.objects.create(
        ticket=row,
        event=events[0],
        author=by.user,
        is_from_customer=is_from_customer,
        body=body.strip(),
        language=language,
        created_at=now,
    )


@transaction.atomic
def note(*, ticket: Ticket, body: str, by: Actor, now: datetime) -> Note:
    """An internal note; fits every state. Never stopped by a version that moved on."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.note", TABLE)
    _check_body(body)
    history = log.read([row])[row.pk]
    event: TicketEvent = log.append(ticket=row, entries=[log.Entry("noted", now)], log=history, by=by, now=now)[0]
    return Note.objects.create(ticket=row, event=event, author=by.user, body=body.strip(), created_at=now)


def _check_body(body: str) -> None:
    if not body.strip():
        raise Invalid.field("body", _("Write a message."))
