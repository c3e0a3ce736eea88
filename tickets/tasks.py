"""What the beat wakes for tickets: replies whose wait is over, files that no ticket came to name."""

import time

from celery import shared_task
from django.utils import timezone

from tickets import services

BUDGET_SECONDS = 60.0


@shared_task(name="tickets.tasks.sweep_orphans")
def sweep_orphans() -> int:
    """Idempotent; returns how many files went. Old rows of what people could take back and of drafts go with them."""
    services.forget_old(now=timezone.now())
    services.sweep_drafts(now=timezone.now())
    return services.sweep_orphans(now=timezone.now())


@shared_task(name="tickets.tasks.release_replies")
def release_replies() -> int:
    """Lets replies leave; returns how many. The rows say what is due, so one that was missed leaves with the next."""
    end = time.monotonic() + BUDGET_SECONDS
    return services.release_due(now=timezone.now(), is_time_over=lambda: time.monotonic() >= end)
