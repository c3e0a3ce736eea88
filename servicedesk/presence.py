"""Notes in which browsers somebody is signed in, for the list on his account page.

At most one write every five minutes and worker for a session: what was noted is remembered in the process. Never
refuses and never answers; a key of the API has no session and is not noted here.
"""

from collections.abc import Callable
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts import services
from accounts.models import User
from accounts.services.sessions import NOTED_EVERY

MOST = 10_000


class SignInMiddleware:
    """After authentication."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._noted: dict[str, datetime] = {}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = request.session.session_key
        if isinstance(request.user, User) and key and self._is_due(key, now := timezone.now()):  # noqa: TID251
            services.note_session(
                user=request.user,
                session_key=key,
                address=_address(request),
                device=request.META.get("HTTP_USER_AGENT", "").replace("\0", ""),
                now=now,
            )
        return self.get_response(request)

    def _is_due(self, key: str, now: datetime) -> bool:
        noted = self._noted.get(key)
        if noted is not None and noted <= now < noted + NOTED_EVERY:
            return False
        if len(self._noted) >= MOST:
            self._noted.clear()
        self._noted[key] = now
        return True


def _address(request: HttpRequest) -> str:
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""
