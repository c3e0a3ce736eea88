"""The catalogue of parts: what there is to keep, what fits where and what may take its place."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from customers.models import Product
from spares.querysets import PartQuerySet


class Part(models.Model):
    """`names`: by language; `name` where a language has none. `price` and its currency: for one piece.

    `lead_days`: calendar days from our order to its arrival. `is_serialised`: each piece has a serial number.
    """

    number = models.CharField(_("part number"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=150)
    names: Any = models.JSONField(_("names in other languages"), default=dict, blank=True)
    maker = models.CharField(_("maker"), max_length=100, blank=True)
    maker_numbers = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("maker's numbers")
    )
    is_serialised = models.BooleanField(_("tracked by serial number"), default=False)
    is_repairable = models.BooleanField(_("can be repaired"), default=False)
    similar_will_do = models.BooleanField(_("a similar part will do"), default=False)
    price = models.DecimalField(
        _("price"), max_digits=12, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, default="CNY", blank=True)
    lead_days = models.PositiveSmallIntegerField(_("lead time, days"), null=True, blank=True)
    supported_until = models.DateField(_("end of support"), null=True, blank=True)
    products = models.ManyToManyField(Product, blank=True, related_name="parts", verbose_name=_("fits"))
    is_active = models.BooleanField(_("in use"), default=True)

    objects = PartQuerySet["Part"].as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        constraints = [
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="part_price_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.own_name}"

    @property
    def own_name(self) -> str:
        """In the reader's language, if it has one there."""
        return str(self.names.get(get_language() or "en") or self.name)


class Substitute(models.Model):
    """`other` may stand in for `part`; the other way round is a row of its own."""

    part = models.ForeignKey(Part, models.CASCADE, related_name="substitutes")
    other = models.ForeignKey(Part, models.CASCADE, related_name="stands_in_for", verbose_name=_("part"))
    is_equal = models.BooleanField(_("the same in use"), default=True)

    objects = models.Manager["Substitute"]()

    class Meta:
        ordering = ["-is_equal", "other__number"]
        verbose_name = _("substitute")
        verbose_name_plural = _("substitutes")
        constraints = [
            models.UniqueConstraint(fields=["part", "other"], name="substitute_once"),
            models.CheckConstraint(condition=~Q(part=F("other")), name="substitute_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.part.number}: {self.other.number}"
