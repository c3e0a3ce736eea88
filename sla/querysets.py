"""Readers of clocks and schemes. What a person may see follows from the ticket's own rule."""

from datetime import datetime
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from tickets.querysets import OfTicket

M = TypeVar("M", bound=models.Model)


class SchemeQuerySet(models.QuerySet[M]):
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
