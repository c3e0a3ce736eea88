"""The door before every REST view: signed in, active, and with a key whose scope fits the method. Roles are policy."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from accounts.models import ApiKey


class IsSignedInWithScope(BasePermission):
    message = _("This key is not allowed to do that.")

    def has_permission(self, request: Request, view: Any) -> bool:
        if not request.user.is_authenticated or not request.user.is_active:
            return False
        key = request.auth
        if not isinstance(key, ApiKey):
            return True
        needed = ApiKey.Scope.READ if request.method in SAFE_METHODS else ApiKey.Scope.WRITE
        return needed in key.scopes
