"""Sign-in rules on top of allauth: nobody signs up by himself; an administrator makes the accounts.

Its mails are sent by `notifications.adapter`, which the settings name.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Over the limit the answer is 429, as for every limit, and not an error beside the password."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise ImmediateHttpResponse(respond_429(request)) from None

    def get_client_ip(self, request: HttpRequest) -> str:
        """A header with fewer addresses than trusted proxies: the request came past one of them; its peer counts."""
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META.get("REMOTE_ADDR") or "unknown")
