"""What people keep while they work: what they did and can take back, what they are writing, what has not left yet.

Nothing here is part of the record: the log is. A row that goes loses nobody's work.
"""

import hashlib
import uuid
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
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


class Draft(models.Model):
    """What somebody is writing: one for each ticket, person and kind. `notice`: why a reply came back; `seen_seq`: the
    last entry its writer had read, where something newer stopped it. `returned`: the words of that reply, until a page
    that shows them saves or sends: a page that was open before knows nothing of them and must not write over them.

    `files` are facts of files that lie in the store already, as `services.KeptFile` has them.
    """

    class Kind(models.TextChoices):
        REPLY = "reply", _("Reply")
        NOTE = "note", _("Internal note")

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    body = models.TextField(blank=True)
    files = models.JSONField(default=list)
    notice = models.CharField(max_length=300, blank=True)
    seen_seq = models.PositiveIntegerField(null=True, blank=True)
    returned = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["ticket_id", "-saved_at"]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "person", "kind"], name="draft_once"),
            models.CheckConstraint(condition=models.Q(kind__in=["reply", "note"]), name="draft_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"

    @property
    def text(self) -> str:
        """What a composer shows: the words that came back, and what was begun since."""
        return self.body if self.returned in self.body else f"{self.returned}\n\n{self.body}".strip()

    @property
    def back(self) -> str:
        """A page that shows the words that came back says so with this."""
        return hashlib.sha256(self.returned.encode()).hexdigest()[:16] if self.returned else ""


class WaitingReply(models.Model):
    """A reply that was pressed and has not left: until `leaves_at` its author can have it back. `then`: an event that
    is recorded with it; `seen_seq`: the last entry of the log its author had read. Never lost: it is written to the log
    and goes in one transaction, however late.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="waiting_replies")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    token = models.UUIDField(unique=True)
    body = models.TextField()
    language = models.CharField(max_length=10, blank=True)
    files = models.JSONField(default=list)
    then = models.CharField(max_length=30, blank=True)
    seen_seq = models.PositiveIntegerField(null=True, blank=True)
    pressed_at = models.DateTimeField()
    leaves_at = models.DateTimeField()

    class Meta:
        ordering = ["pressed_at", "pk"]
        verbose_name = _("reply that waits")
        verbose_name_plural = _("replies that wait")
        indexes = [models.Index(fields=["leaves_at", "id"], name="waiting_by_leaving")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.leaves_at}"


class SavedReply(models.Model):
    """A text to write again: one's own, a team's, or with neither everybody's. `{customer}` is filled in."""

    title = models.CharField(_("name"), max_length=80)
    body = models.TextField(_("text"), max_length=5000)
    owner = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="saved_replies")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="saved_replies")

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(owner__isnull=True) | models.Q(team__isnull=True), name="saved_reply_of_one"
            )
        ]

    def __str__(self) -> str:
        return self.title
