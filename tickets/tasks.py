"""What the beat wakes for tickets: files that no ticket came to name."""

from celery import shared_task
from django.utils import timezone

from tickets import services


@shared_task(name="tickets.tasks.sweep_orphans")
def sweep_orphans() -> int:
    """Idempotent; returns how many files went. Old rows of what people could take back go with them."""
    services.forget_old(now=timezone.now())
    return services.sweep_orphans(now=timezone.now())
