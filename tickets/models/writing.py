"""What people keep while they work: what they did and can take back for a while.

Nothing here is part of the record: the log is. A row that goes loses nobody's work.
"""

import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.models.ledger import Ticket

TAKE_BACK = timedelta(minutes=10)


class RecentAction(models.Model):
    """One press of one person, on one ticket or many: `said` is what the page said about it then, in his language."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="recent_actions")
    said = models.CharField(_("what"), max_length=300)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("recent action")
        verbose_name_plural = _("recent actions")
        indexes = [models.Index(fields=["person", "-at", "-id"], name="recent_by_person")]

    def __str__(self) -> str:
        return self.said

    @property
    def until(self) -> datetime:
        return self.at + TAKE_BACK


class RecentPart(models.Model):
    """What one press wrote on one ticket: the numbers of its log's entries."""

    action = models.ForeignKey(RecentAction, models.CASCADE, related_name="parts")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+")
    entries = ArrayField(models.PositiveIntegerField())
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        ordering = ["action_id", "ticket_id"]
        verbose_name = _("part of a recent action")
        verbose_name_plural = _("parts of recent actions")
        constraints = [models.UniqueConstraint(fields=["action", "ticket"], name="recent_part_once")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.entries}"
