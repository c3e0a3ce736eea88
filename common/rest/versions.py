"""The version of what a row says now, for ETag and If-Match: another text, another number. Writes nothing."""

import json
import zlib
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from common.editing import read
from common.errors import Stale
from common.merging import plain
from common.rest import etags


def version(row: models.Model, names: Iterable[str] = ()) -> int:
    """`names`: what counts; nothing named: every field."""
    fields = list(names) or [field.name for field in (*row._meta.concrete_fields, *row._meta.many_to_many)]
    text = json.dumps({name: plain(read(row, name)) for name in fields}, sort_keys=True)
    return zlib.crc32(text.encode())


def check(request: Request, row: models.Model, names: Iterable[str] = ()) -> None:
    """Raises Stale when If-Match names another version."""
    now = version(row, names)
    if not etags.is_satisfied(request, now):
        raise Stale(_("It has changed since you read it."), {"etag": etags.of_version(now)})


def shown(row: models.Model, body: Any, status: int = 200, names: Iterable[str] = ()) -> Response:
    return Response(body, status=status, headers={"ETag": etags.of_version(version(row, names))})
