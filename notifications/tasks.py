"""Celery's way into the outbox: ids in, nothing else. The rows say what is due; a lost message loses nothing."""

import logging

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from notifications import services
from notifications.patience import HAND_OVER

log = logging.getLogger(__name__)


@shared_task(name="notifications.tasks.relay_outbox")
def relay_outbox() -> int:
    """Hands every due delivery to a worker; returns how many. What the broker does not take is free again at once."""
    pks = services.hand_over(now=timezone.now())
    for position, pk in enumerate(pks):
        try:
            deliver.apply_async(args=(pk,), expires=HAND_OVER.total_seconds())  # then the relay hands it over again
        except (OperationalError, OSError):
            log.warning("The broker does not take deliveries; %d go back", len(pks) - position)
            services.take_back(pks=pks[position:])
            return position
    return len(pks)


@shared_task(name="notifications.tasks.deliver")
def deliver(delivery_id: int) -> bool:
    return services.deliver(pk=delivery_id, now=timezone.now())
