"""A mail's words, computed at the moment of sending from what is true then. Writes and sends nothing.

A customer's mail is given what a customer may read and nothing else: the texts cannot show what they do not have.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from common.instants import instant_or_none
from inspections import manners
from jobs.words import moved_days
from notifications.models import Delivery
from notifications.reports import analyses, manner, passwords
from notifications.reports.manner import ASKING_FOR_A_DAY
from notifications.wording import heading, headline
from sla import facts
from sla import reports as sla
from sla.reports import ClockView
from sla.words import target_label
from tickets import follow, promises
from tickets.models import Reply, Ticket, TicketEvent
from tickets.services import appointment_of

GAP = re.compile(r"\n[ \t]*\n\s*\n")
LISTED = 50
ASKING = frozenset({"restored", "resolved"})  # the mails that ask whether it works
SUBJECT_LENGTH = 180


@dataclass(frozen=True)
class Letter:
    """`objection`: why it should not be sent any more."""

    subject: str = ""
    body: str = ""
    objection: str = ""


def compose(delivery: Delivery, now: datetime) -> Letter:
    reason = objection(delivery) or analyses.objection(delivery) or passwords.objection(delivery, now)
    if reason:
        return Letter(objection=reason)
    with _tongue_and_zone(delivery):
        context = _context(delivery, now)
        if delivery.kind == "clock_warned" and context.get("is_stopped"):
            return Letter(objection="In time meanwhile.")
        subject = one_line(render_to_string(f"mail/{delivery.kind}.subject.txt", context))
        body = GAP.sub("\n\n", render_to_string(f"mail/{delivery.kind}.txt", context).strip()) + "\n"
    return Letter(subject=subject[:SUBJECT_LENGTH], body=body)


def address(delivery: Delivery) -> str:
    return delivery.user.email if delivery.user is not None else delivery.address


def objection(delivery: Delivery) -> str:
    """Rights are asked at the moment of sending: who may no longer see the ticket is not written to about it."""
    user, ticket = delivery.user, delivery.ticket
    if user is not None and not user.is_active:
        return "The account is closed."
    if user is not None and ticket is not None and not Ticket.objects.visible_to(user).filter(pk=ticket.pk).exists():
        return "The person cannot see the ticket any more."
    return ""


def message(delivery: Delivery, letter: Letter) -> EmailMessage:
    """Marked as written by a program (RFC 3834), so that nobody's absence note answers it; threaded by ticket."""
    headers = {
        "Message-ID": delivery.message_id,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "bulk",
    }
    if delivery.ticket is not None:
        thread = f"<{delivery.ticket.reference}@{delivery.message_id.rstrip('>').rsplit('@', 1)[1]}>"
        headers |= {"References": thread, "In-Reply-To": thread}
    return EmailMessage(letter.subject, letter.body, to=[one_line(address(delivery))], headers=headers)


def one_line(text: str) -> str:
    """No line break and no other control character gets into a header, whatever a title contains."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


@contextmanager
def _tongue_and_zone(delivery: Delivery) -> Iterator[None]:
    """The reader's language and time; without a zone of his own that of the site, or of the place we count for."""
    user, site = delivery.user, delivery.ticket.site if delivery.ticket else None
    name = (user.zone if user else "") or (site.zone if site else facts.DEFAULT_ZONE)
    try:
        zone = ZoneInfo(name) if name else UTC
    except (KeyError, ValueError, OSError):
        zone = UTC
    with translation.override(user.language if user else delivery.language), timezone.override(zone):
        yield


def _context(delivery: Delivery, now: datetime) -> dict[str, Any]:
    if delivery.kind in passwords.KINDS:
        return passwords.context(delivery)
    if delivery.analysis is not None:
        return {"now": now, **analyses.context(delivery)}
    if delivery.ticket is None or delivery.event is None:
        return {"now": now, **_summary(delivery)}
    ticket, event, is_staff = delivery.ticket, delivery.event, _is_staff(delivery)
    context: dict[str, Any] = {
        "now": now,
        "reference": ticket.reference,
        "title": one_line(ticket.title),
        "link": link(delivery, ticket),
        "is_staff": is_staff,
        "sentence": heading(delivery.kind, event.type),
        "headline": headline(delivery.kind, event.type),
        "happened_at": event.occurred_at,
        "level": _level(ticket, event.data.get("level") or ticket.level),
        "note": event.data.get("note", "") if is_staff else "",
        "message": _message(event),
        "planned_at": instant_or_none(event.data.get("planned_at")),
        "moved_from": instant_or_none(event.data.get("moved_from")),
        "days": [at for day in event.data.get("days") or () if (at := instant_or_none(day))],
        "words": str(event.data.get("words") or ""),
        "is_asked": delivery.kind in ASKING_FOR_A_DAY and appointment_of(ticket).can_be_answered(now),
        "work_days": moved_days(event.data) if event.type == "work_moved" else (),
        "visit_at": instant_or_none(event.data.get("visit_at")),
        "proposed_at": instant_or_none(event.data.get("proposed_at")),
        "goes_on": event.data.get("duplicate_of", "") if event.type == "cancelled" else "",
    }
    context |= by_manner(delivery.kind, event.type, ticket)
    if delivery.kind in ASKING and not is_staff:
        context |= {"answers": _answers(delivery, ticket)}
    if is_staff:
        context |= {"customer": str(ticket.organisation or ticket.organisation_text or ticket.contact_name)}
        context |= {"site": str(ticket.site or ""), "owner": str(ticket.assignee or "")}
    if event.type in ("clock_warned", "clock_missed", "level_raised", "received", "closed"):
        context |= _times(ticket, event, now)
    return context


