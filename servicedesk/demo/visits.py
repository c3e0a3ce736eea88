"""Visits on the demo desk: one half way, with a reading that is too high and two photos of why."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from accounts.models import User
from inspections import services
from inspections.models import Inspection, Sheet
from servicedesk.demo import pictures, places

Answers = Sequence[tuple[str, Mapping[str, Any]]]
PASSED: Mapping[str, Any] = {"result": "passed"}
HALF_WAY: Answers = (
    ("room-temperature", {"reading": "25.4"}),
    ("inlet-temperature", {"reading": "31.5", "finding": "Floor tile in front of rack 7 is blocked by cable drums."}),
    ("humidity", {"reading": "47"}),
    ("dust", PASSED),
    ("cooling", PASSED),
    ("supply-voltage", {"reading": "231"}),
    ("ups", PASSED),
    ("fire-protection", PASSED),
    ("power-supplies", PASSED),
    ("fans", PASSED),
    ("indicators", PASSED),
    ("disks", PASSED),
)
PHOTOS: Sequence[tuple[str, Callable[[], bytes]]] = (
    ("cable-drums.png", pictures.cable_drums),
    ("thermometer.png", partial(pictures.thermometer, "31.5")),
)


def create(people: Mapping[str, User], now: datetime) -> None:
    row = Inspection.objects.filter(plan__unit__serial_number=places.PLATFORM[0]).order_by("opens_on").first()
    if row is not None:
        half_way(row, people["engineer"], now)


def half_way(row: Inspection, engineer: User, now: datetime) -> None:
    by = Actor(engineer)
    begun = services.begin(ticket=row.ticket, by=by, now=now)
    sheet = begun.sheets.get()
    answer(begun, sheet, HALF_WAY, by, now - timedelta(minutes=20), now)
    for name, draw in PHOTOS:
        services.add_photo(
            inspection=begun,
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{sheet.pk}:{name}"),
            sheet=sheet.pk,
            item="inlet-temperature",
            upload=SimpleUploadedFile(name, draw(), "image/png"),
            by=by,
            at=now,
            now=now,
        )


def answer(row: Inspection, sheet: Sheet, given: Answers, by: Actor, at: datetime, now: datetime) -> None:
    """A minute each."""
    entries = [
        services.Entry(
            id=uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{sheet.pk}:{item}"),
            sheet=sheet.pk,
            item=item,
            at=at + number * timedelta(minutes=1),
            answer=values,
        )
        for number, (item, values) in enumerate(given)
    ]
    services.take(inspection=row, entries=entries, by=by, now=now)
