"""Errors that happen before or outside a view: a problem document below /api/, a page elsewhere."""

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from common.rest.problems import Problem, as_problem, not_found, plain_response
from servicedesk.screens import errors as pages

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_rest(request):
        problem = as_problem(exception) if exception else None
        return plain_response(problem or Problem(400, _("The request cannot be read.")))
    return pages.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if _is_rest(request):
        return plain_response(Problem(403, _("This is not allowed."), slug="forbidden"))
    return pages.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return plain_response(not_found()) if _is_rest(request) else pages.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    if not _is_rest(request):
        return pages.server_error(request)
    reference = secrets.token_hex(4).upper()
    log.error("Reference %s: %s %s", reference, request.method, request.path)
    return plain_response(Problem(500, _("Something went wrong on our side."), reference=reference))


def _is_rest(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")
