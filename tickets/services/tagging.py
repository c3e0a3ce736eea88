"""Putting tags on a ticket and taking them off, word by word: what two people do to different words adds up."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.policies import require
from common.bulk import update_rows
from common.errors import Illegal
from tickets import lifecycle, tags
from tickets.models import Ticket
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import finding, log, rows


@transaction.atomic
def tag(
    *,
    ticket: Ticket,
    by: Actor,
    now: datetime,
    add: Iterable[str] = (),
    remove: Iterable[str] = (),
    only: Iterable[str] | None = None,
    expected_version: int | None = None,
) -> Ticket:
    """`only`: these and no others. A word that is there already, or is not there, is no change; nothing different:
    nothing is written. Raises Invalid beside `tags`, Illegal on a cancelled ticket.
    """
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    require(by, "ticket.tag", TABLE)
    had = set(row.tags)
    wanted = (had - {*tags.each(remove)}) | {*tags.each(add)} if only is None else {*tags.each(only)}
    if wanted == had:
        return row
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), tags.TAGGED)
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    tags.check_count(wanted)
    data = {"added": sorted(wanted - had), "removed": sorted(had - wanted)}
    row.tags = sorted(wanted)
    entry = log.Entry(tags.TAGGED, now, data)
    log.append(ticket=row, entries=[entry], log=history, by=by, now=now, tags=row.tags, search=finding.whole(row))
    return row


@transaction.atomic
def put_right(*, pks: Sequence[int]) -> None:
    """The rows' tags as the logs have them; for rebuilding."""
    locked = list(Ticket.objects.for_settling().select_for_update().filter(pk__in=pks))
    logs = log.read(locked)
    found = [(row, tags.of_log(logs[row.pk])) for row in locked]
    update_rows(Ticket, ("tags",), [(row.pk, words) for row, words in found if row.tags != words])
