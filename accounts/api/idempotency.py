"""`Idempotency-Key`: a repeated write gets the first answer again instead of acting twice.

The answer is stored in the transaction of the write itself, so a crash leaves both or neither. Only what succeeded is
kept: a refused request has written nothing, may be repeated, and may be mended under the same key.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import IdempotentAnswer, User
from accounts.services import ANSWERS_ARE_KEPT
from common.rest.problems import Problem, invalid

HEADER = "Idempotency-Key"
REPLAY = "Idempotent-Replay"
KEPT_HEADERS = ("ETag", "Location")
METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LONGEST = 255

# Locks the key for the transaction without waiting, and takes it unless an answer younger than the limit has it.
CLAIM = """
WITH turn AS (SELECT pg_try_advisory_xact_lock(hashtextextended(%(lock)s, 0)) AS is_mine),
claimed AS (
    INSERT INTO accounts_idempotentanswer AS kept (holder_id, key, fingerprint, status, body, headers, created_at)
    SELECT %(holder)s, %(key)s, %(fingerprint)s, NULL, NULL, '{}'::jsonb, %(now)s FROM turn WHERE is_mine
    ON CONFLICT (holder_id, key) DO UPDATE
        SET (fingerprint, status, body, headers, created_at)
            = (EXCLUDED.fingerprint, NULL, NULL, '{}'::jsonb, EXCLUDED.created_at)
        WHERE kept.created_at < %(limit)s
    RETURNING id
)
SELECT turn.is_mine, claimed.id FROM turn LEFT JOIN claimed ON true
"""


def answer_once(request: Request, act: Callable[[], Response]) -> HttpResponse:
    """The answer of `act`, or the one it gave the first time."""
    key = request.headers.get(HEADER)
    if key is None or request.method not in METHODS or not isinstance(request.user, User):
        return act()
    if not key.isascii() or not key.isprintable() or not 0 < len(key) <= LONGEST:
        raise invalid(HEADER, _("Give 1 to %(longest)s printable ASCII characters.") % {"longest": LONGEST})
    fingerprint = _fingerprint(request)
    with transaction.atomic():
        row = _claim(request.user, key, fingerprint, timezone.now())
        if row is None:
            return _replay(request.user, key, fingerprint)
        response = act()
        if response.status_code >= 400:
            transaction.set_rollback(True)
            return response
        _keep(row, response)
        return response


def _claim(holder: User, key: str, fingerprint: str, now: datetime) -> int | None:
    """The row to fill, None when there is an answer already. Raises 409 while the first request is still under way."""
    values: dict[str, Any] = {
        "lock": f"{holder.pk}:{key}",
        "holder": holder.pk,
        "key": key,
        "fingerprint": fingerprint,
        "now": now,
        "limit": now - ANSWERS_ARE_KEPT,
    }
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, values)
        is_mine, row = cursor.fetchone()
    if not is_mine:
        raise Problem(
            409,
            _("The first request with this key is still under way."),
            slug="idempotency-key-in-use",
            headers={"Retry-After": "1"},
        )
    found: int | None = row
    return found


def _replay(holder: User, key: str, fingerprint: str) -> HttpResponse:
    first = IdempotentAnswer.objects.get(holder=holder, key=key)
    if first.fingerprint != fingerprint:
        detail = _("This key was used for another request.")
        raise Problem(422, detail, slug="idempotency-key-reused", errors={HEADER: [detail]})
    headers = {**first.headers, REPLAY: "true"}
    return HttpResponse(first.body or "", status=first.status, content_type="application/json", headers=headers)


def _keep(row: int, response: Response) -> None:
    """The body as text, so that the repetition is the same to the byte."""
    body = "" if response.data is None else JSONRenderer().render(response.data).decode()
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    IdempotentAnswer.objects.filter(pk=row).update(status=response.status_code, body=body, headers=headers)


def _fingerprint(request: Request) -> str:
    """Method, address and body as it was understood: blanks and the order of fields do not make another request."""
    body = json.dumps(_plain(request.data), sort_keys=True, separators=(",", ":"))
    text = f"{request.method} {request.get_full_path()} {body}"
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(data: Any) -> Any:
    if isinstance(data, UploadedFile):
        digest = hashlib.sha256()
        for chunk in data.chunks():
            digest.update(chunk)
        data.seek(0)
        return {"file": data.name, "sha256": digest.hexdigest()}
    if hasattr(data, "lists"):
        return {name: [_plain(value) for value in values] for name, values in data.lists()}
    if isinstance(data, Mapping):
        return {name: _plain(value) for name, value in data.items()}
    return [_plain(value) for value in data] if isinstance(data, list) else data
