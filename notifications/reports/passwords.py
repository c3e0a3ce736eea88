"""What mails about passwords say. The link is made while the mail is written: no row, queue or backup ever holds it."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from accounts import services as accounts
from accounts.models import User
from notifications.models import Delivery

KINDS = frozenset({"password_reset", "unknown_account", "invitation", "mail_test"})


def objection(delivery: Delivery, now: datetime) -> str:
    """Nobody expects it any more after the time for which a link is good."""
    is_late = now - delivery.created_at > timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return "It was asked for too long ago." if is_late and delivery.kind in KINDS else ""


def context(delivery: Delivery) -> dict[str, Any]:
    if delivery.kind == "mail_test":
        return {"now": delivery.created_at, "desk": settings.BASE_URL}
    if delivery.user is None:
        return {"email": delivery.address}
    return {"password_reset_url": _link(delivery.user), "days": settings.PASSWORD_RESET_TIMEOUT // (24 * 3600)}


def _link(user: User) -> str:
    """To the desk's own address: the one in the request may be somebody else's idea."""
    return f"{settings.BASE_URL.rstrip('/')}{accounts.password_path(user)}"
