"""Sending a reply in two steps: it waits a few seconds in which its author can have it back, then it leaves.

The row is the truth: whoever comes by (the sweep, a page of the ticket) writes it to the log and removes it in one
transaction, so it leaves once and never less. It counts from when it was pressed, however late it leaves. What somebody
else said after its author last looked stops it once: it is a draft again, and sending it again is meant.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, NotVisible, Refusal, Stale
from tickets import lifecycle
from tickets.models import Draft, Reply, Ticket, TicketEvent, WaitingReply
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import conversation, drafts, files, happenings, log, rows
from tickets.services.remembering import remembered
from tickets.signals import reply_stopped

THEN = ("waiting", "resolved")
# A clock that ends this soon after the wait would be missed by a sweep that comes a little late.
MARGIN = timedelta(seconds=5)
Sent = WaitingReply | Reply
FAULTS = (DataError, IntegrityError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
logger = logging.getLogger(__name__)


@transaction.atomic
def send(
    *,
    ticket: Ticket,
    body: str,
    by: Actor,
    now: datetime,
    wait: timedelta,
    attached: Sequence[files.KeptFile] = (),
    token: UUID | None = None,
    then: str = "",
    seen_seq: int | None = None,
    back: str | None = "",
) -> Sent:
    """Presses "Send". What would come too late for a clock leaves at once. The same press twice is one message.

    `then`: an event of THEN. `seen_seq`: the last entry that its author had read. `back`: as in `save_draft`; None:
    the draft stays. Raises Stale when somebody said something since, and what `reply` and `record` raise.
    """
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.reply", TABLE)
    conversation.check_body(body)
    earlier = _earlier(row, body, token)
    if earlier is not None:
        return earlier
    history = log.read([row])[row.pk]
    _check_fits(row, history, then, by)
    if said_since(history, seen_seq, by):
        raise Stale(_("A newer message arrived while you wrote."))
    assert by.user is not None  # the policy lets no guest through
    is_urgent = row.next_due_at is not None and now <= row.next_due_at <= now + wait + MARGIN
    waiting = WaitingReply(
        ticket=row, author=by.user, token=_free(row, token), body=body.strip(), files=drafts.as_facts(attached),
        then=then, pressed_at=now, leaves_at=now + wait, seen_seq=seen_seq,
    )  # fmt: skip
    if back is not None:
        drafts.end(ticket=row, person=by.user, kind=Draft.Kind.REPLY, back=back)
    if is_urgent or wait <= timedelta(0):
        return _write(waiting, now)
    waiting.save()
    return waiting


def _earlier(row: Ticket, body: str, token: UUID | None) -> Sent | None:
    """What this very press has sent already; with other words it is another message."""
    if token is None:
        return None
    said = Reply.objects.filter(ticket=row, event__key=conversation.form_key(token), body=body.strip()).first()
    return said or WaitingReply.objects.filter(ticket=row, token=token, body=body.strip()).first()


def _free(row: Ticket, token: UUID | None) -> UUID:
    is_used = token is None or (
        WaitingReply.objects.filter(token=token).exists()
        or row.events.filter(key=conversation.form_key(token)).exists()
    )
    return uuid4() if is_used or token is None else token


def said_since(history: Sequence[TicketEvent], seen_seq: int | None, by: Actor) -> list[TicketEvent]:
    """What somebody else said to or for the customer after that entry; nothing where nobody knows what was read."""
    if seen_seq is None:
        return []
    own = by.user.pk if by.user else None
    newer = [event for event in history if event.type == "replied" and event.seq > seen_seq]
    return [event for event in newer if event.user_id is None or event.user_id != own]


def _check_fits(row: Ticket, history: Sequence[TicketEvent], then: str, by: Actor) -> None:
    status = log.status(row, history)
    reason = lifecycle.refusal(status, "replied")
    if then:
        require(by, "ticket.work", TABLE)
        reason = reason or ("kind" if then not in THEN else lifecycle.refusal(status, then))
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))


def _write(waiting: WaitingReply, now: datetime) -> Reply:
    """Into the log, as of when it was pressed, with its files and its event."""
    by, said_at = Actor(user=waiting.author), waiting.pressed_at
    if waiting.then:
        with remembered(by=by, now=now, said=_said(waiting)):
            happenings.record(
                ticket=waiting.ticket, type=waiting.then, by=by, at=said_at, now=now, message=waiting.body,
                said_at=said_at, token=waiting.token,
            )  # fmt: skip
        reply = Reply.objects.get(ticket=waiting.ticket, event__key=conversation.form_key(waiting.token))
    else:
        reply = conversation.reply(
            ticket=waiting.ticket, body=waiting.body, by=by, now=now, at=said_at, language=waiting.language,
            token=waiting.token,
        )  # fmt: skip
    kept = drafts.as_files(waiting.files)
    files.keep(ticket=waiting.ticket, files=kept, by=by, now=now, event=reply.event)
    return reply


def _said(waiting: WaitingReply) -> str:
    with override(waiting.author.language or None):
        return _("Sent, waiting for the customer") if waiting.then == "waiting" else _("Sent and resolved")


@transaction.atomic
def call_back(*, token: UUID, by: Actor, now: datetime) -> Draft:
    """Undo send: the words and files are a draft again. Raises Illegal when the reply has left."""
    waiting = WaitingReply.objects.select_for_update(of=("self",)).select_related("ticket").filter(token=token).first()
    if waiting is None:
        raise Illegal(_("The reply has left already."))
    if by.user is None or waiting.author_id != by.user.pk:
        raise NotVisible(_("There is no such reply."))
    draft = drafts.put_back(
        ticket=waiting.ticket, person=by.user, body=waiting.body, files=waiting.files, now=now
    )  # fmt: skip
    waiting.delete()
    return draft


def release_due(
    *, now: datetime, ticket: Ticket | None = None, is_time_over: Callable[[], bool] = lambda: False
) -> int:
    """Lets the replies leave whose wait is over, each in a transaction of its own; any number may do so at once."""
    count, troubled = 0, set[int]()
    while not is_time_over():
        with transaction.atomic():
            waiting = _next(now, ticket, troubled)
            if waiting is None:
                break
            try:
                with transaction.atomic():
                    _release(waiting, now)
                count += 1
            except FAULTS:  # one bad row must not keep the others: it is tried again with the next sweep
                logger.exception("Reply %d could not leave", waiting.pk)
                troubled.add(waiting.pk)
    return count


def _next(now: datetime, ticket: Ticket | None, troubled: set[int]) -> WaitingReply | None:
    due = WaitingReply.objects.filter(leaves_at__lte=now).exclude(pk__in=troubled)
    if ticket is not None:
        due = due.filter(ticket=ticket)
    locked = due.select_for_update(skip_locked=True, of=("self",)).select_related("ticket", "author")
    return locked.order_by("leaves_at", "pk").first()


def _release(waiting: WaitingReply, now: datetime) -> None:
    """What is refused or overtaken meanwhile comes back as a draft, with the reason."""
    try:
        with override(waiting.author.language or None), transaction.atomic():
            _check_not_overtaken(waiting)
            _write(waiting, now)
    except Refusal as refusal:
        with override(waiting.author.language or None):
            notice = _("Your reply did not leave. %(why)s") % {"why": refusal.detail}
        ticket = Ticket.objects.select_related("merged_into").get(pk=waiting.ticket_id)
        draft = drafts.put_back(
            ticket=ticket.merged_into or ticket, person=waiting.author, body=waiting.body, files=waiting.files,
            now=now, notice=notice, seen_seq=waiting.seen_seq if isinstance(refusal, Stale) else None,
        )  # fmt: skip
        reply_stopped.send(sender=Draft, draft=draft, now=now)
    waiting.delete()


def _check_not_overtaken(waiting: WaitingReply) -> None:
    """Holds the ticket from here on: what is not said yet comes after this reply."""
    row = Ticket.objects.select_for_update(of=("self",)).get(pk=waiting.ticket_id)
    if said_since(log.read([row])[row.pk], waiting.seen_seq, Actor(user=waiting.author)):
        raise Stale(_("A newer message arrived while it waited."))
