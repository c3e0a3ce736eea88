"""Visits as an iCalendar (RFC 5545), in the language of who reads it. What the reader sees decides `visible_to`.

Times are UTC: no calendar program has to know our zones. A change is taken by the growing SEQUENCE. The library is read
in by the first calendar: 6 MiB that a process without one never needs.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from inspections import manners, services
from inspections.models import Appointment, CalendarFeed
from servicedesk.visits import words

if TYPE_CHECKING:
    from icalendar import Event

KEPT = timedelta(days=90)
MOST = 2000
NAMESPACE = uuid.UUID("0a9c5d0e-7d3c-4f55-a0f4-5b6b4a3f2f11")
ASK_AGAIN = "PT1H"


def rows(feed: CalendarFeed, now: datetime) -> Iterable[Appointment]:
    """What is to come, and of late as much as there is room for: a customer's own sites, an engineer's own visits
    unless he wants all.
    """
    found = Appointment.objects.visible_to(feed.user).filter(planned_at__gte=now - KEPT)
    if feed.user.is_staff_member and not feed.shows_all:
        found = found.filter(ticket__assignee=feed.user)
    shown = found.with_what_a_calendar_shows()
    ahead = list(shown.filter(planned_at__gte=now).order_by("planned_at", "pk")[:MOST])
    past = shown.filter(planned_at__lt=now).order_by("-planned_at", "-pk")[: MOST - len(ahead)]
    return [*reversed(past), *ahead]


def body(feed: CalendarFeed, now: datetime) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415  see above

    with translation.override(feed.user.language):
        calendar = Calendar()
        name = _("Visits")
        for key, value in (
            ("prodid", "-//Service Desk//Visits//EN"), ("version", "2.0"), ("calscale", "GREGORIAN"),
            ("name", name), ("x-wr-calname", name), ("x-published-ttl", ASK_AGAIN),
        ):  # fmt: skip
            calendar.add(key, value)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
        for row in rows(feed, now):
            calendar.add_component(_event(row, feed.user))
        return bytes(calendar.to_ical())


def address_of(feed: CalendarFeed) -> str:
    return str(settings.BASE_URL).rstrip("/") + reverse("visit_feed", args=[services.token_of(feed)])


def _event(row: Appointment, reader: User) -> "Event":
    from icalendar import Event  # noqa: PLC0415  see above

    ticket, event = row.ticket, Event()
    event.add("uid", f"{uuid.uuid5(NAMESPACE, str(ticket.pk))}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("sequence", row.sequence)
    event.add("dtstart", row.planned_at)
    event.add("dtend", row.ends_at)
    event.add("summary", _summary(row, reader))
    event.add("status", _status(row))
    manner = manner_of(row)
    if ticket.site is not None and manner not in manners.AFAR:
        place = [ticket.site.name, *ticket.site.address.splitlines()]
        event.add("location", ", ".join(filter(None, (part.strip() for part in place))))
    address = f"/portal/{ticket.reference}/" if not reader.is_staff_member else ticket.get_absolute_url()
    link = f"{settings.BASE_URL.rstrip('/')}{address}"
    event.add("url", link)
    engineer = [ticket.assignee.name] if ticket.assignee is not None else []
    afar = [str(manners.AFAR[manner]["where"])] if manner in manners.AFAR and not reader.is_staff_member else []
    event.add("description", "\n".join([ticket.reference, words.state(row)[0], *afar, *engineer, link]))
    return event


def _summary(row: Appointment, reader: User) -> str:
    """The desk has many customers; a customer knows who he is."""
    ticket = row.ticket
    whose = ticket.organisation.name if ticket.organisation is not None and reader.is_staff_member else ""
    said = ": ".join(filter(None, [whose, ticket.title]))
    manner = manner_of(row)
    return str(manners.AFAR[manner]["summary"]) % {"title": said} if manner in manners.AFAR else said


def manner_of(row: Appointment) -> str:
    """Expects the ticket with its inspection and plan."""
    inspection = getattr(row.ticket, "inspection", None)
    return inspection.plan.manner if inspection and inspection.plan else manners.ON_SITE


def _status(row: Appointment) -> str:
    if row.outcome == Appointment.Outcome.CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if row.is_settled or row.is_over else "TENTATIVE"
