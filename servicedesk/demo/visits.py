"""Visits on the demo desk: one signed three months ago, one half way with a reading that is too high and two photos."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from accounts.models import User
from customers.models import Equipment
from inspections import services
from inspections.checklists import Kind as ItemKind
from inspections.checklists import read
from inspections.models import ChecklistVersion, Inspection, Sheet
from servicedesk.demo import pictures, places
from tickets import services as tickets
from tickets.kinds import Kind

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
Photos = Sequence[tuple[str, Callable[[], bytes]]]
PHOTOS: Photos = (
    ("cable-drums.png", pictures.cable_drums),
    ("thermometer.png", partial(pictures.thermometer, "31.5")),
)


ALL_WELL: Mapping[str, str] = {"inlet-temperature": "24.8", "room-temperature": "23.9", "controller-battery": "98"}
SIGNATURE = (
    ((0.36, 0.28), (0.46, 0.22)), ((0.42, 0.16), (0.42, 0.4), (0.38, 0.62)), ((0.39, 0.5), (0.44, 0.58), (0.53, 0.64)),
    ((0.58, 0.3), (0.68, 0.24)), ((0.62, 0.2), (0.6, 0.44), (0.56, 0.62)), ((0.6, 0.42), (0.7, 0.36), (0.74, 0.6)),
    ((0.8, 0.56), (0.86, 0.52)),
)  # fmt: skip
AGO = timedelta(days=95)


def create(people: Mapping[str, User], now: datetime) -> None:
    signed(people, now - AGO)
    row = Inspection.objects.filter(plan__unit__serial_number=places.PLATFORM[0]).order_by("opens_on").first()
    if row is not None:
        half_way(row, people["engineer"], now)


def signed(people: Mapping[str, User], at: datetime) -> None:
    """Every check of the unit was good, and the customer drew his name."""
    unit = Equipment.objects.select_related("site__organisation", "product").get(serial_number=places.PLATFORM[0])
    strokes = [[list(point) for point in stroke] for stroke in SIGNATURE]
    signature = services.Signature("drawn", "赵敏", strokes, language="zh-hans")
    words = {"summary": "The platform is in good order.", "attended": "Zhao Min"}
    row = walked(unit, well(ALL_WELL), signature, people, at, words)
    by = Actor(people["engineer"])
    for hours, what in enumerate(("report_sent", "resolved", "closed"), start=3):
        done = at + timedelta(hours=hours)
        tickets.record(ticket=row.ticket, type=what, by=by, at=done, now=done)


def walked(
    unit: Equipment,
    answers: Answers,
    signature: services.Signature,
    people: Mapping[str, User],
    at: datetime,
    words: Mapping[str, str],
    photos: Photos = (),
) -> Inspection:
    """A visit from its ticket to the signature two hours later, as an engineer makes it."""
    by, done = Actor(people["engineer"]), at + timedelta(hours=2)
    intake = tickets.Intake(
        title=f"System inspection: {unit.product.name}",
        kind=Kind.INSPECTION,
        equipment=unit,
        language="en",
        assignee=people["engineer"],
    )
    case = tickets.report(intake=intake, by=Actor(people["lead"]), at=at, now=at)
    row = services.begin(ticket=case, version=_version(), by=by, now=at)
    sheet = row.sheets.get()
    answer(row, sheet, answers, by, at, done)
    photograph(row, sheet, photos, by, done)
    services.write_words(inspection=row, words=words, by=by, now=done)
    services.finish(inspection=row, signature=signature, by=by, now=done)
    return row


def _version() -> ChecklistVersion:
    return ChecklistVersion.objects.current().get(checklist__code="yearly-system")


def well(readings: Mapping[str, str], note: str = "Nothing to note.") -> Answers:
    """A good answer to each check: the reading that is named, else one within its limits, the first option, a pass."""
    return list(_well(_version(), readings, note))


def _well(version: ChecklistVersion, readings: Mapping[str, str], note: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for item in read(version.document).items:
        low, high = item.limits.low, item.limits.high
        middle = _within(low, high)
        if item.kind == ItemKind.READING:
            yield item.code, {"reading": readings.get(item.code, f"{middle.quantize(Decimal('0.1')):f}")}
        elif item.kind == ItemKind.CHOICE:
            yield item.code, {"choice": next(one.code for one in item.options if not one.is_failure)}
        elif item.kind == ItemKind.TEXT:
            yield item.code, {"text": note}
        elif item.kind == ItemKind.PHOTO:
            yield item.code, {"result": "not-applicable"}
        elif item.kind == ItemKind.CHECK:
            yield item.code, PASSED


def _within(low: Decimal | None, high: Decimal | None) -> Decimal:
    """Far enough from a limit to look like a good reading."""
    if low is not None and high is not None:
        return (low + high) / 2
    if high is not None:
        return high - abs(high) * Decimal("0.4")
    return low + abs(low) * Decimal("0.08") if low is not None else Decimal(1)


def half_way(row: Inspection, engineer: User, now: datetime) -> None:
    by = Actor(engineer)
    begun = services.begin(ticket=row.ticket, by=by, now=now)
    sheet = begun.sheets.get()
    answer(begun, sheet, HALF_WAY, by, now - timedelta(minutes=20), now)
    photograph(begun, sheet, PHOTOS, by, now)


def photograph(row: Inspection, sheet: Sheet, photos: Photos, by: Actor, now: datetime) -> None:
    """Of the air that is too warm."""
    for name, draw in photos:
        services.add_photo(
            inspection=row,
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
