"""Files that come before what they belong to is sent: each is kept as it comes, by the form or by the script, and can
be taken out. Who owns the draft is asked by the page; a script gets a row of the list or one sentence.
"""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common import limits
from common.errors import Invalid, Unavailable
from servicedesk.screens.clients import address_of
from sla import policy_text
from tickets import services
from tickets.models import ReportDraft


def take(request: HttpRequest, row: ReportDraft) -> HttpResponse:
    """201 with the row of the list, 204 for a removal; else the sentence to show beside the file."""
    if request.POST.get("remove"):
        drop(row, request.POST["remove"])
        return HttpResponse(status=204)
    given = request.FILES.getlist("uploads")
    if len(given) != 1:
        return sentence(_("Choose a file."), 400)
    if seconds_to_wait(request, 1):
        return sentence(_("Too many files came from here. Send without it and add it later."), 429)
    try:
        kept = services.keep_pending(draft=row, upload=given[0], now=timezone.now())
    except Invalid as refusal:
        return sentence(policy_text.sentences(refusal.errors["files"]), 400)
    except Unavailable as refusal:
        return sentence(refusal.detail, 503)
    return render(request, "screens/uploads/row.html", {"file": kept, "upload_address": request.path}, status=201)


def keep_all(row: ReportDraft, given: Sequence[Any], now: datetime) -> tuple[list[str], list[str]]:
    """What a form brought. A sentence for each file that is refused, and for each that the store could not take."""
    refused: list[str] = []
    failed: list[str] = []
    for upload in given:
        try:
            services.keep_pending(draft=row, upload=upload, now=now)
        except Invalid as refusal:
            refused += refusal.errors["files"]
        except Unavailable as refusal:
            failed.append(refusal.detail)
    return refused, failed


def drop(row: ReportDraft, key: str) -> None:
    with suppress(ValueError):
        services.drop_pending(draft=row, key=uuid.UUID(key))


def seconds_to_wait(request: HttpRequest, count: int) -> int:
    """Guests' files are counted by address; who is signed in is known."""
    if isinstance(request.user, User):
        return 0
    rate, now = settings.RATE_LIMITS["anonymous_files"], timezone.now()
    waits = [limits.seconds_to_wait("report_files", address_of(request), rate, now) for _file in range(count)]
    return max(waits, default=0)


def sentence(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def sizes() -> dict[str, Any]:
    """What a page with an upload says about sizes, and what its script checks."""
    return {
        "limit_in_megabytes": settings.MAX_ATTACHMENT_BYTES // 1024**2,
        "limit_in_bytes": settings.MAX_ATTACHMENT_BYTES,
    }
