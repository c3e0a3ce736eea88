"""The relay: takes due rows out of the outbox for workers, and makes many of one kind for one person into one.

Any number may run at once. A row that was handed over and not taken comes back by itself.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from notifications.models import Delivery
from notifications.patience import HAND_OVER

BATCH = 500


@transaction.atomic
def hand_over(*, now: datetime, limit: int = BATCH) -> list[int]:
    """Which deliveries to hand to a worker now, the oldest first."""
    _gather(now)
    waiting = Delivery.objects.to_hand_over(now, now - HAND_OVER).order_by("next_attempt_at", "pk")
    pks = list(waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)[:limit])
    if pks:
        Delivery.objects.filter(pk__in=pks).update(handed_over_at=now)
    return pks


def take_back(*, pks: Sequence[int]) -> None:
    """What could not be handed over after all is free for the next relay at once."""
    Delivery.objects.filter(pk__in=pks).pending().update(handed_over_at=None)


def _gather(now: datetime) -> None:
    due = Delivery.objects.due(now).filter(is_digestible=True)
    groups = due.order_by().values("user", "address", "kind").annotate(mails=Count("pk"))
    for group in groups.filter(mails__gte=settings.NOTIFICATION_DIGEST_FROM):
        _summarise({"user": group["user"], "address": group["address"], "kind": group["kind"]}, now)


def _summarise(group: dict[str, Any], now: datetime) -> None:
    due = Delivery.objects.due(now).filter(is_digestible=True, **group).order_by("pk")
    parts = list(due.select_for_update(skip_locked=True))
    if len(parts) < settings.NOTIFICATION_DIGEST_FROM:  # another relay was quicker
        return
    pks = [part.pk for part in parts]
    summary = Delivery.objects.create(
        user=parts[0].user,
        address=parts[0].address,
        language=parts[0].language,
        kind="digest",
        is_automatic=all(part.is_automatic for part in parts),
        key="digest:" + hashlib.sha256(repr(pks).encode()).hexdigest(),
        next_attempt_at=now,
        created_at=now,
    )
    Delivery.objects.filter(pk__in=pks).update(status=Delivery.Status.DIGESTED, digest=summary)
