"""Plans over REST: staff read all, a customer those of his sites; those who manage plans write them."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from accounts.api.resources import ListResource, Resource
from accounts.models import User
from accounts.policies import require
from common.errors import Invalid, NotVisible
from common.rest import versions
from common.rest.serializers import read
from inspections import prospects, services
from inspections.api import filtering
from inspections.api.plan_writing import PlanInput, PlanPatch, columns, named
from inspections.models import Plan
from inspections.policies import TABLE

MANAGE = "inspection.manage_plans"


class PlanAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    contract = serializers.CharField(source="contract.number")
    organisation = serializers.CharField(source="contract.organisation.code")
    site = serializers.CharField(source="site.code")
    equipment = serializers.CharField(source="unit.serial_number", default=None, allow_null=True)
    checklist = serializers.CharField(source="checklist.code")
    every = serializers.ChoiceField(choices=Plan.Rhythms.choices)
    days = serializers.IntegerField(help_text="Of weeks and working days: every so many, or so many before each date.")
    weekday = serializers.IntegerField(allow_null=True, help_text="Of weeks; Monday is 0.")
    dates = serializers.ListField(child=serializers.DateField())
    vital_every = serializers.ChoiceField(
        choices=Plan.Paces.choices, help_text="By importance: how often a vital unit is visited; the next two likewise."
    )
    important_every = serializers.ChoiceField(choices=Plan.Paces.choices)
    ordinary_every = serializers.ChoiceField(choices=Plan.Paces.choices)
    pace = serializers.ChoiceField(
        choices=Plan.Rhythms.choices,
        source="rhythm.every.value",
        help_text="What it goes by now: `every`, or by importance what the importance of its unit says.",
    )
    begins_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="The first day on which it owes nothing any more.")
    manner = serializers.ChoiceField(choices=Plan.Manner.choices)
    minutes = serializers.IntegerField(help_text="Length of a visit.")
    joint = serializers.BooleanField(source="is_joint")
    maker_contact = serializers.SerializerMethodField(help_text="For staff.")
    assignee = serializers.SerializerMethodField(help_text="For staff.")
    active = serializers.BooleanField(source="is_active")
    inspections = serializers.SerializerMethodField(help_text="The tickets it has led to, latest first.")

    def get_maker_contact(self, plan: Plan) -> str | None:
        return plan.maker_contact if self.context.get("is_staff") else None

    def get_assignee(self, plan: Plan) -> str | None:
        return plan.assignee.email if plan.assignee and self.context.get("is_staff") else None

    def get_inspections(self, plan: Plan) -> list[str]:
        rows = sorted(plan.inspections.all(), key=lambda one: one.opens_on or plan.begins_on, reverse=True)
        return [one.ticket.reference for one in rows]


class Owes(serializers.Serializer[Any]):
    """What it will owe from today on."""

    visits = serializers.IntegerField(source="count", help_text="Within twelve months.")
    first_from = serializers.DateField(source="first.opens_on", default=None, allow_null=True)
    first_before = serializers.DateField(source="first.closes_on", default=None, allow_null=True)
    nothing = serializers.ChoiceField(
        choices=[str(why) for why in prospects.Nothing], allow_null=True, help_text="Why it owes none."
    )
    text = serializers.CharField(source="words", help_text="The same as a sentence, with what is doubtful about it.")


class OnePlanAnswer(PlanAnswer):
    owes = serializers.SerializerMethodField()

    @extend_schema_field(Owes)
    def get_owes(self, plan: Plan) -> dict[str, Any]:
        return dict(Owes(prospects.of(plan, timezone.localdate())).data)


ROWS = Plan.objects.select_related(
    "contract__organisation", "site__organisation", "unit__product", "unit__site", "checklist", "assignee"
)


class Plans(ListResource):
    filters = filtering.PlanFilter
    orderings = ("id",)
    default_ordering = "id"

    @extend_schema(
        operation_id="inspection_plans_list", parameters=[filtering.PlanFilter], responses=PlanAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        rows = filtering.plans(ROWS.visible_to(self.person), self.read_filters())
        rows = rows.prefetch_related("inspections__ticket")
        context = {"is_staff": self.person.is_staff_member}
        return self.page(rows, lambda found: PlanAnswer(found, many=True, context=context).data)

    @extend_schema(operation_id="inspection_plans_create", request=PlanInput, responses={201: OnePlanAnswer})
    def post(self, request: Request) -> Response:
        """What it owes soon is planned at once. One that can never owe a visit is refused; `owes` says what it will."""
        require(self.actor, MANAGE, TABLE)
        values = columns(read(PlanInput, request.data))
        row = saved(Plan(contract=values.pop("contract")), values, self.actor)
        return shown(row, self.person, 201)


class OnePlan(Resource):
    @extend_schema(operation_id="inspection_plans_read", responses=OnePlanAnswer)
    def get(self, request: Request, pk: int) -> Response:
        row = ROWS.visible_to(self.person).filter(pk=pk).first()
        if row is None:
            raise NotVisible(_("There is no such plan."))
        return shown(row, self.person)

    @extend_schema(operation_id="inspection_plans_change", request=PlanPatch, responses=OnePlanAnswer)
    def patch(self, request: Request, pk: int) -> Response:
        """What has been planned stays; what is changed counts for the rest. `active` false takes it out of use."""
        require(self.actor, MANAGE, TABLE)
        with transaction.atomic():
            row = ROWS.visible_to(self.person).select_for_update(of=("self",)).filter(pk=pk).first()
            if row is None:
                raise NotVisible(_("There is no such plan."))
            versions.check(request, row)
            values = read(PlanPatch, request.data)
            is_active = values.pop("active", None)
            if values:
                row = saved(row, columns(values), self.actor)
            if is_active is not None:
                services.set_active(plan=row, is_active=is_active, by=self.actor, today=timezone.localdate())
            return shown(ROWS.get(pk=pk), self.person)


def saved(row: Plan, values: dict[str, Any], by: Actor) -> Plan:
    given = {"contract": row.contract, "site": row.site} if row.pk else {"contract": row.contract}
    try:
        with transaction.atomic():
            now = timezone.now()
            written = {**given, **values}
            plan = services.save_plan(plan=row, values=written, by=by, today=timezone.localdate(now), now=now).row
            services.generate(now=now, only=plan)
    except Invalid as invalid:
        raise named(invalid) from invalid
    return ROWS.get(pk=plan.pk)


def shown(row: Plan, person: User, status: int = 200) -> Response:
    body = OnePlanAnswer(row, context={"is_staff": person.is_staff_member}).data
    return versions.shown(row, body, status)
