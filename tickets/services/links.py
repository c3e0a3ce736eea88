"""Links between tickets, and merging a duplicate into the one that goes on.

Work is never the duplicate of another organisation's, and nothing is part or duplicate of itself by a detour.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from tickets import lifecycle
from tickets.kinds import LinkKind
from tickets.models import Link, Ticket
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import drafts, log, rows

WITHOUT_CIRCLES = frozenset({LinkKind.DUPLICATE, LinkKind.PARENT})


@transaction.atomic
def link(*, ticket: Ticket, target: Ticket, kind: str, by: Actor, now: datetime) -> Link:
    """`ticket` is a duplicate of, caused by, part of ... `target`. Linking twice gives the same link."""
    row, other = _lock_both(ticket, target, by)
    require(by, "ticket.link", TABLE)
    if kind not in LinkKind.values:
        raise Invalid.field("kind", _("There is no such link."))
    _check_fits(row, other, kind, "target")
    made, is_new = Link.objects.get_or_create(source=row, target=other, kind=kind, defaults={"created_at": now})
    if is_new:
        _log(row, "linked", {"kind": kind, "to": other.reference}, by, now)
        _log(other, "linked", {"kind": kind, "from": row.reference}, by, now)
    return made


@transaction.atomic
def unlink(*, ticket: Ticket, target: Ticket, kind: str, by: Actor, now: datetime) -> None:
    row, other = _lock_both(ticket, target, by)
    require(by, "ticket.link", TABLE)
    gone, _detail = Link.objects.filter(source=row, target=other, kind=kind).delete()
    if gone:
        _log(row, "unlinked", {"kind": kind, "to": other.reference}, by, now)
        _log(other, "unlinked", {"kind": kind, "from": row.reference}, by, now)


@transaction.atomic
def merge(*, ticket: Ticket, into: Ticket, by: Actor, now: datetime) -> Ticket:
    """Cancels `ticket` as a duplicate of `into`; its clocks end, its conversation stays readable behind the link."""
    row, other = _lock_both(ticket, into, by)
    require(by, "ticket.merge", TABLE)
    if not other.is_open:
        raise Illegal(_("A ticket can only be merged into an open one."))
    _check_fits(row, other, LinkKind.DUPLICATE, "into")
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), "cancelled")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    link(ticket=row, target=other, kind=LinkKind.DUPLICATE, by=by, now=now)
    row.refresh_from_db()
    history = log.read([row])[row.pk]
    entry = log.Entry("cancelled", now, {"duplicate_of": other.reference})
    log.append(ticket=row, entries=[entry], log=history, by=by, now=now, merged_into=other)
    drafts.move_drafts(ticket=row, to=other, now=now)
    return row


def _lock_both(first: Ticket, second: Ticket, by: Actor) -> tuple[Ticket, Ticket]:
    """In order of primary key, so that two people linking the same pair cannot block each other."""
    if first.pk == second.pk:
        raise Invalid.field("target", _("A ticket cannot be linked to itself."))
    locked = {pk: rows.lock(pk, by=by) for pk in sorted((first.pk, second.pk))}
    return locked[first.pk], locked[second.pk]


def _check_fits(row: Ticket, other: Ticket, kind: str, field: str) -> None:
    """Raises Invalid beside `field`. A report whose organisation is not known yet may be anybody's duplicate."""
    known = (row.organisation_id, other.organisation_id)
    if kind == LinkKind.DUPLICATE and None not in known and known[0] != known[1]:
        raise Invalid.field(field, _("That ticket belongs to another organisation."))
    if kind in WITHOUT_CIRCLES and _leads_to(other.pk, row.pk, kind):
        words = _("%(other)s leads back to %(number)s already; a circle makes no sense.")
        raise Invalid.field(field, words % {"other": other.reference, "number": row.reference})


def _leads_to(start: int, end: int, kind: str) -> bool:
    """Whether links of this kind lead from one to the other, over however many; each is asked once."""
    seen, frontier = {start}, {start}
    while frontier and end not in seen:
        found = Link.objects.filter(source__in=frontier, kind=kind).values_list("target", flat=True)
        frontier = set(found) - seen
        seen |= frontier
    return end in seen


def _log(ticket: Ticket, type_: str, data: dict[str, str], by: Actor, now: datetime) -> None:
    log.append(ticket=ticket, entries=[log.Entry(type_, now, data)], log=log.read([ticket])[ticket.pk], by=by, now=now)
