"""Deliveries and notices: rows first, sent or read afterwards. Who hears of what is decided in `rules`, not here.

A delivery stays unsent until the mail server has said yes; whoever dies in between leaves it for the next one.
"""

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models import Analysis
from notifications.querysets import DeliveryQuerySet, NoticeQuerySet
from tickets.models import Ticket, TicketEvent


class Delivery(models.Model):
    """One mail to one person (or bare address) about one event or system analysis, or a summary of several (`parts`).

    `next_attempt_at`: nobody sends before; while one is sending it is the end of his lease. `handed_over_at`: when the
    relay last gave it to a worker. `address` is where it went, for a person filled in when it is sent.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")

    class Status(models.TextChoices):
        PENDING = "pending", _("Waiting")
        SENT = "sent", _("Sent")
        DIGESTED = "digested", _("In a summary")
        FAILED = "failed", _("Failed")
        DROPPED = "dropped", _("Not sent")

    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("person"))
    address = models.EmailField(_("address"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    ticket = models.ForeignKey(Ticket, models.CASCADE, null=True, blank=True, related_name="+")
    event = models.ForeignKey(TicketEvent, models.PROTECT, null=True, blank=True, related_name="+")
    analysis = models.ForeignKey(Analysis, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=30)
    is_digestible = models.BooleanField(default=False)
    is_automatic = models.BooleanField(default=False)
    digest = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    key = models.CharField(max_length=160, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    handed_over_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=500, blank=True)

    objects = DeliveryQuerySet["Delivery"].as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(address=""), name="delivery_goes_somewhere"),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_has_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(status="pending"), name="delivery_pending"),
            models.Index(fields=["address", "sent_at"], condition=Q(status="sent"), name="delivery_sent_to"),
            models.Index(fields=["sent_at"], condition=Q(status="sent"), name="delivery_sent_at"),
            models.Index(fields=["-id"], condition=Q(status="failed"), name="delivery_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.address or self.user}"

    @property
    def message_id(self) -> str:
        """The same however often it is sent, so that a mail that arrives twice can be told to be one."""
        digest = hashlib.sha256(self.key.encode()).hexdigest()[:32]
        return f"<{digest}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>"


class Notice(models.Model):
    """One line behind the bell: an event a signed-in person should know of."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="+")
    event = models.ForeignKey(TicketEvent, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet["Notice"].as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notice_once_per_event")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.user_id}"
