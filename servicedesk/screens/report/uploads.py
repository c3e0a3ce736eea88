"""Files of a report before it is sent: each is kept as it comes, by the form or by the script, and can be taken out.

The script gets a row of the list or one sentence; without it the same happens with the form of step 2.
"""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from common import limits
from common.errors import Invalid, Refusal, Unavailable
from servicedesk.screens.clients import address_of
from servicedesk.screens.report import drafts
from servicedesk.screens.report.drafts import Draft
from tickets import services
from tickets.views import serve


@require_POST
@never_cache
def files(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    """201 with the row, 204 for a removal; else the sentence to show beside the file."""
    found = drafts.load(request, str(draft))
    if found is None or found.row is None:
        return _sentence(_("This form is no longer open. Reload the page; what you typed is still there."), 404)
    if request.POST.get("remove"):
        drop(found, request.POST["remove"])
        return HttpResponse(status=204)
    given = request.FILES.getlist("uploads")
    if len(given) != 1:
        return _sentence(_("Choose a file."), 400)
    if seconds_to_wait(request, 1):
        return _sentence(_("Too many files came from here. Send your report without it and add it later."), 429)
    try:
        kept = services.keep_pending(draft=found.row, upload=given[0], now=timezone.now())
    except Invalid as refusal:
        return _sentence(" ".join(refusal.errors["files"]), 400)
    except Unavailable as refusal:
        return _sentence(refusal.detail, 503)
    return render(request, "screens/report/file_row.html", {"file": kept, "draft": found}, status=201)


@require_safe
def preview(request: HttpRequest, draft: uuid.UUID, key: uuid.UUID) -> HttpResponseBase:
    """Our own drawing of a picture that waits; whose draft it is decides."""
    found = drafts.load(request, str(draft))
    if found is None or found.row is None:
        raise Http404
    return serve(get_object_or_404(found.row.files, key=key), is_preview=True)


def keep_all(draft: Draft, given: Sequence[Any], now: datetime) -> list[str]:
    """What the form brought; returns a sentence for each that could not be kept."""
    refused: list[str] = []
    assert draft.row is not None
    for upload in given:
        try:
            services.keep_pending(draft=draft.row, upload=upload, now=now)
        except Invalid as refusal:
            refused += refusal.errors["files"]
        except Refusal as refusal:
            refused.append(refusal.detail)
    return refused


def drop(draft: Draft, key: str) -> None:
    with suppress(ValueError):
        if draft.row is not None:
            services.drop_pending(draft=draft.row, key=uuid.UUID(key))


def seconds_to_wait(request: HttpRequest, count: int) -> int:
    """Guests' files are counted by address; who is signed in is known."""
    if isinstance(request.user, User):
        return 0
    rate, now = settings.RATE_LIMITS["anonymous_files"], timezone.now()
    waits = [limits.seconds_to_wait("report_files", address_of(request), rate, now) for _file in range(count)]
    return max(waits, default=0)


def _sentence(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
