"""Readers of clocks and schemes. What a person may see follows from the ticket's own rule."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from customers.models import Contract, Organisation
from tickets.models import Ticket
from tickets.querysets import OfTicket

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)


class SchemeQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """Staff all; a customer those promised to his organisations, and those of tickets he sees: one without a
        contract is on the default scheme.
        """
        if not user.is_active:
            return self.none()
        if user.is_staff_member:
            return self
        own = Organisation.objects.visible_to(user)
        promised = Contract.objects.filter(organisation__in=own).values("scheme_code")
        followed = Ticket.objects.visible_to(user).order_by().values("scheme_code")
        return self.filter(Q(code__in=promised) | Q(code__in=followed))

    def in_force(self, at: datetime) -> Self:
        """The latest published version of each scheme at that instant."""
        return self.filter(effective_at__lte=at).order_by("code", "-version").distinct("code")


class ClockQuerySet(OfTicket[M]):
    def unanswered(self) -> Self:
        """Clocks that somebody still has to stop: running, paused, and missed ones that nobody has answered."""
        return self.filter(state__in=("running", "paused", "missed"), stopped_at__isnull=True)

    def shown_in_lists(self) -> Self:
        """The clock behind a ticket's next due time, and its paused ones: few, however many runs there were."""
        is_next = Q(due_at=F("ticket__next_due_at"), target=F("ticket__next_due_target"))
        return self.filter(is_next | Q(is_paused=True))
