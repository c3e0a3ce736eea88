"""Pages speak the person's language and show the person's time zone, from the account; a language pressed here wins.

The middleware runs after authentication and only reads. A guest keeps what LocaleMiddleware found and the zone of the
settings. A language pressed by somebody signed in is kept on the account too: mails and other devices follow.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone, translation
from django.views.i18n import set_language

from accounts import services
from accounts.actors import Actor
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


def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Django's own form target, with its cookie and its care about where `next` leads."""
    language = request.POST.get("language", "")
    user = request.user
    if request.method == "POST" and isinstance(user, User) and language in KNOWN_LANGUAGES:
        user.language = language
        services.edit_profile(user=user, by=Actor(user=user), fields=["language"])
    return set_language(request)


def zone_of(user: User) -> ZoneInfo | None:
    """None, the zone of the settings, also for a name this machine's tz database does not have."""
    try:
        return ZoneInfo(user.zone) if user.zone else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
