"""Schemes as data, the override table of the calendars, and the caches that lists and sweeps read.

Clock and Timer rows are what `plan` says of the log; `rebuild` reproduces them. Nothing here decides anything.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sla.querysets import ClockQuerySet, SchemeQuerySet
from tickets.models import Ticket


class SchemeVersion(models.Model):
    """One published version of a service scheme, as a document. Never edited once published: a trigger refuses it."""

    code = models.SlugField(_("code"))
    version = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=150)
    document = models.JSONField(_("document"))
    effective_at = models.DateTimeField(_("in force from"))
    published_at = models.DateTimeField(_("published"))

    objects = SchemeQuerySet["SchemeVersion"].as_manager()

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("service scheme")
        verbose_name_plural = _("service schemes")
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="scheme_version_once")]

    def __str__(self) -> str:
        return f"{self.name}, v{self.version}"


class SchemeText(models.Model):
    """A text of a scheme in another language, of all versions that say it. It promises nothing: it may be edited."""

    code = models.SlugField(_("code"))
    language = models.CharField(_("language"), max_length=10)
    source = models.TextField(_("text of the scheme"))
    text = models.TextField(_("translation"))

    class Meta:
        ordering = ["code", "language", "pk"]
        verbose_name = _("translation of a scheme")
        verbose_name_plural = _("translations of schemes")
        constraints = [models.UniqueConstraint("code", "language", MD5("source"), name="scheme_text_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.language}: {self.source[:60]}"


class CalendarOverride(models.Model):
    """An administrator's word on one day in one country; it wins over the holiday data."""

    class Status(models.TextChoices):
        CLOSED = "closed", pgettext_lazy("a day", "Closed")
        WORKING = "working", _("Worked")

    country = models.CharField(_("country"), max_length=2)
    day = models.DateField(_("day"))
    status = models.CharField(_("status"), max_length=8, choices=Status.choices)
    name = models.CharField(_("why"), max_length=150, blank=True)
    announced_on = models.DateField(_("announced on"), null=True, blank=True)

    class Meta:
        ordering = ["country", "day"]
        verbose_name = _("calendar override")
        verbose_name_plural = _("calendar overrides")
        constraints = [models.UniqueConstraint(fields=["country", "day"], name="override_once_a_day")]

    def __str__(self) -> str:
        return f"{self.country} {self.day}: {self.status}"


class Clock(models.Model):
    """One run of one target. `due_at` is null while paused; `remaining_seconds` then says what is left.

    How late it is follows from `over` and what `over_calendar` (empty: all time) counts from `over_since_at` on (null:
    nothing); see `sla.lateness`.
    """

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="clocks")
    target = models.CharField(max_length=40)
    run = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=20)
    state = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    is_paused = models.BooleanField(default=False)
    duration_seconds = models.PositiveBigIntegerField(null=True)
    elapsed_seconds = models.PositiveBigIntegerField(null=True)
    remaining_seconds = models.PositiveBigIntegerField(null=True)
    over = models.DurationField(default=timedelta)
    over_since_at = models.DateTimeField(null=True)
    over_calendar = models.CharField(max_length=60, blank=True)
    is_provisional = models.BooleanField(default=False)
    edition = models.CharField(max_length=60, blank=True)

    objects = ClockQuerySet["Clock"].as_manager()

    class Meta:
        ordering = ["ticket_id", "target", "run"]  # "ticket" would join and order by the ticket's own ordering
        verbose_name = _("clock")
        verbose_name_plural = _("clocks")
        constraints = [models.UniqueConstraint(fields=["ticket", "target", "run"], name="clock_run_once")]
        indexes = [
            models.Index(fields=["due_at"], name="clock_by_due"),
            # Reports count the clocks of a time: everything they count by is in the index.
            models.Index(
                fields=["started_at"], include=["target", "level", "state", "due_at", "ticket"], name="clock_by_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.target} {self.run}"


class Timer(models.Model):
    """When a clock next needs attention: one row per clock with a threshold ahead. An index only; firing plans anew."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="timers")
    target = models.CharField(max_length=40)
    run = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = _("timer")
        verbose_name_plural = _("timers")
        constraints = [models.UniqueConstraint(fields=["ticket", "target", "run"], name="timer_once_per_run")]
        indexes = [models.Index(fields=["due_at", "ticket"], name="timer_by_due")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.target} {self.kind}"


class Trouble(models.Model):
    """A ticket whose promises could not be evaluated: set aside, retried with back-off, shown to administrators."""

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="trouble")
    since_at = models.DateTimeField(_("since"))
    attempts = models.PositiveIntegerField(_("attempts"), default=1)
    retry_at = models.DateTimeField(_("next attempt"))
    error = models.TextField(_("error"))

    class Meta:
        ordering = ["since_at"]
        verbose_name = _("ticket out of date")
        verbose_name_plural = _("tickets out of date")
        indexes = [models.Index(fields=["retry_at"], name="trouble_by_retry")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.error[:80]}"

    @property
    def cause(self) -> str:
        """The last line of the trace: what was wrong."""
        return self.error.strip().rsplit("\n", 1)[-1][:300]


class Sweep(models.Model):
    """The sweep's memory, one row: the highest instant seen, the watermark, the last full sweep, planning anew."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seen_at = models.DateTimeField()
    watermark_at = models.DateTimeField()
    full_at = models.DateTimeField()
    # Open tickets above this primary key still have to be planned anew after a change of the calendars; null: none.
    replan_from = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweep")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="sweep_single_row")]

    def __str__(self) -> str:
        return f"swept until {self.watermark_at}"
