"""Which people and keys there are to see."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.contrib.auth.models import BaseUserManager
from django.db import models

from accounts.roles import STAFF, Role

if TYPE_CHECKING:
    from accounts.models import User


class UserQuerySet(models.QuerySet["User"]):
    def staff(self) -> "UserQuerySet":
        return self.filter(role__in=STAFF, is_active=True)

    def visible_to(self, user: "User") -> "UserQuerySet":
        """Staff see everybody, a customer only himself."""
        return self.all() if user.is_staff_member else self.filter(pk=user.pk)

    def matching(self, text: str) -> "UserQuerySet":
        """Those in whose name, address or phone each of the words stands; of many words the first six."""
        found = self
        for word in text.split()[:6]:
            found = found.filter(
                models.Q(name__icontains=word) | models.Q(email__icontains=word) | models.Q(phone__icontains=word)
            )
        return found


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address; `createsuperuser` makes an administrator."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        fields = {"role": Role.ADMINISTRATOR, "is_superuser": True, **fields}
        return self.create_user(email, password, **fields)


M = TypeVar("M", bound=models.Model)


class ApiKeyQuerySet(models.QuerySet[M]):
    def usable(self, now: datetime) -> Self:
        live = models.Q(expires_at__isnull=True) | models.Q(expires_at__gt=now)
        return self.filter(live, revoked_at__isnull=True, user__is_active=True)


class SavedViewQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """Staff see their own views, those of their teams, and those of the whole desk; deleted ones nobody."""
        if not user.is_staff_member or not user.is_active:
            return self.none()
        teams = user.teams.through.objects.filter(user_id=user.pk).values("team_id")
        shared = models.Q(owner__isnull=True) & (models.Q(team__isnull=True) | models.Q(team__in=teams))
        return self.filter(models.Q(owner=user) | shared, deleted_at__isnull=True)
