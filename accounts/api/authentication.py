"""`Authorization: Bearer <key>`: one statement by digest. Says who is asking; what he may do is not decided here."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts import services
from accounts.models import ApiKey, User

REALM = 'Bearer realm="Service Desk"'
LONGEST = 200


class ApiKeyAuthentication(BaseAuthentication):
    """Another scheme than Bearer is left to the next authenticator."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _space, text = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = timezone.now()
        key = find(text.strip(), now)
        if key is None:
            raise AuthenticationFailed(_("This key is unknown, revoked or expired."))
        services.note_use(key=key, now=now)
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        return REALM


def find(text: str, now: datetime) -> ApiKey | None:
    """The usable key with that text."""
    if not text or len(text) > LONGEST or not text.isascii():
        return None

    keys = ApiKey.objects.usable(now).select_related("user")
    return keys.filter(digest=services.digest_of(text)).first()
