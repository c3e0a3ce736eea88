"""What was found on a visit: a finding for each failed check, and the photos. Decides nothing."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models.visits import Answer, Sheet
from inspections.querysets import OfSheet
from tickets.models import Ticket


class Finding(models.Model):
    """One failed check. `question` and `severity` are those of the check, so that it reads without its list.

    `follows`: the finding of an earlier visit that this one was asked about, and that was not cured after all.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="findings")
    item = models.CharField(_("check"), max_length=60)
    question = models.CharField(_("what was checked"), max_length=600)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Answer.Outcomes.choices, blank=True)
    text = models.TextField(_("finding"), blank=True)
    ticket = models.OneToOneField(Ticket, models.PROTECT, null=True, blank=True, related_name="finding")
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    noted_at = models.DateTimeField()

    objects = OfSheet["Finding"].as_manager()

    class Meta:
        ordering = ["sheet", "pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [models.UniqueConstraint(fields=["sheet", "item"], name="finding_once")]

    def __str__(self) -> str:
        return self.question


class Photo(models.Model):
    """A picture of a check. The device makes the id; `key` is its place in the store of files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="photos")
    item = models.CharField(_("check"), max_length=60)
    key = models.UUIDField(unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    has_preview = models.BooleanField(default=False)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(_("taken"))
    received_at = models.DateTimeField(_("received"))

    objects = OfSheet["Photo"].as_manager()

    class Meta:
        ordering = ["taken_at", "id"]
        verbose_name = _("photo of an inspection")
        verbose_name_plural = _("photos of inspections")
        indexes = [models.Index(fields=["sheet", "item"], name="photo_by_check")]

    def __str__(self) -> str:
        return self.name
