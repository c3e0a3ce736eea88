"""What stands behind the bell. Reads only; a customer's lines name what happened, never who of us did it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from notifications.models import Notice
from notifications.querysets import NoticeQuerySet
from notifications.reports import manner
from notifications.wording import REPLY_STOPPED
from sla import policy_text
from sla.words import target_label
from tickets.models import Ticket

MANY = 100


@dataclass(frozen=True)
class Line:
    pk: int
    words: str
    reference: str
    title: str
    language: str
    at: datetime
    is_read: bool


def notices(user: User) -> NoticeQuerySet[Notice]:
    return Notice.objects.visible_to(user).unread_first().select_related("ticket", "event")


def unread(user: User) -> int:
    """Counted up to a hundred: behind it nobody reads the figure."""
    return Notice.objects.filter(user=user).unread()[:MANY].count()


def stopped(user: User, since: datetime) -> NoticeQuerySet[Notice]:
    """Replies of his that did not leave, which he has not looked at."""
    return notices(user).unread().filter(kind=REPLY_STOPPED, created_at__gte=since)


def lines(rows: Sequence[Notice], user: User) -> list[Line]:
    how = manner.of_all((notice.kind, notice.event.type, notice.ticket) for notice in rows)
    return [
        Line(
            pk=notice.pk,
            words=_words(notice, how.get(notice.ticket_id, "")),
            reference=notice.ticket.reference,
            title=notice.ticket.title,
            language=notice.ticket.language,
            at=notice.created_at,
            is_read=notice.read_at is not None,
        )
        for notice in rows
    ]


def _words(notice: Notice, how: str) -> str:
    words, target = manner.line(notice.kind, notice.event.type, how), notice.event.data.get("target")
    if target and notice.kind in ("clock_warned", "clock_missed", "level_raised"):
        return policy_text.named(words, target_label(target, notice.ticket.scheme_code))
    return words


def address(ticket: Ticket, user: User) -> str:
    return ticket.get_absolute_url() if user.is_staff_member else f"/portal/{ticket.reference}/"
