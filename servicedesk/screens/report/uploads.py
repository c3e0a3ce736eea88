"""Files of a report before it is sent, as they come from the page of step 2 or from its script."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from servicedesk.screens import uploading
from servicedesk.screens.report import drafts
from tickets.views import serve


@require_POST
@never_cache
def files(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    found = drafts.load(request, str(draft))
    if found is None or found.row is None:
        words = _("This form is no longer open. Reload the page; what you typed is still there.")
        return uploading.sentence(words, 404)
    return uploading.take(request, found.row)


@require_safe
def preview(request: HttpRequest, draft: uuid.UUID, key: uuid.UUID) -> HttpResponseBase:
    """Our own drawing of a picture that waits; whose draft it is decides."""
    found = drafts.load(request, str(draft))
    if found is None or found.row is None:
        raise Http404
    return serve(get_object_or_404(found.row.files.filter(swept_at=None), key=key), is_preview=True)
