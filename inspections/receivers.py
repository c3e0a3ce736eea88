"""A new database gets the shipped checklists as version 1, an old one what has changed in those that nobody edited.

Appointments follow the logs of their tickets. The store of files learns which of them are photos.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import timezone

from inspections import services
from inspections.models import Analysis, Photo, Report
from tickets.models import TicketEvent
from tickets.services import files
from tickets.signals import event_recorded


@receiver(post_migrate)
def load_shipped_checklists(sender: Any, **kwargs: Any) -> None:
    if sender.name == "inspections":
        services.load_shipped(now=timezone.now())  # noqa: TID251 — the edge: a management command
        services.fill_missing()


@receiver(event_recorded)
def keep_appointments(
    sender: type[TicketEvent], events: list[TicketEvent], logs: dict[int, list[TicketEvent]], **kwargs: Any
) -> None:
    services.keep_appointments(events=events, logs=logs)


def photos_among(keys: Collection[UUID]) -> set[UUID]:
    return set(Photo.objects.filter(key__in=keys).values_list("key", flat=True))


def papers_among(keys: Collection[UUID]) -> set[UUID]:
    rows = (model.objects.filter(key__in=keys).values_list("key", flat=True) for model in (Report, Analysis))
    return {key for found in rows for key in found if key is not None}


files.also_named(photos_among)
files.also_named(papers_among)
