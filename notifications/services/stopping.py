"""A reply that waited and did not leave: its author hears of it behind the bell, wherever he is by now."""

from datetime import datetime

from notifications.models import Notice
from notifications.wording import REPLY_STOPPED
from tickets.models import Draft


def tell_stopped(*, draft: Draft, now: datetime) -> None:
    """Beside the latest entry of the ticket: what stopped it. If that rang already, this is what matters of it."""
    event = draft.ticket.events.order_by("seq").last()
    values = {"ticket": draft.ticket, "kind": REPLY_STOPPED, "created_at": now, "read_at": None}
    Notice.objects.update_or_create(user=draft.person, event=event, defaults=values)
