"""Checklists in versions, plans of what is owed, and the inspection that hangs on a ticket. Decides nothing.

A published version of a checklist is never edited: a trigger refuses it.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from customers.models import Contract, Equipment, Site
from inspections.planning import Every, Rhythm
from inspections.querysets import (
    AppointmentQuerySet,
    ChecklistQuerySet,
    InspectionQuerySet,
    PictureQuerySet,
    PlanQuerySet,
    VersionQuerySet,
)
from tickets.models import Ticket

DEFAULT_MINUTES, LONGEST_MINUTES = 120, 7 * 24 * 60


class Checklist(models.Model):
    """A list under its code for ever, with the draft of its next version. `draft` is null while nobody works on one;
    `draft_number` grows with each change of it, so that two who edit notice each other.
    """

    code = models.SlugField(_("code"), unique=True)
    draft: Any = models.JSONField(_("draft"), null=True, blank=True)
    draft_number = models.PositiveIntegerField(default=0, editable=False)
    draft_changed_at = models.DateTimeField(_("draft changed"), null=True, blank=True, editable=False)
    draft_changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    is_retired = models.BooleanField(_("not used any more"), default=False)

    objects = ChecklistQuerySet["Checklist"].as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")

    def __str__(self) -> str:
        return self.code


class ChecklistVersion(models.Model):
    """One published version, as a document; `checklists.read` reads it. A visit keeps the version it began with."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=150)
    document: Any = models.JSONField(_("document"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("published by"))

    objects = VersionQuerySet["ChecklistVersion"].as_manager()

    class Meta:
        ordering = ["checklist", "-number"]
        verbose_name = _("version of a checklist")
        verbose_name_plural = _("versions of checklists")
        constraints = [models.UniqueConstraint(fields=["checklist", "number"], name="checklist_version_once")]

    def __str__(self) -> str:
        return f"{self.name}, v{self.number}"


class Plan(models.Model):
    """Inspections that a contract owes at a site, of one unit there or of the whole; `planning` says when.

    `ends_on` empty: as long as the contract. `days`: of "working days" every so many, of "before dates" so many before.
    What was over on `made_on` is left out: nobody here knows about it.
    """

    class Manner(models.TextChoices):
        ON_SITE = "on-site", _("On site")
        PHONE = "phone", _("By phone")
        REMOTE = "remote", _("Remote")

    class Rhythms(models.TextChoices):
        MONTH = Every.MONTH.value, _("Every month")
        QUARTER = Every.QUARTER.value, _("Every three months")
        HALF_YEAR = Every.HALF_YEAR.value, _("Every six months")
        YEAR = Every.YEAR.value, _("Every year")
        WORKING_DAYS = Every.WORKING_DAYS.value, _("Every so many working days")
        DATES = Every.DATES.value, _("So many working days before given dates")
        ONCE = Every.ONCE.value, _("Once, within 60 days before a date")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="inspection_plans", verbose_name=_("contract"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="inspection_plans", verbose_name=_("site"))
    unit = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="inspection_plans", verbose_name=_("unit")
    )
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="plans", verbose_name=_("checklist"))
    every = models.CharField(_("how often"), max_length=12, choices=Rhythms.choices, default=Rhythms.HALF_YEAR)
    days = models.PositiveSmallIntegerField(_("working days"), default=1)
    dates = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("dates"))
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (first day not covered)"), null=True, blank=True)
    manner = models.CharField(_("how"), max_length=8, choices=Manner.choices, default=Manner.ON_SITE)
    is_joint = models.BooleanField(_("together with the maker"), default=False)
    maker_contact = models.CharField(_("contact at the maker"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length of a visit, minutes"), default=DEFAULT_MINUTES)
    assignee = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("engineer")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    made_on = models.DateField(editable=False)

    objects = PlanQuerySet["Plan"].as_manager()

    class Meta:
        ordering = ["contract", "site", "pk"]
        verbose_name = _("inspection plan")
        verbose_name_plural = _("inspection plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")), name="plan_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract}, {self.unit or self.site}"

    def clean(self) -> None:
        if self.ends_on and self.begins_on and self.ends_on <= self.begins_on:
            raise ValidationError({"ends_on": gettext("Enter a day after the first one.")})

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(Every(self.every), self.days, tuple(self.dates))

    @property
    def last_day(self) -> date | None:
        """The first day on which nothing is owed any more: the plan's or the contract's, whichever is first."""
        ends = [day for day in (self.ends_on, self.contract.ends_on) if day is not None]
        return min(ends, default=None)


class Inspection(models.Model):
    """What a ticket of kind inspection is about. `plan` and `key`: which of the owed ones; else asked for by hand."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="inspection")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="inspections")
    key = models.CharField(max_length=40, blank=True)
    opens_on = models.DateField(null=True)
    closes_on = models.DateField(null=True)

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


class Appointment(models.Model):
    """What the log of an inspection says of its visit, so that calendars are index scans: a cache, kept by a receiver.

    `sequence` only grows: calendars elsewhere take a change by it. `is_over`: done, failed or cancelled.
    """

    class Maker(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="appointment")
    planned_at = models.DateTimeField(_("planned for"))
    minutes = models.PositiveSmallIntegerField(_("length, minutes"), default=DEFAULT_MINUTES)
    sequence = models.PositiveIntegerField(default=0)
    booking = models.PositiveIntegerField()
    changed_at = models.DateTimeField(_("changed"))
    is_over = models.BooleanField(_("over"), default=False)
    is_announced = models.BooleanField(_("announced"), default=False)
    is_agreed = models.BooleanField(_("agreed by the customer"), default=False)
    has_offer = models.BooleanField(_("other dates proposed"), default=False)
    maker = models.CharField(_("maker"), max_length=9, choices=Maker.choices, blank=True)
    maker_contact = models.CharField(_("contact at the maker"), max_length=200, blank=True)

    objects = AppointmentQuerySet["Appointment"].as_manager()

    class Meta:
        ordering = ["planned_at", "pk"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        indexes = [models.Index(fields=["planned_at", "ticket"], name="appointment_by_time")]

    def __str__(self) -> str:
        return f"{self.ticket.reference} {self.planned_at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> datetime:
        return self.planned_at + timedelta(minutes=self.minutes)

    @property
    def is_joint(self) -> bool:
        """The maker's people come too. Expects the ticket with its inspection and plan."""
        inspection = getattr(self.ticket, "inspection", None)
        plan = inspection.plan if inspection else None
        return bool(self.maker) or (plan is not None and plan.is_joint)

    @property
    def is_settled(self) -> bool:
        """Everybody who has to say yes has said it."""
        return self.is_agreed and (not self.is_joint or self.maker == self.Maker.CONFIRMED)


class ReferencePicture(models.Model):
    """How something should look, drawn anew, under the hash of its bytes; items of checklists name it by that.

    It lies in the database and not among the files, so that a version and its pictures are kept, restored and undone
    together. It is never changed: another picture has another hash.
    """

    LARGEST = 300_000

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    data = models.BinaryField()
    size = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("added by"))

    objects = PictureQuerySet["ReferencePicture"].as_manager()

    class Meta:
        ordering = ["-added_at", "pk"]
        verbose_name = _("reference picture")
        verbose_name_plural = _("reference pictures")
        constraints = [models.CheckConstraint(condition=Q(size__lte=300_000), name="reference_picture_is_small")]

    def __str__(self) -> str:
        return self.sha256[:12]
