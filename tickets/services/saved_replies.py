"""Texts to write again: one's own, a team's, everybody's. What many read, leads write."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Team
from accounts.policies import require
from common.errors import Invalid, NotVisible
from tickets.models import SavedReply
from tickets.policies import TABLE

LONGEST_TITLE, LONGEST_BODY = 80, 5000


@transaction.atomic
def keep_saved_reply(
    *, title: str, body: str, by: Actor, team: Team | None = None, is_own: bool = True, pk: int | None = None
) -> SavedReply:
    """A new one, or another text for that one. Own unless `team` or not `is_own`: then it is for many."""
    row = _mine_to_change(pk, by) if pk is not None else SavedReply()
    _require(by, is_own=is_own and team is None)
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise Invalid.field("title", _("Enter a name of at most 80 letters."))
    if not body.strip() or len(body) > LONGEST_BODY:
        raise Invalid.field("body", _("Enter a text of at most 5,000 letters."))
    row.title, row.body, row.team = title.strip(), body.strip(), team
    row.owner = by.user if is_own and team is None else None
    row.save()
    return row


@transaction.atomic
def drop_saved_reply(*, pk: int, by: Actor) -> None:
    _mine_to_change(pk, by).delete()


def _mine_to_change(pk: int, by: Actor) -> SavedReply:
    row = SavedReply.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or (row.owner_id is not None and (by.user is None or row.owner_id != by.user.pk)):
        raise NotVisible(_("There is no such saved reply."))
    _require(by, is_own=row.owner_id is not None)
    return row


def _require(by: Actor, *, is_own: bool) -> None:
    require(by, "ticket.save_reply" if is_own else "ticket.share_reply", TABLE)
