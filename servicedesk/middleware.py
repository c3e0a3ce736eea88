"""What every HTML page needs: refusals of the house become answers, a dead database 503, a NUL in an address 400.

REST has its own translation of refusals in `common.rest.problems`; the rules themselves live in the services.
"""

import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.signals import got_request_exception
from django.db import InterfaceError, OperationalError
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template import loader
from django.utils.translation import gettext as _

from common import errors
from common.rest import problems
from common.whole_numbers import whole_number
from servicedesk.screens import errors as pages

LENGTH_DIGITS = 4000  # of an announced length: whatever `int` still reads is told that it is too much
RETRY_AFTER = 5  # seconds, of a database that restarts
OUTAGES = (OperationalError, InterfaceError)
Handler = Callable[[HttpRequest], HttpResponseBase]


class DatabaseDownMiddleware:
    """PostgreSQL restarts or is gone: 503 with Retry-After, and nothing that needs a database on the page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 500 and getattr(request, "is_database_down", False):
            return unavailable(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return unavailable(request) if isinstance(error, OUTAGES) else None


def _status(error: errors.Refusal) -> int:
    if isinstance(error, errors.Unavailable):
        return 503
    return 409 if isinstance(error, errors.Illegal | errors.Stale) else 400


@receiver(got_request_exception)
def note_database_down(sender: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Django turns what a middleware raises into a page before ours sees it: this tells ours what it was."""
    if request is not None and isinstance(sys.exc_info()[1], OUTAGES):
        request.is_database_down = True  # type: ignore[attr-defined]


def unavailable(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problems.plain_response(problems.unavailable())
    return pages.service_unavailable(request, RETRY_AFTER)


class RequestSizeMiddleware:
    """Refuses what is too large by its announced length, before anything reads or stores it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if (whole_number(announced, digits=LENGTH_DIGITS) or 0) <= settings.MAX_REQUEST_BYTES:
            return self.get_response(request)
        limit = settings.MAX_REQUEST_BYTES // 1024**2
        words = _("The files are larger than %(limit)d MB together. Go back: what you typed is still there.")
        error = errors.Refusal(words % {"limit": limit})
        return HttpResponse(loader.render_to_string("refused.html", {"error": error}, request), status=413)


class NulMiddleware:
    """No person types a NUL and no text of PostgreSQL holds one: an address with one is refused.

    REST says beside which field it is; JSON is read by its own parser.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/") and "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class DomainErrorMiddleware:
    """Refusals that no form has caught: 404, 403, or back to the page with the sentence."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, errors.NotVisible):
            raise Http404(error.detail)
        if isinstance(error, errors.Forbidden):
            raise PermissionDenied(error.detail)
        if isinstance(error, errors.Refusal):
            messages.error(request, error.detail)
            status = _status(error)
            return HttpResponse(loader.render_to_string("refused.html", {"error": error}, request), status=status)
        return None
