"""Important periods, promised work in steps, and the customer's signature under it. Decides nothing.

A signature is never edited or removed: a trigger refuses it.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from customers.models import Contract, Equipment, Organisation, Site
from inspections.models import Inspection
from jobs.kinds import WORKS, Importance, JobKind
from jobs.kinds import Step as StepKind
from jobs.querysets import AllowanceQuerySet, JobQuerySet, OfJob, PeriodQuerySet
from tickets.models import Attachment, Ticket


class Period(models.Model):
    """Days at a site that matter more than others. `last_on`: the last of them."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="important_periods")
    site = models.ForeignKey(Site, models.PROTECT, related_name="important_periods", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=150)
    importance = models.CharField(
        _("importance"), max_length=10, choices=Importance.choices, default=Importance.IMPORTANT
    )
    begins_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"))
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")

    objects = PeriodQuerySet["Period"].as_manager()

    class Meta:
        ordering = ["begins_on", "pk"]
        verbose_name = _("important period")
        verbose_name_plural = _("important periods")
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("begins_on")), name="period_ends_after_start"),
            models.UniqueConstraint(fields=["site", "name", "begins_on"], name="period_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.begins_on and self.last_on and self.last_on < self.begins_on:
            raise ValidationError({"last_on": gettext("Enter the first day or a later one.")})


class Job(models.Model):
    """What a ticket of kind job is about. `contract`: the one that owes it; none: it is beyond what is promised."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="job")
    kind = models.CharField(_("kind"), max_length=14, choices=JobKind.choices)
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="jobs")
    period = models.ForeignKey(Period, models.PROTECT, null=True, blank=True, related_name="jobs")
    importance = models.CharField(max_length=10, choices=Importance.choices, default=Importance.IMPORTANT)
    begins_on = models.DateField(_("from"))
    last_on = models.DateField(_("last day"))
    engineers = models.ManyToManyField(User, blank=True, related_name="+", verbose_name=_("engineers"))
    units = models.ManyToManyField(Equipment, blank=True, related_name="jobs", verbose_name=_("units"))

    objects = JobQuerySet["Job"].as_manager()

    class Meta:
        ordering = ["begins_on", "pk"]
        verbose_name = _("planned work")
        verbose_name_plural = _("planned work")
        indexes = [models.Index(fields=["contract", "kind", "begins_on"], name="job_of_contract")]
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("begins_on")), name="job_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=JobKind.values), name="job_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket.reference} {self.get_kind_display()}"


class Step(models.Model):
    """One step of a piece of work; its kind's table says what it asks. Once done, it stays as it is."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="steps")
    code = models.SlugField(max_length=20)
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("due"))
    values: Any = models.JSONField(default=dict, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    told_late_at = models.DateTimeField(null=True, blank=True, editable=False)
    papers = models.ManyToManyField(Attachment, blank=True, related_name="+", verbose_name=_("papers"))

    objects = OfJob["Step"].as_manager()

    class Meta:
        ordering = ["job", "position"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        constraints = [models.UniqueConstraint(fields=["job", "code"], name="step_once")]

    def __str__(self) -> str:
        return str(self.kind.title)

    @property
    def kind(self) -> StepKind:
        found = WORKS[self.job.kind].step(self.code)
        assert found is not None  # made from the same table
        return found


class Check(models.Model):
    """The inspection of one device before an event."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="checks")
    unit = models.ForeignKey(Equipment, models.PROTECT, related_name="+")
    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="job_check")

    objects = OfJob["Check"].as_manager()

    class Meta:
        ordering = ["job", "unit"]
        verbose_name = _("check before an event")
        verbose_name_plural = _("checks before an event")
        constraints = [models.UniqueConstraint(fields=["job", "unit"], name="unit_checked_once")]

    def __str__(self) -> str:
        return f"{self.unit}"


class Acceptance(models.Model):
    """The customer's signature: `document` is what was signed, `digest` its SHA-256. Under a delivery the warranty
    counts from it.

    How, by whose device and who was there stands in the document too, under the digest.
    """

    class Manner(models.TextChoices):
        DRAWN = "drawn", _("drawn")
        TYPED = "typed", _("typed name")
        PAPER = "paper", _("on paper")

    job = models.OneToOneField(Job, models.PROTECT, related_name="acceptance")
    name = models.CharField(_("signed by"), max_length=150)
    manner = models.CharField(_("how"), max_length=5, choices=Manner.choices, default=Manner.TYPED)
    signed_at = models.DateTimeField(_("signed"))
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("account"))
    accepted_on = models.DateField(_("accepted on"))
    document: Any = models.JSONField(_("document"))
    digest = models.CharField(_("SHA-256"), max_length=64)

    objects = OfJob["Acceptance"].as_manager()

    class Meta:
        ordering = ["signed_at"]
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")

    def __str__(self) -> str:
        return f"{self.name}, {self.signed_at}"

    @property
    def signature(self) -> dict[str, Any]:
        """As it was written down: name, manner, device (`customer` or `ours`), and who was present."""
        return {"device": "customer", "present": "", "strokes": [], **self.document.get("signature", {})}


class Allowance(models.Model):
    """How many a year a contract promises of a kind, where it is not what its scheme promises."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="allowances")
    kind = models.CharField(_("kind"), max_length=14, choices=JobKind.choices)
    per_year = models.PositiveSmallIntegerField(_("a year"))

    objects = AllowanceQuerySet["Allowance"].as_manager()

    class Meta:
        ordering = ["contract", "kind"]
        verbose_name = _("promised a year")
        verbose_name_plural = _("promised a year")
        constraints = [models.UniqueConstraint(fields=["contract", "kind"], name="allowance_once")]

    def __str__(self) -> str:
        return f"{self.contract}, {self.get_kind_display()}: {self.per_year}"
