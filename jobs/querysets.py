"""Readers. Work is visible with its ticket, an important period with its place."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from customers.querysets import ContractQuerySet
from tickets.querysets import OfTicket

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class JobQuerySet(OfTicket[M]):
    def standing(self) -> Self:
        """Without what was cancelled: that uses up nothing."""
        return self.exclude(ticket__state="cancelled")


class PeriodQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """Staff see all; a customer those of his sites, and of the whole of his organisations."""
        if not user.is_active:
            return self.none()
        if user.is_staff_member:
            return self
        member = user.memberships.filter(organisation=OuterRef("organisation"))
        at_site = member.filter(Q(site__isnull=True) | Q(site=OuterRef("site")))
        return self.filter(Exists(at_site))


class OfJob(models.QuerySet[M]):
    """Parts of a piece of work are visible with it."""

    def visible_to(self, user: "User") -> Self:
        if user.is_active and user.is_staff_member:
            return self
        jobs: type[models.Model] = self.model._meta.get_field("job").related_model  # type: ignore[assignment]
        return self.filter(job__in=jobs._default_manager.all().visible_to(user).values("pk"))  # type: ignore[attr-defined]


class AllowanceQuerySet(ContractQuerySet[M]):
    """By contract."""

    def visible_to(self, user: "User") -> Self:
        return self if user.is_active and user.is_staff_member else self.none()
