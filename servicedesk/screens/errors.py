"""The pages people get when something is wrong: what happened, who can help, the way on. 5xx need no database.

The middleware that translates refusals sends 403 and 404 here and renders refused.html and 503.html itself.
"""

import logging
import re
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from servicedesk.screens.writing import session

log = logging.getLogger(__name__)
NUMBER = re.compile(r"[A-Za-z]{2,5}-?\d{2,}")
GUESS_LENGTH = 80
SIGN_IN_WINDOW_SECONDS = 300
PUBLIC_FORMS = ("/report/", "/portal/")  # a guest may send these


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)  # what Django says here is meant for developers


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("Form refused: %s (%s)", reason, request.path)
    is_known = request.user.is_authenticated or request.path.startswith(PUBLIC_FORMS)
    if request.method == "POST" and is_known and session.is_ours(request):
        return session.kept(request, status=403)  # who signed in anew, or lost his cookies, has a new token
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"guess": guess(request.path)}, status=404)


def too_many_requests(request: HttpRequest, retry_after: int | None = None) -> HttpResponse:
    response = render(request, "429.html", {"retry_after": retry_after}, status=429)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response


def sign_in_refused(request: HttpRequest) -> HttpResponse:
    """Too many tries to sign in or to get a password; the longest of those windows."""
    return too_many_requests(request, SIGN_IN_WINDOW_SECONDS)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request's context: that may be what failed. The log has the number beside the trace."""
    reference = secrets.token_hex(4).upper()
    log.error("Reference %s: %s %s", reference, request.method, request.path)
    return HttpResponse(render_to_string("500.html", {"reference": reference}), status=500)


def service_unavailable(request: HttpRequest, retry_after: int = 10) -> HttpResponse:
    """The database is away; people's browsers ask again by themselves."""
    return HttpResponse(
        render_to_string("503.html", {"retry_after": retry_after}),
        status=503,
        headers={"Retry-After": str(retry_after)},
    )


def guess(path: str) -> str:
    """What somebody probably looked for: a ticket number in the address, else its last part."""
    number = NUMBER.search(path)
    if number:
        return number[0].upper()
    return path.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")[:GUESS_LENGTH]
