"""A customer writes a message: kept while he types, files as they come, and sent once. Decides nothing: services do."""

import hashlib
import uuid
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from common import languages, limits
from common.errors import Illegal
from servicedesk.context import BCP47
from servicedesk.screens import errors, uploading
from servicedesk.screens.portal import begun as drafts
from servicedesk.screens.portal import visits
from servicedesk.screens.portal.begun import Begun
from servicedesk.screens.portal.forms import LONGEST_TEXT, MessageForm
from servicedesk.screens.portal.visits import Visit
from sla import policy_text
from tickets import services
from tickets.models import PendingFile
from tickets.views import serve


def keep_typed(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The script, while somebody types. An empty text with no files is no draft."""
    begun, body = drafts.find(request, visit, request.POST.get("nonce", "")), _typed(request)
    if body.strip() or begun.files:
        if drafts.keep(request, visit, begun, timezone.now(), body) is None:
            return HttpResponse(status=401)  # begun in a session that is over: it stays on the device
    elif begun.row is not None:
        services.drop_draft(draft=begun.row)
    return HttpResponse(status=204)


def write(request: HttpRequest, visit: Visit) -> HttpResponse | MessageForm:
    """Sends what is complete. Else the form with what is wrong; text and good files are kept."""
    now = timezone.now()
    begun = drafts.find(request, visit, request.POST.get("nonce", ""))
    failed: list[str] = []
    if begun.row is None and drafts.is_taken(begun.id):  # begun in a session that is over
        failed = [_("The files that you had added cannot be reached any more. Add them again.")]
        failed, begun = failed if drafts.has_files(begun.id, visit) else [], Begun(uuid.uuid4())
    form = MessageForm(request.POST, request.FILES, has_files=bool(begun.files))
    is_valid, given = form.is_valid(), form.cleaned_data.get("uploads") or []
    if request.POST.get("remove") or not is_valid or given:
        wait = uploading.seconds_to_wait(request, len(given))
        if wait:
            return errors.too_many_requests(request, wait)
        row = drafts.keep(request, visit, begun, now, _typed(request))
        if row is None:
            raise Http404
        if request.POST.get("remove"):
            uploading.drop(row, request.POST["remove"])
            return redirect(visit.address + "#write")
        refused, unkept = uploading.keep_all(row, given, now)
        failed += unkept
        for refusal in refused:
            form.add_error("uploads", refusal)
        begun = drafts.of(row)
    return _send(request, visit, begun, form, failed, now) if is_valid and not form.errors else form


def _send(
    request: HttpRequest, visit: Visit, begun: Begun, form: MessageForm, failed: list[str], now: datetime
) -> HttpResponse | MessageForm:
    """The text first: files that fail never cost it. A second press of the same form writes nothing more."""
    body = form.cleaned_data["body"].strip()
    try:
        with transaction.atomic():
            if limits.is_first(f"message:{visit.ticket.pk}", _name(form, body)):
                failed += _deliver(visit, begun, body, now)
    except Illegal as refusal:
        form.add_error("body", ValidationError(refusal.detail, code="refused"))
        return form
    if begun.row is not None:
        services.drop_draft(draft=begun.row)
    if failed:
        why = policy_text.sentences(failed)
        messages.warning(
            request, _("Your message is with us, but a file is missing. %(why)s") % {"why": why} if body else why
        )
    if body or not failed:
        messages.success(request, _("Your message is with us."), extra_tags=f"kept:{visit.ticket.reference}")
    return redirect(visit.address + "#messages")


def _deliver(visit: Visit, begun: Begun, body: str, now: datetime) -> list[str]:
    """Returns a sentence for each file that is not whole any more."""
    event = None
    if body:
        language = languages.detect(body, otherwise=BCP47.get(get_language() or "en", ""))
        event = services.reply(ticket=visit.ticket, body=body, by=visit.by, now=now, language=language).event
    good, bad = services.whole(begun.files)
    services.keep(ticket=visit.ticket, files=good, by=visit.by, now=now, event=event)
    words = _("We could not keep the file %(name)s. Try it again later.")
    return [words % {"name": file.name} for file in bad]


def _name(form: MessageForm, body: str) -> str:
    """Another text under the name of a form that was sent is another message."""
    return f"{form.cleaned_data['nonce']}/{hashlib.sha256(body.encode()).hexdigest()}"


def _typed(request: HttpRequest) -> str:
    return request.POST.get("body", "")[: LONGEST_TEXT + 5000]


@require_POST
@never_cache
@login_required
def files(request: HttpRequest, number: int, draft: uuid.UUID) -> HttpResponse:
    return _files(request, visits.signed_in(_person(request), number), draft)


@require_POST
@never_cache
def follow_files(request: HttpRequest, token: str, draft: uuid.UUID) -> HttpResponse:
    visit = visits.guest(token)
    return visits.wrong_link(request) if visit is None else _files(request, visit, draft)


def _files(request: HttpRequest, visit: Visit, draft: uuid.UUID) -> HttpResponse:
    row = drafts.keep(request, visit, drafts.find(request, visit, str(draft)), timezone.now())
    if row is None:
        raise Http404
    return uploading.take(request, row)


@require_safe
@login_required
def preview(request: HttpRequest, number: int, draft: uuid.UUID, key: uuid.UUID) -> HttpResponseBase:
    return _preview(request, visits.signed_in(_person(request), number), draft, key)


@require_safe
def follow_preview(request: HttpRequest, token: str, draft: uuid.UUID, key: uuid.UUID) -> HttpResponseBase:
    visit = visits.guest(token)
    return visits.wrong_link(request) if visit is None else _preview(request, visit, draft, key)


def _preview(request: HttpRequest, visit: Visit, draft: uuid.UUID, key: uuid.UUID) -> HttpResponseBase:
    row = drafts.find(request, visit, str(draft)).row
    return serve(
        get_object_or_404(PendingFile, draft=row, draft__isnull=False, key=key, swept_at=None), is_preview=True
    )


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
