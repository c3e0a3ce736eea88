"""Readers. The store room is the staff's; a request is visible to customers nowhere but through their ticket's log."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from spares.kinds import AVAILABLE, OPEN, StoreKind

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class StaffOnly(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_active and user.is_staff_member else self.none()


class PartQuerySet(StaffOnly[M]):
    def in_use(self) -> Self:
        return self.filter(is_active=True)

    def matching(self, text: str) -> Self:
        """By a word of the name, or the beginning of a number."""
        for word in text.split():
            self = self.filter(Q(number__icontains=word) | Q(name__icontains=word) | Q(maker_numbers__icontains=word))
        return self


class StoreQuerySet(StaffOnly[M]):
    def shelves(self) -> Self:
        """In use, and ours to take from: neither the road nor what lies at a customer's."""
        return self.filter(is_active=True, kind__in=[StoreKind.DEPOT, StoreKind.MAKER, StoreKind.VAN])


class BalanceQuerySet(StaffOnly[M]):
    def working(self) -> Self:
        return self.filter(condition__in=AVAILABLE)

    def free(self) -> Self:
        return self.working().filter(quantity__gt=F("reserved")).exclude(store__kind=StoreKind.WAY)


class PartRequestQuerySet(StaffOnly[M]):
    def open(self) -> Self:
        return self.filter(state__in=OPEN)
