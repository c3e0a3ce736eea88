"""Where parts lie: depots, vans, shelves at the customer's, consignment, and the road between them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.calendars import CALENDARS
from customers.models import Organisation, Site
from customers.zones import validate_country, validate_zone
from spares.kinds import StoreKind
from spares.models.catalogue import Part
from spares.querysets import StoreQuerySet

CALENDAR_CHOICES = tuple((code, code) for code in CALENDARS if code != "working-days")


class Store(models.Model):
    """`keeper`: whose van it is. `site`: whose shelf. `is_regional`: asked when the local depots have nothing.

    `frozen_at`: being counted; the ledger takes no movement but the count's own.
    """

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=6, choices=StoreKind.choices, default=StoreKind.DEPOT)
    address = models.TextField(_("address"), blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default="Asia/Shanghai", validators=[validate_zone])
    country = models.CharField(_("country"), max_length=2, default="CN", validators=[validate_country])
    calendar = models.CharField(_("opening hours"), max_length=20, choices=CALENDAR_CHOICES, default="5x8")
    is_regional = models.BooleanField(_("regional depot"), default=False)
    keeper = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="vans", verbose_name=_("driver")
    )
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="stores", verbose_name=_("customer's site")
    )
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = StoreQuerySet["Store"].as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("store")
        verbose_name_plural = _("stores")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=StoreKind.values), name="store_kind_known"),
            models.CheckConstraint(condition=~Q(kind="van") | Q(keeper__isnull=False), name="van_has_a_driver"),
            models.CheckConstraint(condition=~Q(kind="site") | Q(site__isnull=False), name="shelf_has_a_site"),
            models.UniqueConstraint(fields=["keeper"], condition=Q(kind="van", is_active=True), name="one_van_each"),
            models.UniqueConstraint(fields=["kind"], condition=Q(kind="way"), name="one_road"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.kind == StoreKind.VAN and self.keeper is None:
            raise ValidationError({"keeper": gettext("Say whose van it is.")})
        if self.kind == StoreKind.SITE and self.site is None:
            raise ValidationError({"site": gettext("Say at which site.")})


class Cover(models.Model):
    """This store serves that site, or all sites of an organisation; `position` 1 is asked first."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="covers")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    travel_minutes = models.PositiveIntegerField(_("travel time, minutes"), null=True, blank=True)

    objects = models.Manager["Cover"]()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("served place")
        verbose_name_plural = _("served places")
        constraints = [
            models.UniqueConstraint(fields=["store", "organisation", "site"], name="cover_once", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return f"{self.store}: {self.site or self.organisation}"


class Stocking(models.Model):
    """How much of a part a store should have and on which shelf. Below `minimum` it is said; filled up to `target`."""

    store = models.ForeignKey(Store, models.CASCADE, related_name="stockings")
    part = models.ForeignKey(Part, models.CASCADE, related_name="stockings")
    shelf = models.CharField(_("shelf"), max_length=40, blank=True)
    minimum = models.PositiveIntegerField(_("minimum"), default=0)
    target = models.PositiveIntegerField(_("target"), default=0)

    objects = models.Manager["Stocking"]()

    class Meta:
        ordering = ["store", "part"]
        verbose_name = _("stock level")
        verbose_name_plural = _("stock levels")
        constraints = [
            models.UniqueConstraint(fields=["store", "part"], name="stocking_once"),
            models.CheckConstraint(condition=Q(target__gte=models.F("minimum")), name="target_covers_minimum"),
        ]

    def __str__(self) -> str:
        return f"{self.store}: {self.part}"

    def clean(self) -> None:
        if self.target < self.minimum:
            raise ValidationError({"target": gettext("Enter the minimum or more.")})
