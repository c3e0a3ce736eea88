"""Which deliveries wait for whom, and which notices a person may still read."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from tickets.models import Ticket

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class DeliveryQuerySet(models.QuerySet[M]):
    def pending(self) -> Self:
        return self.filter(status="pending")

    def failed(self) -> Self:
        return self.filter(status="failed")

    def due(self, now: datetime) -> Self:
        """Pending, not in a lease and not before its next attempt."""
        return self.pending().filter(next_attempt_at__lte=now)

    def to_hand_over(self, now: datetime, handed_before: datetime) -> Self:
        """Due, and not in a worker's hands (or too long ago for that to be believed)."""
        return self.due(now).filter(Q(handed_over_at__isnull=True) | Q(handed_over_at__lte=handed_before))


class NoticeQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """His own, about tickets he can still see."""
        own = self.filter(user=user)
        if user.is_active and user.is_staff_member:
            return own
        return own.filter(ticket__in=Ticket.objects.visible_to(user).values("pk"))

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def unread_first(self) -> Self:
        return self.order_by(F("read_at").desc(nulls_first=True), "-pk")
