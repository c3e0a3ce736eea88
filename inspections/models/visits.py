"""The inspection that hangs on a ticket, the lists walked on its visit, and every answer ever given. Decides nothing.

Entries are append-only (a trigger refuses change); an `Answer` is the current one of each check, kept so that trends
are queries. `Inspection.answered` and `total` are caches of them, for lists.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from customers.models import Equipment
from inspections.checklists import Outcome, Result
from inspections.models.checklists import Checklist, ChecklistVersion
from inspections.models.plans import Plan
from inspections.querysets import InspectionQuerySet, OfSheet
from tickets.models import Ticket


class Inspection(models.Model):
    """What a ticket of kind inspection is about. `plan` and `key`: which of the owed ones; else asked for by hand, or
    by an app above, which says by which list (`checklist`).

    `seen_at`: when something of the visit reached us last.
    """

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="inspection")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="inspections")
    checklist = models.ForeignKey(Checklist, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=40, blank=True)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)

    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    begun_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(_("last heard of"), null=True, blank=True)
    answered = models.PositiveIntegerField(_("checks answered"), default=0)
    total = models.PositiveIntegerField(_("checks"), default=0)
    summary = models.TextField(_("summary"), blank=True)
    advice = models.TextField(_("advice"), blank=True)
    parts_wanted = models.TextField(_("parts wanted"), blank=True)
    training = models.TextField(_("training"), blank=True)
    attended = models.TextField(_("who attended"), blank=True)

    objects = InspectionQuerySet["Inspection"].as_manager()

    class Meta:
        ordering = ["plan", "opens_on"]
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "key"], condition=Q(plan__isnull=False), name="inspection_owed_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ticket.reference} {self.key}"

    @property
    def signed_at(self) -> datetime | None:
        """When the visit was finished; None while it is under way."""
        return self.sign_off.signed_at if hasattr(self, "sign_off") else None


class StandingSheets(models.Manager["Sheet"]):
    """Without those of a begin that was taken back."""

    def get_queryset(self) -> models.QuerySet["Sheet"]:
        return super().get_queryset().filter(set_aside_at=None)


class Sheet(models.Model):
    """One list walked for one unit, or for the site as a whole. It keeps the version it began with.

    `asks`: findings of the visit before that this sheet asks about first. `set_aside_at`: when the begin of its visit
    was taken back; its entries stay, as a record.
    """

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="sheets")
    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Equipment, models.PROTECT, null=True, blank=True, related_name="inspection_sheets")
    position = models.PositiveSmallIntegerField(default=1)
    asks = models.ManyToManyField("inspections.Finding", blank=True, related_name="asked_by")
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True, editable=False)

    objects = StandingSheets()
    everything: "models.Manager[Sheet]" = models.Manager()

    class Meta:
        ordering = ["inspection", "position", "pk"]
        verbose_name = _("sheet of an inspection")
        verbose_name_plural = _("sheets of inspections")
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "version", "unit"],
                condition=Q(set_aside_at=None),
                name="sheet_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.unit or self.inspection}"


class AnswerEntry(models.Model):
    """One answer as it was given. The device makes the id, so that sending it again changes nothing.

    `base`: the entry it was written on top of. `at`: the device's time, never later than it was received.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="entries")
    item = models.CharField(_("check"), max_length=60)
    answer: Any = models.JSONField(_("answer"))
    base = models.UUIDField(null=True, blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("given"))
    received_at = models.DateTimeField(_("received"))

    objects = OfSheet["AnswerEntry"].as_manager()

    class Meta:
        ordering = ["received_at", "at"]
        verbose_name = _("entry of an answer")
        verbose_name_plural = _("entries of answers")
        indexes = [models.Index(fields=["sheet", "item"], name="entry_by_check")]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.item}"


class Answer(models.Model):
    """The answer of a check that counts now. `result` is what was pressed or what follows from the value.

    `other`: a different one that another device gave without having seen this; the office chooses.
    """

    class Results(models.TextChoices):
        OPEN = Result.OPEN.value, _("open")
        PASSED = Result.PASSED.value, _("passed")
        FAILED = Result.FAILED.value, _("failed")
        NOT_APPLICABLE = Result.NOT_APPLICABLE.value, _("not applicable")

    class Outcomes(models.TextChoices):
        CURED = Outcome.CURED.value, _("cured on the spot")
        WATCH = Outcome.WATCH.value, _("to be watched")
        TICKET = Outcome.TICKET.value, _("ticket raised")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="answers")
    item = models.CharField(_("check"), max_length=60)
    entry = models.OneToOneField(AnswerEntry, models.PROTECT, related_name="+")
    other = models.ForeignKey(AnswerEntry, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.CharField(_("result"), max_length=14, choices=Results.choices)
    reading = models.DecimalField(_("reading"), max_digits=20, decimal_places=6, null=True, blank=True)
    choice = models.CharField(_("choice"), max_length=50, blank=True)
    text = models.TextField(_("text"), blank=True)
    reason = models.TextField(_("reason"), blank=True)
    finding = models.TextField(_("finding"), blank=True)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcomes.choices, blank=True)

    objects = OfSheet["Answer"].as_manager()

    class Meta:
        ordering = ["sheet", "pk"]
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [models.UniqueConstraint(fields=["sheet", "item"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.item}: {self.result}"
