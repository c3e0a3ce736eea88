"""Notices that have been read."""

from datetime import datetime

from accounts.models import User
from notifications.models import Notice


def mark_read(*, pk: int, user: User, now: datetime) -> Notice | None:
    """His own only; None when there is no such notice for him. Reading twice keeps the first instant."""
    notice = Notice.objects.visible_to(user).select_related("ticket").filter(pk=pk).first()
    if notice is not None and notice.read_at is None:
        notice.read_at = now
        notice.save(update_fields=["read_at"])
    return notice


def mark_all_read(*, user: User, upto: int, now: datetime) -> int:
    """Those the person has seen listed: one that came in the meantime stays unread."""
    return Notice.objects.filter(user=user, pk__lte=upto).unread().update(read_at=now)
