"""How far each person has read each ticket. Not part of the record: a mark that is lost costs a second look.

Must not decide what is news: that is `TicketQuerySet.with_unread_for`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.models.ledger import Ticket


class ReadMark(models.Model):
    """`seq` is the last entry of the log this person has had before his eyes."""

    user = models.ForeignKey(User, models.CASCADE, related_name="read_marks")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="read_marks")
    seq = models.PositiveIntegerField(_("last entry read"))
    read_at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        # Ticket first: a list asks for its rows' marks, and the pages of a ticket for one of them.
        constraints = [models.UniqueConstraint(fields=["ticket", "user"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.ticket_id} to {self.seq}"
