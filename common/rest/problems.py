"""Every error of the REST interface as an RFC 9457 problem document, translated here and nowhere else.

A missing object and another organisation's object get the same words. Never tells what went wrong inside.
"""

import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from common import errors

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
_WHOLE_BODY = "non_field_errors"


class Problem(exceptions.APIException):
    """A refusal of the interface itself; `slug` names the kind of problem, `members` are added to the document."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        slug: str = "",
        errors: Mapping[str, list[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(detail)
        self.status_code = status
        self.sentence, self.slug = detail, slug
        self.errors, self.headers, self.members = dict(errors or {}), dict(headers or {}), members


def invalid(field: str, sentence: str) -> Problem:
    """Bad input outside the body: a header, a parameter, a cursor."""
    return Problem(400, sentence, slug="invalid", errors={field: [sentence]})


def document(problem: Problem) -> dict[str, Any]:
    """The members of a problem document."""
    return {
        "type": f"urn:servicedesk:problem:{problem.slug}" if problem.slug else "about:blank",
        "title": HTTPStatus(problem.status_code).phrase,
        "status": problem.status_code,
        "detail": problem.sentence,
        "errors": problem.errors,
        **problem.members,
    }


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """What Django REST framework asks; None leaves an unknown error to Django, which answers 500 and logs it."""
    problem = as_problem(error)
    if problem is None:
        return None
    return Response(document(problem), status=problem.status_code, headers=problem.headers, content_type=MEDIA_TYPE)


def plain_response(problem: Problem) -> HttpResponse:
    """For errors that never reach a REST view."""
    content = JSONRenderer().render(document(problem))
    return HttpResponse(content, status=problem.status_code, content_type=MEDIA_TYPE, headers=problem.headers)


def as_problem(error: Exception) -> Problem | None:
    if isinstance(error, Problem):
        return error
    if isinstance(error, errors.Refusal):
        return _of_refusal(error)
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, Http404):
        return not_found()
    if isinstance(error, PermissionDenied):
        return Problem(403, str(error) or _("This is not allowed."), slug="forbidden")
    if isinstance(error, RequestDataTooBig):
        return Problem(413, _("The request is too big."))
    if isinstance(error, SuspiciousOperation):
        return Problem(400, _("The request cannot be read."))
    if isinstance(error, OperationalError | InterfaceError):
        return unavailable()
    return None


def not_found() -> Problem:
    return Problem(404, _("There is nothing here, or nothing that you may see."), slug="not-found")


def unavailable() -> Problem:
    detail = _("The database is not available. Please try again in a moment.")
    return Problem(503, detail, slug="unavailable", headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _of_refusal(error: errors.Refusal) -> Problem | None:
    if isinstance(error, errors.NotVisible):
        return not_found()
    if isinstance(error, errors.Forbidden):
        return Problem(403, error.detail, slug="forbidden")
    if isinstance(error, errors.Illegal):
        return Problem(409, error.detail, slug="illegal")
    if isinstance(error, errors.Unavailable):
        return Problem(503, error.detail, slug="unavailable", headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    if isinstance(error, errors.Stale):
        return Problem(412, error.detail, slug="stale", changed=error.changed)
    if isinstance(error, errors.Invalid):
        return Problem(400, error.detail, slug="invalid", errors=error.errors)
    return None


def _of_framework(error: exceptions.APIException) -> Problem:
    if isinstance(error, exceptions.ValidationError):
        found = flatten(error.detail)
        return Problem(400, _("Some of the input cannot be used."), slug="invalid", errors=found)
    if isinstance(error, exceptions.NotFound):
        return not_found()
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(max(1, math.ceil(getattr(error, "wait", None) or 1)))
    challenge = getattr(error, "auth_header", None)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    return Problem(error.status_code, str(error.detail), headers=headers)


def flatten(detail: Any, name: str = "") -> dict[str, list[str]]:
    """Nested errors by dotted name: `site.zone`, `events[0].at`; "" is the body as a whole."""
    if isinstance(detail, Mapping):
        found: dict[str, list[str]] = {}
        for key, value in detail.items():
            step = "" if key == _WHOLE_BODY else str(key)
            inner = f"{name}[{key}]" if isinstance(key, int) else f"{name}.{step}".strip(".")
            found.update(flatten(value, inner))
        return found
    if not isinstance(detail, list | tuple):
        return {name: [str(detail)]}
    if all(isinstance(entry, str) for entry in detail):
        return {name: [str(entry) for entry in detail]}
    found = {}
    for position, entry in enumerate(detail):
        if entry:
            found.update(flatten(entry, f"{name}[{position}]"))
    return found
