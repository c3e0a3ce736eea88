"""Celery's way to late steps: a loop around a service."""

from celery import shared_task
from django.utils import timezone

from jobs import services


@shared_task(name="jobs.tasks.tell_late")
def tell_late() -> int:
    """Tells the desk of steps whose day is over; returns how many."""
    return services.tell_late(now=timezone.now())
