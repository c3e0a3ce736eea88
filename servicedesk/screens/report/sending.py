"""From the answers to a ticket: text first, files after it. Called once or ten times with one draft: one ticket."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.actors import GUEST, Actor
from accounts.models import User
from common import languages, limits
from common.errors import Illegal, Unavailable
from notifications.models import Delivery
from servicedesk.context import BCP47
from servicedesk.screens.report.drafts import Draft
from servicedesk.screens.report.places import Where
from sla import policy_text
from tickets import follow, services
from tickets.kinds import Channel
from tickets.models import Ticket, TicketEvent

TITLE_LENGTH = 90


@dataclass(frozen=True)
class Sent:
    """`warning`: what did not work beside the report itself. `wait`: seconds, when it was refused for its number."""

    ticket: Ticket | None
    warning: str = ""
    wait: int = 0


@dataclass(frozen=True)
class Mailed:
    """`sent_at` None: it lies in the outbox."""

    address: str
    sent_at: datetime | None


def find(draft: Draft) -> Ticket | None:
    """The ticket that this draft became, if it was sent."""
    return Ticket.objects.select_related("site", "equipment__product").filter(form_token=draft.token).first()


def is_over(draft: Draft) -> bool:
    """It was sent, or added to an open fault: the next report is another one."""
    return bool(draft.added_to) or (draft.row is not None and find(draft) is not None)


def phone_of(user: User) -> str:
    """The account's, or the one he gave with his last report: nobody is asked twice."""
    if user.phone:
        return user.phone
    given = Ticket.objects.filter(reporter=user).exclude(contact_phone="").order_by("-received_at")
    return given.values_list("contact_phone", flat=True).first() or ""


def send(*, draft: Draft, where: Where, user: User | None, client: str, now: datetime) -> Sent:
    """A guest's reports are counted by address; a second press of the same form is not refused once it is sent."""
    if user is None and find(draft) is None:
        wait = limits.seconds_to_wait("report", client, settings.RATE_LIMITS["anonymous_form"], now)
        if wait and find(draft) is None:
            return Sent(None, wait=wait)
    by = Actor(user=user) if user else GUEST
    ticket = services.report(intake=_intake(draft, where, user), by=by, at=now, now=now)
    return Sent(ticket, keep_files(ticket, draft, _holder(ticket, user), now))


def confirmation(ticket: Ticket) -> Mailed | None:
    """The mail to whoever reported: where it goes, and since when it is gone. None: nobody is written to."""
    to_reporter = Q(user__isnull=False, user=ticket.reporter_id) | Q(user=None, address__iexact=ticket.contact_email)
    found = Delivery.objects.filter(to_reporter, ticket=ticket, kind="received").select_related("user").first()
    if found is None or found.status in (Delivery.Status.FAILED, Delivery.Status.DROPPED):
        return None
    return Mailed(found.user.email if found.user else found.address, found.sent_at)


def keep_files(ticket: Ticket, draft: Draft, by: Actor, now: datetime, event: TicketEvent | None = None) -> str:
    """What is whole in the store goes with the ticket; what is not is named, and never costs the report."""
    good, bad = services.whole(draft.files)
    try:
        services.keep(ticket=ticket, files=good, by=by, now=now, event=event)
    except (Illegal, Unavailable):
        bad = draft.files
    if not bad:
        return ""
    names = policy_text.listed([file.name for file in bad])
    return _("Your report is with us, but these files are missing: %(names)s.") % {"names": names}


def _holder(ticket: Ticket, user: User | None) -> Actor:
    is_visible = user is not None and Ticket.objects.visible_to(user).filter(pk=ticket.pk).exists()
    return Actor(user=user) if is_visible else follow.guest(ticket.pk)


def _intake(draft: Draft, where: Where, user: User | None) -> services.Intake:
    otherwise = BCP47.get(get_language() or "en", "")
    return services.Intake(
        title=title_of(draft.description),
        description=_description(draft),
        language=languages.detect(draft.description, otherwise=otherwise),
        organisation=where.organisation,
        site=where.site,
        equipment=where.unit,
        level=draft.level,
        channel=Channel.PORTAL if user else Channel.WEB,
        reporter=user,
        contact=services.Contact(
            name=draft.name,
            email=draft.email or (user.email if user else ""),
            phone=draft.phone,
            organisation=draft.organisation,
            language=get_language() or "",
        ),
        access_notes=draft.access,
        form_token=_token(draft),
    )


def _token(draft: Draft) -> UUID:
    return UUID(draft.token)


def title_of(description: str) -> str:
    """The first sentence or line, cut at a word."""
    first = re.split(r"(?<=[.!?。！？])\s|(?<=[。！？])|\n", description.strip(), maxsplit=1)[0].strip()
    if len(first) <= TITLE_LENGTH:
        return first.rstrip(".。") or first
    cut = first[:TITLE_LENGTH]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(",;:，、 ") + "…"


def _description(draft: Draft) -> str:
    """What has no field of its own stands below the text, under its name."""
    extras = ((_("Equipment"), draft.thing), (_("Place"), draft.place))
    lines = [policy_text.named(label, value.strip()) for label, value in extras if value.strip()]
    return "\n\n".join(part for part in (draft.description.strip(), "\n".join(lines)) if part)
