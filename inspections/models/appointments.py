"""When a visit is planned: what its log says, kept so that calendars are index scans. Decides nothing."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inspections.models.plans import DEFAULT_MINUTES
from inspections.querysets import AppointmentQuerySet
from tickets.models import Ticket


class Appointment(models.Model):
    """What the log of an inspection says of its visit, so that calendars are index scans: a cache, kept by a receiver.

    `sequence` only grows: calendars elsewhere take a change by it. `outcome`: empty while somebody is to come.
    """

    class Maker(models.TextChoices):
        ASKED = "asked", _("asked")
        CONFIRMED = "confirmed", _("confirmed")

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("a visit", "done")
        FAILED = "failed", pgettext_lazy("a visit", "failed")
        CANCELLED = "cancelled", pgettext_lazy("a visit", "cancelled")

    ticket = models.OneToOneField(Ticket, models.CASCADE, related_name="appointment")
    planned_at = models.DateTimeField(_("planned for"))
    minutes = models.PositiveSmallIntegerField(_("length, minutes"), default=DEFAULT_MINUTES)
    sequence = models.PositiveIntegerField(default=0)
    booking = models.PositiveIntegerField()
    changed_at = models.DateTimeField(_("changed"))
    outcome = models.CharField(_("outcome"), max_length=9, choices=Outcome.choices, blank=True)
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
    def is_over(self) -> bool:
        return bool(self.outcome)

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
