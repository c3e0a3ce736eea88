"""Pages speak the person's language and show the person's time zone, from the account; a language pressed here wins.

Runs after authentication and only reads. A guest keeps what LocaleMiddleware found and the zone of the settings.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation

from accounts.models import User

KNOWN_LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


class PreferencesMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not isinstance(user, User):
            return self.get_response(request)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and user.language in KNOWN_LANGUAGES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        with timezone.override(zone_of(user)):
            return self.get_response(request)


def zone_of(user: User) -> ZoneInfo | None:
    """None, the zone of the settings, also for a name this machine's tz database does not have."""
    try:
        return ZoneInfo(user.zone) if user.zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
