"""Readers. Of checklists a customer sees none: his report shows what was asked. Plans are visible with their places."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

from customers.querysets import Visible
from tickets.querysets import OfTicket

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


class PlanQuerySet(Visible[M]):
    """A customer sees the plans of his sites."""

    organisation_path = "site__organisation"
    site_path = "site"


class InspectionQuerySet(OfTicket[M]):
    """Visible with their tickets."""
