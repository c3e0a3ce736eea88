"""The only writers of reference pictures: drawn anew and small, under their hash; in and out of files of lists.

A picture that no list names any more is swept a day later. Knows neither HTTP nor Celery.
"""

import base64
import binascii
import hashlib
import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Invalid
from inspections.checklists import words
from inspections.models import ReferencePicture
from inspections.policies import TABLE
from tickets import pictures

ACTION = "inspection.manage_checklists"
SIDES = (1280, 960, 640, 320)  # the first that is small enough; even noise is at the last
MOST_PICTURES = 60  # of one file
UNUSED_AGE = timedelta(days=1)
Document = Mapping[str, Any]


@transaction.atomic
def keep_picture(*, source: BinaryIO, size: int, by: Actor, now: datetime) -> ReferencePicture:
    """The same picture is kept once. Raises Invalid beside `picture_file`."""
    require(by, ACTION, TABLE)
    if size > settings.MAX_ATTACHMENT_BYTES:
        limit = settings.MAX_ATTACHMENT_BYTES // 1024**2
        raise Invalid.field("picture_file", _("This picture is larger than %(limit)d MB.") % {"limit": limit})
    drawn = _drawn(source)
    if drawn is None:
        raise Invalid.field("picture_file", _("This is no picture we can show. Choose a JPEG, PNG, GIF or WebP file."))
    return _kept(drawn, by, now)


def bundle(document: Document) -> dict[str, Any]:
    """The document with its pictures in it, as a file carries them."""
    rows = ReferencePicture.objects.filter(sha256__in=words.pictures(document))
    found = {row.sha256: base64.b64encode(row.data).decode() for row in rows}
    return {**document, "pictures": found} if found else dict(document)


def unbundle(*, document: Document, by: Actor, now: datetime) -> dict[str, Any]:
    """The document without the pictures, which are kept: one that is not here already is drawn anew, like any picture
    that comes from outside, and named by its new hash. Raises Invalid beside `file`.
    """
    carried = document.get("pictures") or {}
    rest = {name: value for name, value in document.items() if name != "pictures"}
    if not isinstance(carried, Mapping) or len(carried) > MOST_PICTURES:
        raise Invalid.field("file", _("At most %(most)d pictures are expected.") % {"most": MOST_PICTURES})
    here = ReferencePicture.objects.named_by(carried)
    renamed = {name: _taken_in(name, data, by, now) for name, data in carried.items() if name not in here}
    return with_pictures(rest, renamed)


def with_pictures(document: Document, renamed: Mapping[str, str]) -> dict[str, Any]:
    """With other hashes. Takes documents that nobody has checked yet."""
    sections = document.get("sections")
    if not renamed or not isinstance(sections, list):
        return dict(document)
    return {**document, "sections": [_part_with(section, renamed) for section in sections]}


def _part_with(section: Any, renamed: Mapping[str, str]) -> Any:
    if not isinstance(section, Mapping) or not isinstance(section.get("items"), list):
        return section
    return {**section, "items": [_item_with(item, renamed) for item in section["items"]]}


def _item_with(item: Any, renamed: Mapping[str, str]) -> Any:
    name = item.get("picture") if isinstance(item, Mapping) else None
    return {**item, "picture": renamed[name]} if isinstance(name, str) and name in renamed else item


def check_pictures(document: Document, field: str) -> None:
    """Raises Invalid at `field` when an item shows a picture that is not here."""
    named = words.pictures(document)
    here = ReferencePicture.objects.named_by(named)
    for name, item in named.items():
        if name not in here:
            said = _("The check %(code)s shows a picture that is not here. Send the picture first.")
            raise Invalid.field(field, said % {"code": item})


def sweep_pictures(*, now: datetime) -> int:
    """Removes pictures that no draft and no version names and that are a day old. Returns how many."""
    return ReferencePicture.objects.filter(added_at__lt=now - UNUSED_AGE).unnamed().delete()[0]


def _taken_in(name: str, data: Any, by: Actor, now: datetime) -> str:
    try:
        raw = base64.b64decode(data, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raw = b""
    drawn = _drawn(io.BytesIO(raw)) if raw else None
    if drawn is None:
        raise Invalid.field("file", _("pictures.%(name)s: this is no picture.") % {"name": name[:64]})
    return _kept(drawn, by, now).sha256


def _drawn(source: BinaryIO) -> bytes | None:
    for side in SIDES:
        source.seek(0)
        drawn = pictures.preview(source, side)
        if drawn is None or len(drawn) <= ReferencePicture.LARGEST:
            return drawn
    return None


def _kept(drawn: bytes, by: Actor, now: datetime) -> ReferencePicture:
    width, height = pictures.size_of(drawn)
    facts = {"data": drawn, "size": len(drawn), "width": width, "height": height}
    row, _is_new = ReferencePicture.objects.get_or_create(
        sha256=hashlib.sha256(drawn).hexdigest(), defaults={**facts, "added_at": now, "added_by": by.user}
    )
    return row
