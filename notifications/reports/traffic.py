"""How much was sent in the last hour, counted in PostgreSQL: no restart and no dead Redis opens the gate."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from notifications import patience
from notifications.models import Delivery
from notifications.patience import Limits


def limits_for(delivery: Delivery) -> Limits:
    """Loops are made of automatic mail to somebody outside: the tight limits. All else: the wide ones."""
    is_outside = delivery.user is None or not delivery.user.is_staff_member
    return Limits(**settings.NOTIFICATION_LIMITS["automatic" if delivery.is_automatic and is_outside else "ordinary"])


def held_until(delivery: Delivery, now: datetime) -> datetime | None:
    """When the next mail to this address may go out; None: now."""
    limits = limits_for(delivery)
    lately = Delivery.objects.filter(status=Delivery.Status.SENT, sent_at__gt=now - patience.WINDOW)
    to_address = lately.filter(address=delivery.user.email if delivery.user else delivery.address)
    checks = [(lately, limits.overall), (to_address, limits.address)]
    if delivery.ticket_id is not None:
        checks.append((to_address.filter(ticket=delivery.ticket_id), limits.ticket))
    waits = [wait for rows, limit in checks if (wait := _wait(rows, limit)) is not None]
    return max(waits, default=None)


def _wait(rows: QuerySet[Delivery], limit: int) -> datetime | None:
    """The `limit`-th latest mail has to leave the window first."""
    sent = rows.order_by("-sent_at").values_list("sent_at", flat=True)[limit - 1 : limit].first() if limit else None
    return None if sent is None else patience.free_at(sent)
