"""The day of a visit: booked, moved, agreed to, proposed otherwise. Each is one event of the log.

Who agrees or takes an offer does so of the one he had before his eyes: its number in the log comes with the press.
Nothing here knows a calendar; warnings are for who asks, and stop nobody.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid, Stale
from tickets import appointments, lifecycle
from tickets.models import Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import conversation, happenings, log, rows

LONGEST_VISIT = 7 * 24 * 60
MOST_DAYS = 3
LONGEST_WORDS = 1000
FURTHEST = timedelta(days=731)


def appointment_of(ticket: Ticket) -> appointments.Terms:
    return appointments.of(lifecycle.in_force(log.read([ticket])[ticket.pk]))


@transaction.atomic
def move_visit(
    *,
    ticket: Ticket,
    planned_at: datetime,
    by: Actor,
    now: datetime,
    minutes: int | None = None,
    message: str = "",
    note: str = "",
    takes: int = 0,
    expected_version: int | None = None,
) -> TicketEvent:
    """Books the visit, or books it anew for another time; `message` is what the customer reads about it.

    `takes`: the customer's offer of which this is one of the days. Raises Invalid, Illegal, Stale for another offer.
    """
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    require(by, "ticket.work", TABLE)
    _check(planned_at, minutes, now)
    before = appointment_of(row)
    if takes and (before.offer is None or before.offer.seq != takes or planned_at not in before.offer.days):
        raise Stale(_("The customer has proposed other dates meanwhile. Look at them first."), {"seq": before.seq})
    length = minutes or before.minutes
    if before.is_ahead and (before.planned_at, before.minutes) == (planned_at, length) and not takes:
        raise Invalid.field("planned_at", _("The visit is planned for this time already."))
    fields = {
        "planned_at": planned_at,
        "minutes": length,
        "moved_from": before.planned_at if before.is_ahead and before.planned_at != planned_at else None,
        "takes": takes or None,
    }
    return happenings.record(
        ticket=row, type=appointments.BOOKED, by=by, at=now, now=now, message=message, note=note, fields=fields
    )


def _check(planned_at: datetime, minutes: int | None, now: datetime) -> None:
    if planned_at <= now:
        raise Invalid.field("planned_at", _("This time has passed."))
    if planned_at > now + FURTHEST:
        raise Invalid.field("planned_at", _("Enter a time within the next two years."))
    if minutes is not None and not 1 <= minutes <= LONGEST_VISIT:
        raise Invalid.field("minutes", _("Enter a number from 1 to %(most)d.") % {"most": LONGEST_VISIT})


@transaction.atomic
def agree_to_visit(*, ticket: Ticket, booking: int, by: Actor, now: datetime) -> TicketEvent | None:
    """The customer's yes to that booking; None to who presses twice. Raises Stale where it was moved meanwhile."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.consent", TABLE)
    terms = appointment_of(row)
    _check_booking(terms, booking, now)
    if terms.is_agreed:
        return None
    return happenings.record(ticket=row, type="visit_agreed", by=by, at=now, now=now)


@transaction.atomic
def propose_days(
    *, ticket: Ticket, booking: int, days: Sequence[datetime], words: str, by: Actor, now: datetime
) -> TicketEvent:
    """Other days that suit the customer, up to three. Raises Invalid, Illegal, Stale."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.consent", TABLE)
    history = log.read([row])[row.pk]
    _check_booking(appointments.of(lifecycle.in_force(history)), booking, now)
    found = sorted(set(days))
    if not found or len(found) > MOST_DAYS:
        raise Invalid.field("days", _("Enter one to three dates."))
    if any(not now < day <= now + FURTHEST for day in found):
        raise Invalid.field("days", _("Enter times from now on, within the next two years."))
    if len(words) > LONGEST_WORDS:
        raise Invalid.field("words", _("Shorten the text to %(most)d characters.") % {"most": LONGEST_WORDS})
    status = log.status(row, history)
    reason = lifecycle.refusal(status, "visit_days_proposed")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    data = {"days": [day.isoformat() for day in found], "words": words.strip(), "booking": booking}
    entries = [log.Entry("visit_days_proposed", now, data)]
    if by.is_of_customer:
        entries += conversation.end_of_wait(status, now)
    return log.append(ticket=row, entries=entries, log=history, by=by, now=now)[0]


def _check_booking(terms: appointments.Terms, booking: int, now: datetime) -> None:
    if not terms.is_ahead or terms.planned_at is None:
        raise Illegal(_("No visit is planned any more."))
    if terms.seq != booking:
        raise Stale(_("We have changed the date meanwhile. Read the new one first."), {"seq": terms.seq})
    if terms.planned_at <= now:
        raise Illegal(_("The time of this visit has passed. Write to us which time suits you."))