def by_manner(kind: str, event_type: str, ticket: Ticket) -> dict[str, str]:
    """What is said otherwise of an inspection by phone or remotely, at which nobody comes."""
    if not manner.is_by_manner(kind, event_type):
        return {}
    how = manners.of(ticket)
    if how not in manners.AFAR:
        return {}
    sentence = manner.sentence(event_type, how)
    said = {"sentence": sentence, "headline": sentence.rstrip(".。")} if sentence else {}
    return {**said, "afar_where": str(manners.AFAR[how]["where"]), "afar_news": manner.news(kind, how)}


def _is_staff(delivery: Delivery) -> bool:
    return delivery.user is not None and delivery.user.is_staff_member


def link(delivery: Delivery, ticket: Ticket) -> str:
    """Staff to the desk, customers to the portal, guests by a signed link that opens this ticket only."""
    if delivery.user is None:
        path = reverse("portal_follow", args=[follow.token(ticket.pk)])
    elif delivery.user.is_staff_member:
        path = ticket.get_absolute_url()
    else:
        path = f"/portal/{ticket.reference}/"
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def _answers(delivery: Delivery, ticket: Ticket) -> dict[str, str]:
    """Yes and no as links: each opens the page with its answer chosen; a program that follows them answers nothing."""
    token = follow.survey_token(ticket.pk, delivery.user.pk if delivery.user else 0)
    site = settings.BASE_URL.rstrip("/")
    return {answer: site + reverse("portal_answer", args=[token, answer]) for answer in ("yes", "no")}


def _message(event: TicketEvent) -> str:
    """Public messages only: notes are another table, which is not read here. What was said with an event stands in the
    log right after it.
    """
    if event.type == "replied":
        said = Reply.objects.filter(event=event)
    elif event.data.get("has_message"):
        said = Reply.objects.filter(event__ticket=event.ticket_id, event__seq=event.seq + 1)
    else:
        return ""
    return said.values_list("body", flat=True).first() or ""


def _level(ticket: Ticket, code: str) -> Mapping[str, str]:
    try:
        names = promises.find(ticket.scheme_code, ticket.scheme_version).level_names
    except promises.UnknownPromise:
        names = {}
    return {"code": code, "name": names.get(code, "")}


def _times(ticket: Ticket, event: TicketEvent, now: datetime) -> dict[str, Any]:
    """The clock the event is about as it stands now, or all that run; from the log, never from what was true then."""
    clocks = sla.standing(ticket, now).clocks
    target, run = event.data.get("target"), event.data.get("run")
    found = next((clock for clock in clocks if (clock.target, clock.run) == (target, run)), None)
    return {
        "promises": [clock for clock in clocks if clock.is_open and clock.due_at],
        "target": _target(ticket, event),
        "due_at": found.due_at if found and found.due_at else instant_or_none(event.data.get("due_at")),
        "is_stopped": found is not None and not found.is_open,
        "percent": _percent(found) if found else None,
        "remaining": found.remaining_seconds if found else None,
        "over": found.over_seconds if found else None,
    }


def _target(ticket: Ticket, event: TicketEvent) -> str:
    target = event.data.get("target")
    return target_label(target, ticket.scheme_code) if target else ""


def _percent(clock: ClockView) -> int | None:
    duration = clock.elapsed_seconds - clock.over_seconds + clock.remaining_seconds
    return min(100, clock.elapsed_seconds * 100 // duration) if duration > 0 else None


def _summary(delivery: Delivery) -> dict[str, Any]:
    """What a digest lists; tickets the person can no longer see are left out."""
    parts = delivery.parts.select_related("ticket", "event").order_by("pk")
    if delivery.user is not None:
        parts = parts.filter(ticket__in=Ticket.objects.visible_to(delivery.user).values("pk"))
    told = [
        (part.ticket, part.event, part.kind)
        for part in parts[:LISTED]
        if part.ticket is not None and part.event is not None
    ]
    how = manner.of_all((kind, event.type, ticket) for ticket, event, kind in told)
    rows = [
        {
            "reference": ticket.reference,
            "title": one_line(ticket.title),
            "what": manner.line(kind, event.type, how.get(ticket.pk, "")),
            "target": _target(ticket, event),
            "due_at": instant_or_none(event.data.get("due_at")),
            "link": link(delivery, ticket),
        }
        for ticket, event, kind in told
    ]
    count = parts.count()
    first = parts.first()
    return {
        "rows": rows,
        "count": count,
        "more": count - len(rows),
        "what": heading(first.kind).rstrip("?？") if first else "",
        "is_staff": _is_staff(delivery),
    }
