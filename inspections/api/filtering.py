"""Parameters of the lists of plans, inspections and findings, and what of the rows they leave. Codes, never keys."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from rest_framework import serializers

from common.rest.fields import UtcDay
from common.rest.serializers import Strict
from customers.querysets import LONGEST_SERIAL
from inspections.models import Answer, Appointment, Inspection, Plan, Sheet
from tickets.kinds import OVER_STATES
from tickets.models import TicketEvent

M = TypeVar("M", bound=Model)
STATES = ("planned", "begun", "signed")
NO_OUTCOME = "none"
ENDED = (Appointment.Outcome.DONE, Appointment.Outcome.CANCELLED)


class Places(Strict):
    contract = serializers.CharField(required=False, max_length=60, help_text="Its number.")
    organisation = serializers.CharField(required=False, max_length=50, help_text="Its code.")
    site = serializers.CharField(required=False, max_length=50, help_text="Its code.")
    equipment = serializers.CharField(
        required=False, max_length=LONGEST_SERIAL, help_text="The serial number of a unit."
    )
    checklist = serializers.CharField(required=False, max_length=50, help_text="Its code.")


class PlanFilter(Places):
    active = serializers.BooleanField(required=False, allow_null=True, default=None, help_text="Whether it is in use.")
    every = serializers.ChoiceField(choices=Plan.Rhythms.choices, required=False)
    due_before = serializers.DateField(
        required=False, help_text="With an inspection that is not done and whose time is over before this day."
    )
    due_after = serializers.DateField(required=False, help_text="The same, over on this day or later.")


class InspectionFilter(Places):
    state = serializers.ChoiceField(
        choices=STATES, required=False, help_text="Of the visit: planned, begun and not signed, or signed."
    )
    plan = serializers.IntegerField(required=False, min_value=1, max_value=10**18 - 1)
    due_before = serializers.DateField(required=False, help_text="Whose time is over before this day.")
    due_after = serializers.DateField(required=False, help_text="Whose time is over on this day or later.")


class FindingFilter(Places):
    state = serializers.ChoiceField(
        choices=(*Answer.Outcomes.values, NO_OUTCOME), required=False, help_text="What came of it."
    )
    noted_before = UtcDay(required=False, help_text="Before this day, in UTC.")
    noted_after = UtcDay(required=False, help_text="On this day or later, in UTC.")


PLAN_PATHS = {
    "contract": "contract__number", "organisation": "site__organisation__code", "site": "site__code",
    "equipment": "unit__serial_number__iexact", "checklist": "checklist__code", "every": "every",
}  # fmt: skip
INSPECTION_PATHS = {
    "contract": "ticket__contract__number", "organisation": "ticket__organisation__code", "site": "ticket__site__code",
    "plan": "plan", "due_before": "closes_on__lte", "due_after": "closes_on__gt",
}  # fmt: skip
OF_VISIT = "sheet__inspection__ticket"
FINDING_PATHS = {
    "contract": f"{OF_VISIT}__contract__number", "organisation": f"{OF_VISIT}__organisation__code",
    "site": f"{OF_VISIT}__site__code", "checklist": "sheet__version__checklist__code",
    "noted_before": "noted_at__lt", "noted_after": "noted_at__gte",
}  # fmt: skip


def _narrowed(rows: QuerySet[M], values: Mapping[str, Any], paths: Mapping[str, str]) -> QuerySet[M]:
    return rows.filter(**{path: values[name] for name, path in paths.items() if values.get(name) not in (None, "")})


def plans(rows: QuerySet[Plan], values: Mapping[str, Any]) -> QuerySet[Plan]:
    rows = _narrowed(rows, values, PLAN_PATHS)
    if values.get("active") is not None:
        rows = rows.filter(is_active=values["active"])
    if values.get("due_before") or values.get("due_after"):
        done = TicketEvent.objects.in_force().filter(ticket=OuterRef("ticket"), type="visit_done")
        left = Inspection.objects.filter(~Exists(done), plan=OuterRef("pk")).exclude(ticket__state__in=OVER_STATES)
        due = {name: INSPECTION_PATHS[name] for name in ("due_before", "due_after")}
        rows = rows.filter(Exists(_narrowed(left, values, due)))
    return rows


def inspections(rows: QuerySet[Inspection], values: Mapping[str, Any]) -> QuerySet[Inspection]:
    """A unit's are those of its plan or ticket, and those at which it was looked at; a list's likewise."""
    rows = _narrowed(rows, values, INSPECTION_PATHS)
    if serial := values.get("equipment"):
        looked_at = Exists(Sheet.objects.filter(inspection=OuterRef("pk"), unit__serial_number__iexact=serial))
        rows = rows.filter(Q(ticket__equipment__serial_number__iexact=serial) | Q(looked_at))
    if code := values.get("checklist"):
        walked = Exists(Sheet.objects.filter(inspection=OuterRef("pk"), version__checklist__code=code))
        rows = rows.filter(Q(plan__checklist__code=code) | Q(checklist__code=code) | Q(walked))
    return rows.filter(IN_STATE[values["state"]]) if values.get("state") else rows


IN_STATE = {
    # A visit can be over without having been begun here: called off, or done and written down by hand.
    "planned": Q(begun_at__isnull=True)
    & ~Q(ticket__state__in=OVER_STATES)
    & ~Q(ticket__appointment__outcome__in=ENDED),
    "begun": Q(begun_at__isnull=False, sign_off__isnull=True),
    "signed": Q(sign_off__isnull=False),
}


def findings(rows: QuerySet[Any], values: Mapping[str, Any]) -> QuerySet[Any]:
    rows = _narrowed(rows, values, FINDING_PATHS)
    if serial := values.get("equipment"):
        rows = rows.filter(sheet__unit__serial_number__iexact=serial)
    if state := values.get("state"):
        rows = rows.filter(outcome="" if state == NO_OUTCOME else state)
    return rows
