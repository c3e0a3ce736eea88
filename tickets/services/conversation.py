"""Public replies and internal notes: two services, because they are two things.

A customer's answer ends the wait for the customer; the desk's first reply counts as the response. A form that is sent
twice writes once: its `token` is the key of the event, unique within the ticket. Other words are another message.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common import languages
from common.errors import Illegal, Invalid
from tickets import lifecycle
from tickets.models import Note, Reply, Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import finding, log, rows

RESPONSES = frozenset({"responded", "diagnosed", "remote_started", "arrived", "restored", "resolved"})


def has_responded(history: Sequence[TicketEvent]) -> bool:
    return any(event.type in RESPONSES for event in lifecycle.in_force(history))


@transaction.atomic
def reply(
    *,
    ticket: Ticket,
    body: str,
    by: Actor,
    now: datetime,
    at: datetime | None = None,
    language: str = "",
    token: UUID | None = None,
    expected_version: int | None = None,
) -> Reply:
    """A message that the customer reads, or writes; said `at`, else now. Raises Invalid for an empty body, Illegal on a
    closed ticket.
    """
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    require(by, "ticket.reply", TABLE)
    check_body(body)
    history = log.read([row])[row.pk]
    key, earlier = form_key(token), _sent(history, token)
    if earlier is not None:
        first = Reply.objects.get(event=earlier)
        if first.body == body.strip():
            return first
        key = None
    status = log.status(row, history)
    reason = lifecycle.refusal(status, "replied")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    is_from_customer = by.user is None or not by.user.is_staff_member
    said_at = at or now
    entries = [log.Entry("replied", said_at, {"from_customer": is_from_customer}, key=key)]
    if is_from_customer:
        entries += end_of_wait(status, said_at)
    if not is_from_customer and not has_responded(history):
        entries.append(log.Entry("responded", said_at, {"by_reply": True}))
    events = log.append(ticket=row, entries=entries, log=history, by=by, now=now, search=finding.also(body))
    return _reply(row, events[0], body, by, said_at, is_from_customer=is_from_customer, language=language)


def end_of_wait(status: lifecycle.Status, at: datetime) -> list[log.Entry]:
    """What a customer's answer does to a wait for it."""
    why = {"why": "customer_answered"}
    return [log.Entry("resumed", at, why, is_automatic=True)] if status.is_waiting else []


def tell(
    *,
    row: Ticket,
    entry: log.Entry,
    message: str,
    history: list[TicketEvent],
    by: Actor,
    now: datetime,
    said_at: datetime,
    token: UUID | None = None,
) -> TicketEvent:
    """An event together with what the desk tells the customer about it: the event, then a reply, in one step.

    `row` is locked; that the event fits is checked already. The message is the response only if nothing else is.
    """
    entries = [
        log.Entry(entry.type, entry.at, {**entry.data, "has_message": True}),
        log.Entry("replied", said_at, {"from_customer": False, "with": entry.type}, key=form_key(token)),
    ]
    if entry.type not in RESPONSES and not has_responded(history):
        entries.append(log.Entry("responded", said_at, {"by_reply": True}))
    events = log.append(ticket=row, entries=entries, log=history, by=by, now=now, search=finding.also(message))
    _reply(row, events[1], message, by, said_at, is_from_customer=False)
    return events[0]


@transaction.atomic
def note(*, ticket: Ticket, body: str, by: Actor, now: datetime, token: UUID | None = None) -> Note:
    """An internal note; fits every state. Never stopped by a version that moved on."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.note", TABLE)
    check_body(body)
    history = log.read([row])[row.pk]
    key, earlier = form_key(token), _sent(history, token)
    if earlier is not None:
        first = Note.objects.get(event=earlier)
        if first.body == body.strip():
            return first
        key = None
    entries = [log.Entry("noted", now, key=key)]
    found_by = finding.also(body, is_internal=True)
    event: TicketEvent = log.append(ticket=row, entries=entries, log=history, by=by, now=now, search=found_by)[0]
    return Note.objects.create(ticket=row, event=event, author=by.user, body=body.strip(), created_at=now)


def form_key(token: UUID | None) -> str | None:
    """The key of the event that a form with this token writes."""
    return f"form:{token}" if token else None


def _sent(history: Sequence[TicketEvent], token: UUID | None) -> TicketEvent | None:
    key = form_key(token)
    return next((event for event in history if key and event.key == key), None)


def _reply(
    row: Ticket,
    event: TicketEvent,
    body: str,
    by: Actor,
    now: datetime,
    *,
    is_from_customer: bool,
    language: str = "",
) -> Reply:
    return Reply.objects.create(
        ticket=row,
        event=event,
        author=by.user,
        is_from_customer=is_from_customer,
        body=body.strip(),
        language=language or languages.detect(body),
        created_at=now,
    )


def check_body(body: str) -> None:
    if not body.strip():
        raise Invalid.field("body", _("Write a message."))
