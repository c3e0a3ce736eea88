"""Readers of clocks and schemes. What a person may see follows from the ticket's own rule."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

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

    def shown_in_lists(self, tickets: Collection[Ticket]) -> Self:
        """The clocks behind these tickets' next due times, and paused ones: few, however many runs there were. A run
        that another took the place of may have the same due time, and nobody waits for it.
        """
        is_next = Q(due_at__in={ticket.next_due_at for ticket in tickets if ticket.next_due_at})
        return self.unanswered().filter(is_next | Q(is_paused=True), ticket__in=[ticket.pk for ticket in tickets])
