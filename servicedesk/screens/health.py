"""Is the process up, is it ready? Answers for load balancers and operators; no details for strangers."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from servicedesk import readiness
from servicedesk.readiness import State


def healthz(request: HttpRequest) -> HttpResponse:
    """The process is up; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """200 also when degraded: faults are still accepted. 503 keeps requests away."""
    found = readiness.probes(timezone.now())
    state = readiness.overall(found)
    answer: dict[str, Any] = {"status": state}
    is_there = all(probe.state != State.DOWN for probe in found if probe.name == "database")
    if is_there and _is_administrator(request):
        answer["checks"] = {probe.name: {"status": probe.state, "detail": probe.detail} for probe in found}
    response = JsonResponse(answer, status=503 if state == State.DOWN else 200)
    response["Cache-Control"] = "no-store"
    if state == State.DOWN:
        response["Retry-After"] = "5"
    return response


def _is_administrator(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.role == Role.ADMINISTRATOR
