"""Readers of checklists. Staff see all; a customer sees none here: his report shows what was asked."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class ChecklistQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_active and user.is_staff_member else self.none()


class VersionQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_active and user.is_staff_member else self.none()

    def current(self) -> Self:
        """The latest version of each list."""
        return self.order_by("checklist__code", "-number").distinct("checklist__code")
