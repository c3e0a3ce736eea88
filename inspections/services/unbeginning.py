"""A begin that was a mistake, taken back: the visit stands as if nobody had begun it, and so do the clocks.

What was given is set aside, not erased: its entries and photos stay as a record that nothing counts. What cannot be
taken back is a signature, and a ticket that was raised and lives on.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import may
from common.errors import Forbidden, Illegal, Invalid
from inspections import facts
from inspections.models import Answer, AnswerEntry, Finding, Inspection, Photo, Sheet
from inspections.policies import TABLE
from inspections.services import visits
from tickets import lifecycle
from tickets import services as tickets

LONGEST_REASON = 500
OTHERS = "inspection.take_back_begin"


@transaction.atomic
def take_back_begin(*, inspection: Inspection, reason: str, by: Actor, now: datetime) -> Inspection:
    """Anybody who works on visits, while nothing was given; then who began it, or the desk, with a `reason`. Raises
    Forbidden, Illegal once it is signed, while a ticket of it lives or where it has not begun, Invalid for `reason`.
    """
    row = visits.hold(inspection, by=by)
    if row.begun_at is None:
        raise Illegal(_("This visit has not begun."))
    visit, why = facts.load(row), reason.strip()
    _check(visit, why, by)
    words = {name: getattr(row, name) for name in visits.WORDS if getattr(row, name)}
    told: dict[str, Any] = {"reason": why, "begun_at": row.begun_at.isoformat(), "begun_by": str(row.begun_by_id)}
    told |= {"answers": visit.answered, "words": words}
    tickets.tell_step(ticket=row.ticket, type=visits.TAKEN_BACK, data=told, by=by, now=now)
    _leave(row, by, now)
    _set_aside(row, now)
    for name in visits.WORDS:
        setattr(row, name, "")
    row.begun_at = row.begun_by = row.seen_at = None
    row.answered = row.total = 0
    row.save(update_fields=["begun_at", "begun_by", "seen_at", "answered", "total", *visits.WORDS])
    return row


def has_given(visit: facts.Visit) -> bool:
    """Whether anything was answered, photographed or written."""
    row = visit.inspection
    return any(getattr(row, name) for name in visits.WORDS) or any(one.answer or one.photos for one in visit.asked)


def may_take_back(visit: facts.Visit, by: Actor) -> bool:
    """Whether it is theirs to take back, given a reason."""
    row = visit.inspection
    is_theirs = by.user is not None and row.begun_by_id == by.user.pk
    return may(by, visits.ACTION, TABLE) and (is_theirs or may(by, OTHERS, TABLE) or not has_given(visit))


def _check(visit: facts.Visit, why: str, by: Actor) -> None:
    if not may_take_back(visit, by):
        name = str(visit.inspection.begun_by or _("Somebody"))
        raise Forbidden(_("Answers were given. Only %(name)s or the desk takes this begin back.") % {"name": name})
    raised = [check.finding.ticket for check in visit.findings if check.finding and check.finding.ticket]
    alive = [ticket.reference for ticket in raised if ticket.state != "cancelled"]
    if alive:
        words = _("A ticket was raised on this visit: %(tickets)s. Have it cancelled first, then take the begin back.")
        raise Illegal(words % {"tickets": ", ".join(alive)})
    if has_given(visit) and not why:
        raise Invalid.field("reason", _("Say why: something was answered already."))
    if len(why) > LONGEST_REASON:
        raise Invalid.field("reason", _("This text is too long. Shorten it."))


def _leave(row: Inspection, by: Actor, now: datetime) -> None:
    """Takes back the arrival that the begin wrote; one that somebody recorded himself stays."""
    log = lifecycle.in_force(tickets.read_logs([row.ticket])[row.ticket_id])
    for event in log:
        if event.type == "arrived" and (event.occurred_at, event.user_id) == (row.begun_at, row.begun_by_id):
            tickets.retract(event=event, by=by, now=now)


def _set_aside(row: Inspection, now: datetime) -> None:
    sheets = list(row.sheets.all())
    Answer.objects.filter(sheet__in=sheets).delete()
    Finding.objects.filter(sheet__in=sheets).delete()
    kept = {
        *AnswerEntry.objects.filter(sheet__in=sheets).order_by().values_list("sheet", flat=True),
        *Photo.objects.filter(sheet__in=sheets).order_by().values_list("sheet", flat=True),
    }
    Sheet.objects.filter(pk__in=kept).update(set_aside_at=now)
    row.sheets.all().delete()
