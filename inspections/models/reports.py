"""What is handed to the customer: the report of a visit and the analysis of a system, in editions. Decides nothing.

`sha256` is that of the file as it was made. A sent edition stays as it is: a trigger refuses everything but the
customer's word on it.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from customers.models import Contract
from inspections.models.visits import Inspection
from inspections.querysets import AnalysisQuerySet, ReportQuerySet


def person(label: Any = "", **options: Any) -> Any:
    return models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=label, **options
    )


def moment(label: Any) -> Any:
    return models.DateTimeField(label, null=True, blank=True, editable=False)


class Edition(models.Model):
    """One paper: its words, its file, and what became of it. `key`: its place in the store, empty while not made.

    `document`: what the file says, block by block, so that pages show the same. `asked_at` while it waits for a worker,
    `taken_at` while one makes it, `failed_at` where that went wrong.
    """

    number = models.PositiveSmallIntegerField(_("edition"), default=1)
    language = models.CharField(_("language"), max_length=10, default="en")
    summary = models.TextField(_("summary"), blank=True)
    upgrade = models.TextField(_("upgrade"), blank=True)
    replace = models.TextField(_("replace"), blank=True)
    train = models.TextField(_("train"), blank=True)
    document: Any = models.JSONField(default=dict, editable=False)
    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    made_at = moment(_("made"))
    made_by = person(_("made by"))
    asked_at = moment(_("asked to be made"))
    asked_by = person(_("asked by"))
    taken_at = moment(_("taken in hand"))
    failed_at = moment(_("could not be made"))
    sent_at = moment(_("sent"))
    sent_by = person(_("sent by"))
    acknowledged_at = moment(_("acknowledged"))
    acknowledged_by = person(_("acknowledged by"))
    comment = models.TextField(_("comment"), blank=True)
    commented_at = moment(_("commented"))
    commented_by = person(_("commented by"))

    class Meta:
        abstract = True


class Report(Edition):
    """Of a signed visit."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="reports")

    objects = ReportQuerySet["Report"].as_manager()

    class Meta:
        ordering = ["inspection", "-number"]
        verbose_name = _("report of an inspection")
        verbose_name_plural = _("reports of inspections")
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="report_edition_once"),
            models.UniqueConstraint(fields=["inspection"], condition=Q(sent_at=None), name="report_one_in_hand"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(key__isnull=False), name="report_sent_has_file"),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(asked_at=None), name="report_sent_waits_for_nothing"),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(asked_at__isnull=False), name="report_asked")]

    def __str__(self) -> str:
        return f"{self.inspection.ticket.reference}, {self.number}"


class Days(NamedTuple):
    """The last one inside."""

    first: date
    last: date


class Analysis(Edition):
    """Of all that a contract covers, over a period: the last day is inside."""

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="analyses", verbose_name=_("contract"))
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to, inclusive"))

    objects = AnalysisQuerySet["Analysis"].as_manager()

    class Meta:
        ordering = ["-ends_on", "contract", "-number"]
        verbose_name = _("system analysis")
        verbose_name_plural = _("system analyses")
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "begins_on", "ends_on", "number"], name="analysis_edition_once"
            ),
            models.UniqueConstraint(
                fields=["contract", "begins_on", "ends_on"], condition=Q(sent_at=None), name="analysis_one_in_hand"
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(key__isnull=False), name="analysis_sent_has_file"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(asked_at=None), name="analysis_sent_waits_for_nothing"
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="analysis_ends_after_start"),
        ]
        indexes = [models.Index(fields=["asked_at"], condition=Q(asked_at__isnull=False), name="analysis_asked")]

    def __str__(self) -> str:
        return f"{self.contract}, {self.begins_on} – {self.ends_on}"

    @property
    def covered(self) -> Days:
        """Those of the period on which the contract was in force; all of them where it was on none, for it was changed
        since. Expects the contract.
        """
        first, last = max(self.begins_on, self.contract.starts_on), self.ends_on
        if self.contract.ends_on is not None:
            last = min(last, self.contract.ends_on - timedelta(days=1))
        return Days(first, last) if first <= last else Days(self.begins_on, self.ends_on)

    @property
    def is_partly_covered(self) -> bool:
        return self.covered != Days(self.begins_on, self.ends_on)
