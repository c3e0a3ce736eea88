"""Drafts: what somebody is writing, kept on the server until it is sent. Never seen by a customer, never in the log."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import require
from common.errors import Invalid, NotVisible
from tickets.models import Draft, Ticket, TicketEvent, WaitingReply
from tickets.policies import TABLE
from tickets.services.conversation import form_key
from tickets.services.files import KeptFile


@transaction.atomic
def save_draft(
    *, ticket: Ticket, kind: str, body: str, by: Actor, now: datetime, token: UUID | None = None, back: str = ""
) -> Draft | None:
    """The latest words win. Empty ones end the draft. What the form with this `token` has sent is no draft any more.

    `back`: the words that came back which the page showed (`Draft.back`); others stay beside what it saves.
    """
    if by.user is None or kind not in Draft.Kind.values:
        raise Invalid.field("kind", _("This is neither a reply nor a note."))
    if not Ticket.objects.visible_to(by.user).filter(pk=ticket.pk).exists():
        raise NotVisible(_("There is no such ticket."))
    require(by, f"ticket.{kind}", TABLE)
    mine = Draft.objects.filter(ticket=ticket, person=by.user, kind=kind)
    # Sending holds the ticket: a draft on its way meanwhile comes before, and ends with it, or after, and is none.
    Ticket.objects.select_for_update(of=("self",)).only("pk").get(pk=ticket.pk)
    if token is not None and _is_sent(ticket, token):
        return None
    held = "" if (known := mine.exclude(returned="").first()) is None or known.back in back else known.returned
    if not body.strip():
        if not held:
            mine.filter(files=[]).delete()
        mine.update(body="", returned=held, saved_at=now)
        return None
    values = {"body": body, "returned": held, "saved_at": now}
    draft, _is_new = Draft.objects.update_or_create(ticket=ticket, person=by.user, kind=kind, defaults=values)
    return draft


def _is_sent(ticket: Ticket, token: UUID) -> bool:
    waits = WaitingReply.objects.filter(token=token).exists()
    return waits or TicketEvent.objects.filter(ticket=ticket, key=form_key(token)).exists()


def end(*, ticket: Ticket, person: User, kind: str, back: str = "") -> None:
    """It was sent; words that came back and that the page did not show stay."""
    for draft in Draft.objects.select_for_update().filter(ticket=ticket, person=person, kind=kind):
        if draft.back in back:
            draft.delete()
        else:
            draft.body = draft.returned
            draft.save(update_fields=["body"])


@transaction.atomic
def put_back(
    *,
    ticket: Ticket,
    person: User,
    body: str,
    files: Sequence[Mapping[str, Any]],
    now: datetime,
    kind: str = "reply",
    notice: str = "",
    seen_seq: int | None = None,
) -> Draft:
    """A message becomes a draft again. What the person has begun meanwhile stays below it."""
    draft, is_new = Draft.objects.select_for_update().get_or_create(
        ticket=ticket, person=person, kind=kind, defaults={"body": body, "files": list(files), "saved_at": now}
    )
    if not is_new and body.strip() != draft.body.strip():
        draft.body = "\n\n".join(filter(None, [body, draft.body]))
    if not is_new:
        draft.files = [*files, *draft.files]
    if draft.returned not in body:
        body = f"{draft.returned}\n\n{body}"
    draft.returned = body
    draft.notice, draft.seen_seq, draft.saved_at = notice[:300], seen_seq, now
    draft.save()
    return draft


def move_drafts(*, ticket: Ticket, to: Ticket, now: datetime) -> None:
    """The ticket was merged: who was writing goes on writing there."""
    for draft in Draft.objects.filter(ticket=ticket).select_related("person"):
        put_back(
            ticket=to, person=draft.person, body=draft.body, files=draft.files, now=now, kind=draft.kind,
            notice=draft.notice,
        )  # fmt: skip
        draft.delete()


def as_facts(files: Sequence[KeptFile]) -> list[dict[str, Any]]:
    """Files that lie in the store, as a row keeps them."""
    return [{**vars(file), "key": str(file.key)} for file in files]


def as_files(facts: Sequence[Mapping[str, Any]]) -> list[KeptFile]:
    return [KeptFile(**{**fact, "key": UUID(fact["key"])}) for fact in facts]
