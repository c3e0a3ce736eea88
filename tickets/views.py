"""Files of tickets over HTTP. Nothing somebody sent is ever shown in a page: only our own drawing of a picture is."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.models import User
from tickets import filestore, pictures
from tickets.models import Attachment, PendingFile

SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


@require_safe
@login_required
def attachment(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """The ticket's permission is the file's; a stranger learns nothing."""
    assert isinstance(request.user, User)
    row = get_object_or_404(Attachment.objects.visible_to(request.user), key=key)
    return serve(row, is_preview="preview" in request.GET)


def serve(row: Attachment | PendingFile, *, is_preview: bool) -> HttpResponseBase:
    """The caller has checked that the person may see it."""
    if is_preview and not row.has_preview:
        raise Http404
    path = filestore.preview_path_of(row.key) if is_preview else filestore.path_of(row.key)
    try:
        source = path.open("rb")
    except OSError as error:
        raise Http404("The file is missing from the store") from error
    kind = pictures.CONTENT_TYPE if is_preview else row.content_type
    response = FileResponse(source, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(not is_preview, row.name) or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store" if not is_preview else "private, max-age=3600"
    return response
