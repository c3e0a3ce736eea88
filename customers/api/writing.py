"""What a write of a place, unit or contract says, read strictly."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from common.errors import Invalid
from common.rest.fields import Text, Truth, Whole
from common.rest.serializers import Strict
from customers.kinds import Category
from customers.models import Equipment, Organisation, Product, Site

M = TypeVar("M", bound=models.Model)
NAMES = {"local_loaner": "has_local_loaner", "retired": "is_retired", "active": "is_active", "scheme": "scheme_code"}


class Code(Text):
    """A slug; the model checks its letters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 50, **options})


class Day(serializers.DateField):
    """A calendar day of a year that people mean."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        if not 1950 <= day.year < 2100:
            self.fail("invalid", format="YYYY-MM-DD")
        return day


class OrganisationChanges(Strict):
    name = Text(max_length=150, required=False)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    active = Truth(required=False)


class OrganisationInput(OrganisationChanges):
    code = Code()
    name = Text(max_length=150)


class SiteChanges(Strict):
    name = Text(max_length=150, required=False)
    address = Text(max_length=1000, required=False, allow_blank=True)
    zone = Text(max_length=60, required=False)
    country = Text(max_length=2, required=False)
    travel_minutes = Whole(max_value=10080, required=False)
    local_loaner = Truth(required=False)
    access_notes = Text(max_length=1000, required=False, allow_blank=True)
    active = Truth(required=False)


class NewSiteInput(SiteChanges):
    code = Code()
    organisation = Code()
    name = Text(max_length=150)


class EquipmentChanges(Strict):
    product = Code(required=False)
    site = Code(required=False)
    place = Text(max_length=150, required=False, allow_blank=True)
    importance = serializers.ChoiceField(choices=Equipment.Importance.choices, required=False)
    delivered_on = Day(required=False, allow_null=True)
    accepted_on = Day(required=False, allow_null=True)
    warranty_from = serializers.ChoiceField(choices=Equipment.WarrantyStart.choices, required=False)
    warranty_months = Whole(max_value=600, required=False, allow_null=True)
    retired = Truth(required=False)


class EquipmentInput(EquipmentChanges):
    serial_number = Text(max_length=80)
    product = Code()
    site = Code()


class ContractChanges(Strict):
    name = Text(max_length=150, required=False, allow_blank=True)
    scheme = Code(required=False)
    scheme_version = Whole(min_value=1, required=False, allow_null=True)
    starts_on = Day(required=False)
    ends_on = Day(required=False, allow_null=True)
    sites = serializers.ListField(child=Code(), required=False, max_length=500)
    equipment = serializers.ListField(child=Text(max_length=80), required=False, max_length=5000)
    categories = serializers.ListField(child=serializers.ChoiceField(choices=Category.choices), required=False)


class ContractInput(ContractChanges):
    number = Text(max_length=60)
    organisation = Code()
    scheme = Code()
    starts_on = Day()


class MembershipInput(Strict):
    email = Text(max_length=254)
    organisation = Code()
    site = Code(required=False, allow_null=True)


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """The names of the columns, with rows for codes. Raises Invalid, the field named as the client knows it."""
    found = {NAMES.get(name, name): value for name, value in values.items()}
    for name, model, key in (
        ("organisation", Organisation, "code"), ("site", Site, "code"), ("product", Product, "code"),
    ):  # fmt: skip
        if found.get(name) is not None:
            found[name] = _one(model, key, found[name], name)
    if "sites" in found:
        found["sites"] = _many(Site.objects.all(), "code", found["sites"], "sites")
    if "equipment" in found:
        units = Equipment.objects.select_related("site")
        found["equipment"] = _many(units, "serial_number", found["equipment"], "equipment")
    return found


def _one(model: Any, key: str, value: str, name: str) -> Any:
    row = model.objects.filter(**{key: value}).first()
    if row is None:
        raise Invalid.field(name, _("There is nothing of that name."))
    return row


def _many(rows: Any, key: str, values: list[str], name: str) -> list[Any]:
    found = list(rows.filter(**{f"{key}__in": values}))
    missing = sorted(set(values) - {getattr(row, key) for row in found})
    if missing:
        raise Invalid.field(name, _("There is nothing named %(names)s.") % {"names": ", ".join(missing[:5])})
    return found
