"""What a write of a plan says, read strictly, with rows for codes. The field is named as the client knows it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import User
from accounts.roles import Role
from common.errors import Invalid
from common.rest.fields import Text, Truth, Whole
from common.rest.serializers import Strict
from customers.api.writing import Code, Day
from customers.models import Contract, Equipment, Site
from inspections.models import LONGEST_MINUTES, Checklist, Plan

NAMES = {"equipment": "unit", "joint": "is_joint"}
FIELDS = {row: name for name, row in NAMES.items()}


class PlanChanges(Strict):
    site = Code(required=False)
    equipment = Text(max_length=80, required=False, allow_null=True, help_text="Null: the site as a whole.")
    checklist = Code(required=False)
    every = serializers.ChoiceField(choices=Plan.Rhythms.choices, required=False)
    days = Whole(min_value=1, max_value=250, required=False)
    weekday = Whole(max_value=6, required=False, allow_null=True, help_text="Of weeks; Monday is 0.")
    dates = serializers.ListField(child=Day(), required=False, max_length=100)
    vital_every = serializers.ChoiceField(choices=Plan.Paces.choices, required=False)
    important_every = serializers.ChoiceField(choices=Plan.Paces.choices, required=False)
    ordinary_every = serializers.ChoiceField(choices=Plan.Paces.choices, required=False)
    begins_on = Day(required=False)
    ends_on = Day(required=False, allow_null=True)
    manner = serializers.ChoiceField(choices=Plan.Manner.choices, required=False)
    minutes = Whole(min_value=15, max_value=LONGEST_MINUTES, required=False)
    joint = Truth(required=False)
    maker_contact = Text(max_length=200, required=False, allow_blank=True)
    assignee = Text(max_length=254, required=False, allow_null=True, help_text="E-mail address of an engineer.")


class PlanInput(PlanChanges):
    contract = Text(max_length=60)
    site = Code()
    checklist = Code()
    begins_on = Day()


class PlanPatch(PlanChanges):
    active = Truth(required=False)


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Raises Invalid where there is nothing of that name."""
    found = dict(values)
    for name, rows in (
        ("contract", Contract.objects.all()), ("site", Site.objects.all()), ("checklist", Checklist.objects.all()),
        ("equipment", Equipment.objects.all()),
        ("assignee", User.objects.filter(is_active=True, role=Role.ENGINEER)),
    ):  # fmt: skip
        if found.get(name) is not None:
            found[name] = _one(rows, name, found[name])
    return {NAMES.get(name, name): value for name, value in found.items()}


KEYS = {"contract": "number", "site": "code", "checklist": "code", "equipment": "serial_number", "assignee": "email"}


def _one(rows: Any, name: str, value: str) -> Any:
    row = rows.filter(**{KEYS[name]: value}).first()
    if row is None:
        raise Invalid.field(name, _("There is nothing of that name."))
    return row


def named(invalid: Invalid) -> Invalid:
    """The same refusal, its fields named as the client knows them."""
    return Invalid({FIELDS.get(name, name): sentences for name, sentences in invalid.errors.items()})
