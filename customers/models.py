"""Who is served, where, with what machines, under which contract. Decides nothing; `coverage` does."""

from datetime import UTC, date, datetime, time

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.instants import add_months
from customers.querysets import (
    ContractQuerySet,
    EquipmentQuerySet,
    MembershipQuerySet,
    OrganisationQuerySet,
    SiteQuerySet,
    bare_serial,
)
from customers.zones import validate_country, validate_zone


class Organisation(models.Model):
    """`is_active` false: not served any more. What there was stays; nothing new is offered for it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_active = models.BooleanField(_("served"), default=True)

    objects = OrganisationQuerySet["Organisation"].as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place of the customer. Its zone and country decide the calendar, its travel time the arrival."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sites")
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    address = models.TextField(_("address"), blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai", validators=[validate_zone])
    country = models.CharField(_("country"), max_length=2, default="CN", validators=[validate_country])
    travel_minutes = models.PositiveIntegerField(_("travel time, minutes"), default=60)
    access_notes = models.TextField(_("access notes"), blank=True, default="")  # where to report, permits, badges
    has_local_loaner = models.BooleanField(_("loaner at the local depot"), default=False)
    is_active = models.BooleanField(_("served"), default=True)

    objects = SiteQuerySet["Site"].as_manager()

    class Meta:
        ordering = ["organisation__name", "name"]
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Lets a customer see a site's tickets, or with no site those of the whole organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="memberships")

    objects = MembershipQuerySet["Membership"].as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "site"], name="membership_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.site or self.organisation}"


class Product(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    family = models.CharField(_("family"), max_length=60, blank=True)
    maker = models.CharField(_("maker"), max_length=100, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.name


class Equipment(models.Model):
    """One unit at a site. Its warranty runs from acceptance or from delivery, as the unit's papers say.

    `importance`: what hangs on it, so that plans of inspections can visit what is vital more often.
    """

    class WarrantyStart(models.TextChoices):
        ACCEPTANCE = "acceptance", _("Acceptance")
        DELIVERY = "delivery", _("Delivery")

    class Importance(models.TextChoices):
        VITAL = "vital", pgettext_lazy("importance of a unit", "Vital")
        IMPORTANT = "important", pgettext_lazy("importance of a unit", "Important")
        ORDINARY = "ordinary", pgettext_lazy("importance of a unit", "Ordinary")

    serial_number = models.CharField(_("serial number"), max_length=80, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="equipment")
    site = models.ForeignKey(Site, models.PROTECT, related_name="equipment")
    place = models.CharField(_("place at the site"), max_length=150, blank=True)
    delivered_on = models.DateField(_("delivered on"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    warranty_from = models.CharField(
        _("warranty counts from"), max_length=12, choices=WarrantyStart.choices, default=WarrantyStart.ACCEPTANCE
    )
    warranty_months = models.PositiveSmallIntegerField(_("warranty, months"), null=True, blank=True)
    importance = models.CharField(
        _("importance"), max_length=9, choices=Importance.choices, default=Importance.ORDINARY
    )
    is_retired = models.BooleanField(_("out of service"), default=False)

    objects = EquipmentQuerySet["Equipment"].as_manager()

    class Meta:
        ordering = ["site", "product", "serial_number"]
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        indexes = [models.Index(bare_serial(), name="unit_by_bare_serial")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(importance__in=["vital", "important", "ordinary"]), name="unit_importance_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.serial_number}"

    def clean(self) -> None:
        if self.delivered_on and self.accepted_on and self.accepted_on < self.delivered_on:
            raise ValidationError({"accepted_on": gettext("Enter the day of delivery or a later one.")})

    @property
    def warranty_starts_on(self) -> date | None:
        return self.accepted_on if self.warranty_from == self.WarrantyStart.ACCEPTANCE else self.delivered_on

    @property
    def warranty_ends_on(self) -> date | None:
        """First day without warranty (half-open); None: unknown."""
        start = self.warranty_starts_on
        if start is None or not self.warranty_months:
            return None
        return add_months(datetime.combine(start, time(), UTC), self.warranty_months, "UTC").date()


class Contract(models.Model):
    """Promises a service scheme between two days. Nothing named below it: everything of the organisation is covered.

    `scheme_version` empty: the version in force when the ticket comes in. `scheme_code` is text because the schemes
    live above this package.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contracts")
    number = models.CharField(_("number"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    scheme_code = models.SlugField(_("service scheme"))
    scheme_version = models.PositiveIntegerField(_("scheme version"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (first day not covered)"), null=True, blank=True)
    sites = models.ManyToManyField(Site, blank=True, related_name="contracts", verbose_name=_("covered sites"))
    equipment = models.ManyToManyField(
        Equipment, blank=True, related_name="contracts", verbose_name=_("covered equipment")
    )
    categories = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("only these categories")
    )

    objects = ContractQuerySet["Contract"].as_manager()

    class Meta:
        ordering = ["organisation", "-starts_on"]
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=models.F("starts_on")),
                name="contract_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.number
