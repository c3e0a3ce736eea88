"""Celery's way to plans and pictures: a loop around a service."""

from celery import shared_task
from django.utils import timezone

from inspections import services


@shared_task(name="inspections.tasks.generate")
def generate() -> int:
    """Makes the tickets of inspections that come near; returns how many."""
    now = timezone.now()
    services.plan_warranty_ends(now=now)
    return services.generate(now=now)


@shared_task(name="inspections.tasks.sweep_pictures")
def sweep_pictures() -> int:
    """Removes reference pictures that no list names; returns how many."""
    return services.sweep_pictures(now=timezone.now())
