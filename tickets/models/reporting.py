"""What a report, or a customer's message, is before it is sent: answers, and files that came before there is a ticket.

Nothing here is part of the record. Files are swept a day after they came, drafts when nobody went on with them; the row
of a swept file stays as long as its draft, so that the person is told.
"""

import uuid
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.models.ledger import Ticket

FILES_KEPT = timedelta(days=1)
OWN_DRAFTS_KEPT = timedelta(days=14)
GUEST_DRAFTS_KEPT = timedelta(days=1)


class ReportDraft(models.Model):
    """`id` is in the address, `token` is the key of the ticket it becomes. Without `user` it belongs to one session.

    With `ticket` it is a customer's message to that ticket, and becomes no other one.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="report_drafts")
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, blank=True, related_name="message_drafts")
    answers = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("begun"))
    updated_at = models.DateTimeField(_("changed"))

    class Meta:
        ordering = ["-updated_at"]
        verbose_name = _("draft of a report")
        verbose_name_plural = _("drafts of reports")
        indexes = [
            models.Index(fields=["user", "-updated_at"], name="report_draft_by_user"),
            models.Index(fields=["updated_at"], name="report_draft_by_age"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PendingFile(models.Model):
    """A file that lies whole in the store and waits for its report to be sent."""

    draft = models.ForeignKey(ReportDraft, models.CASCADE, related_name="files")
    key = models.UUIDField(unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    has_preview = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    swept_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        indexes = [models.Index(fields=["created_at"], name="pending_file_by_age")]

    def __str__(self) -> str:
        return self.name
