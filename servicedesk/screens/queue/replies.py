"""One reply to many tickets: each waits like a single one, and all of a press can be had back together.

Must not send anything itself: the service lets each leave, or gives it back as a draft of its ticket.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from common.errors import Refusal
from common.whole_numbers import COUNT_DIGITS, whole_number
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.queue import bulk_words
from servicedesk.screens.writing import undo
from tickets import services
from tickets.models import Ticket, WaitingReply


@dataclass
class Replies:
    """What one press writes. The token of each follows from the press, so that nothing more need be kept about it.

    `seen`: how far the log of each ticket went when its row was drawn ("seen-20418": "12").
    """

    body: str
    seen: Mapping[str, str]
    press: uuid.UUID = field(default_factory=uuid.uuid4)
    waiting: int = 0

    def __call__(self, ticket: Ticket, by: Actor, now: datetime) -> None:
        sent = services.send(
            ticket=ticket, body=self.body, by=by, now=now, wait=timedelta(seconds=settings.SEND_WAIT_SECONDS),
            token=_token(self.press, ticket.pk), back=None, seen_seq=self._seen(ticket),
        )  # fmt: skip
        self.waiting += isinstance(sent, WaitingReply)

    def _seen(self, ticket: Ticket) -> int:
        drawn = whole_number(self.seen.get(f"seen-{ticket.number}", ""), digits=COUNT_DIGITS)
        return ticket.last_seq if drawn is None else min(drawn, ticket.last_seq)

    @property
    def undo_address(self) -> str:
        return reverse("queue_bulk_undo", args=[self.press]) if self.waiting else ""

    @property
    def said(self) -> str:
        """Those that could not wait, because a clock ends first, have left."""
        count, seconds = self.waiting, settings.SEND_WAIT_SECONDS
        words = ngettext(
            "%(n)d reply leaves in %(seconds)d seconds", "%(n)d replies leave in %(seconds)d seconds", count
        )
        return words % {"n": count, "seconds": seconds} if count else ""


def _token(press: uuid.UUID, ticket: int) -> uuid.UUID:
    return uuid.uuid5(press, str(ticket))


@staff_page
@require_POST
def take_back(request: StaffRequest, action: uuid.UUID) -> HttpResponse:
    """Undo: what has not left is a draft again, ticket by ticket; the rest is told by number."""
    rows = WaitingReply.objects.filter(author=request.user).select_related("ticket").order_by("ticket_id")
    actor, now, back, refused = Actor(user=request.user), timezone.now(), 0, []
    for row in [row for row in rows if row.token == _token(action, row.ticket_id)]:
        try:
            services.call_back(token=row.token, by=actor, now=now)
            back += 1
        except Refusal as refusal:
            refused.append((row.ticket.reference, refusal.detail))
    if back:
        words = ngettext("Not sent. %(n)d reply is a draft again", "Not sent. %(n)d replies are drafts again", back)
        messages.success(request, words % {"n": back})
    elif not refused:
        messages.warning(request, _("The replies have left already."))
    if refused:
        messages.warning(request, bulk_words.refusals(refused))
    return redirect(undo.came_from(request) if request.META.get("HTTP_REFERER") else "/tickets/")
