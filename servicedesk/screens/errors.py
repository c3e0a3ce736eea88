"""The pages people get when something is wrong: what happened, who can help, the way on. 5xx need no database.

The middleware that translates refusals sends 403, 404 and 503 here and renders refused.html itself. No page sends a
form again by itself: its writer goes back to what he typed.
"""

import logging
import re
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from servicedesk.screens.writing import session
from sla import policy_text

log = logging.getLogger(__name__)
NUMBER = re.compile(r"[A-Za-z]{2,5}-?\d{2,}")
GUESS_LENGTH = 80
SIGN_IN_WINDOW_SECONDS = 300
PUBLIC_FORMS = ("/report/", "/portal/")  # a guest may send these
SENT_BY_STRANGERS = ("/account/", "/setup/", "/admin/", "/language/")  # before they have signed in
SIGNED_LINKS = ("/portal/follow/", "/portal/survey/")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)  # what Django says here is meant for developers


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("Form refused: %s (%s)", reason, request.path)
    is_known = request.user.is_authenticated or request.path.startswith(PUBLIC_FORMS)
    answer = None
    if request.method == "POST" and session.is_ours(request):
        if is_known:
            answer = session.kept(request, status=403)  # who signed in anew, or lost his cookies, has a new token
        elif not request.path.startswith(SENT_BY_STRANGERS):
            answer = session.over(request)
    return answer or render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    context = {"guess": guess(request.path), "is_signed_link": request.path.startswith(SIGNED_LINKS)}
    return render(request, "404.html", context, status=404)


def too_many_requests(request: HttpRequest, retry_after: int | None = None) -> HttpResponse:
    minutes = -(-retry_after // 60) if retry_after else 0
    wait = policy_text.length(minutes * policy_text.MINUTE_US) if minutes else ""
    response = render(request, "429.html", {"wait": wait}, status=429)
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
    return HttpResponse(render_to_string("500.html", {"reference": reference} | _bare(request)), status=500)


def service_unavailable(request: HttpRequest, retry_after: int = 10) -> HttpResponse:
    """The database is away; people's browsers ask again by themselves."""
    return HttpResponse(
        render_to_string("503.html", {"retry_after": retry_after} | _bare(request)),
        status=503,
        headers={"Retry-After": str(retry_after)},
    )


def _bare(request: HttpRequest) -> dict[str, Any]:
    """All that a page shows which may ask nobody. The phone stands where it does on every other."""
    phone = str(settings.HELP_PHONE)
    shell = {"help_phone": phone, "help_phone_address": "tel:" + phone.replace(" ", "")}
    return {"shell": shell, "may_repeat": request.method in ("GET", "HEAD")}


def guess(path: str) -> str:
    """What somebody probably looked for: a ticket number in the address, else its last part."""
    number = NUMBER.search(path)
    if number:
        return number[0].upper()
    return path.rstrip("/").rsplit("/", 1)[-1].replace("-", " ")[:GUESS_LENGTH]
