"""Reference pictures over HTTP. Under its hash a picture is for ever the same, so a browser keeps it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.models import User
from inspections.models import ReferencePicture
from tickets import pictures

SENT_AS = {
    "Cache-Control": "private, max-age=31536000, immutable",
    "Content-Security-Policy": "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'",
    "Content-Disposition": "inline",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
@login_required
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """Who may not see it learns nothing of it."""
    assert isinstance(request.user, User)
    row = get_object_or_404(ReferencePicture.objects.visible_to(request.user), sha256=key)
    return HttpResponse(bytes(row.data), content_type=pictures.CONTENT_TYPE, headers=SENT_AS)
