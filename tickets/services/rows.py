"""Taking a ticket in hand: lock, visibility, version. Every writing service starts here."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import may
from common.errors import Invalid, NotVisible, Stale
from tickets.models import Ticket
from tickets.policies import TABLE

OLDEST_FACT = timedelta(days=30)


def lock(pk: int, *, by: Actor, expected_version: int | None = None) -> Ticket:
    """The ticket's row, locked until the transaction ends. Raises NotVisible, and Stale when the version moved on."""
    tickets = Ticket.objects.select_for_update(of=("self",))
    if by.user is not None:
        tickets = tickets.visible_to(by.user)
    elif not by.is_system:
        tickets = tickets.filter(pk=by.reach or 0)  # a guest's link opens one ticket, no link none
    ticket = tickets.filter(pk=pk).first()
    if ticket is None:
        raise NotVisible(_("There is no such ticket."))
    if expected_version is not None and ticket.version != expected_version:
        raise Stale(_("Somebody changed this ticket while you had it open."), {"version": ticket.version})
    return ticket


def check_instant(ticket: Ticket, at: datetime, *, by: Actor, now: datetime) -> None:
    """Facts may be late, not early: not in the future, not before the report, at most 30 days back, staff only."""
    if at > now:
        raise Invalid.field("at", _("This time is in the future."))
    if at < ticket.received_at:
        raise Invalid.field("at", _("This time is before the report."))
    if now - at > OLDEST_FACT:
        raise Invalid.field("at", _("This time is more than 30 days back."))
    if at != now and not may(by, "ticket.backdate", TABLE):
        raise Invalid.field("at", _("Only staff can record a fact with an earlier time."))
