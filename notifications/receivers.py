"""What happens to a ticket is told to people: rows in the same transaction, mail and live streams afterwards."""

import logging
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.dispatch import receiver

from accounts.actors import Actor
from customers.models import Site
from customers.signals import access_notes_changed
from inspections.models import Analysis
from inspections.signals import analysis_commented, analysis_sent
from notifications import services
from tickets.models import Draft, Ticket, TicketEvent
from tickets.signals import event_recorded, reply_stopped, times_moved

log = logging.getLogger(__name__)


@receiver(event_recorded)
def announce_events(
    sender: type[TicketEvent],
    events: list[TicketEvent],
    logs: dict[int, list[TicketEvent]],
    now: datetime,
    **kwargs: Any,
) -> None:
    if services.is_silent():
        return
    services.push_events(events=events, logs=logs)
    try:
        services.withdraw(events=events)
        services.announce(events=events, now=now)
    except DatabaseError:
        raise
    except Exception:  # nobody hears of it, which is bad; a fault refused, or a sweep stopped, would be worse
        log.exception("Events %s were not announced", [event.pk for event in events])


@receiver(times_moved)
def push_times(sender: type[Ticket], tickets: list[Ticket], **kwargs: Any) -> None:
    """Nobody wrote anything, so that there is nothing to mail; open pages show other times."""
    if not services.is_silent():
        services.push_tickets(numbers=[ticket.number for ticket in tickets])


@receiver(access_notes_changed)
def push_access(sender: type[Site], site: Site, **kwargs: Any) -> None:
    """Every open ticket there shows how people get in, to its customer too."""
    if not services.is_silent():
        services.push_site(site=site)


@receiver(reply_stopped)
def tell_author(sender: type[Draft], draft: Draft, now: datetime, **kwargs: Any) -> None:
    """He pressed "Send" and may be anywhere by now."""
    if services.is_silent():
        return
    services.tell_stopped(draft=draft, now=now)
    services.push_to_desk(number=draft.ticket.number)


@receiver(analysis_sent)
def announce_analysis(sender: type[Analysis], analysis: Analysis, address: str, now: datetime, **kwargs: Any) -> None:
    """It hangs on no ticket, so that no event tells of it."""
    if not services.is_silent():
        services.announce_analysis(analysis=analysis, address=address, now=now)


@receiver(analysis_commented)
def tell_comment(sender: type[Analysis], analysis: Analysis, by: Actor, now: datetime, **kwargs: Any) -> None:
    if not services.is_silent():
        services.tell_comment(analysis=analysis, now=now)
