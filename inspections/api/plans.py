"""Plans over REST, to read: staff all, a customer those of his sites. They are written on their pages."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from common.errors import NotVisible
from inspections.models import Plan


class PlanAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    contract = serializers.CharField(source="contract.number")
    organisation = serializers.CharField(source="contract.organisation.code")
    site = serializers.CharField(source="site.code")
    equipment = serializers.CharField(source="unit.serial_number", default=None, allow_null=True)
    checklist = serializers.CharField(source="checklist.code")
    every = serializers.ChoiceField(choices=Plan.Rhythms.choices)
    days = serializers.IntegerField(help_text="Of working days: every so many, or so many before each date.")
    dates = serializers.ListField(child=serializers.DateField())
    begins_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="The first day on which it owes nothing any more.")
    manner = serializers.ChoiceField(choices=Plan.Manner.choices)
    minutes = serializers.IntegerField(help_text="Length of a visit.")
    joint = serializers.BooleanField(source="is_joint")
    active = serializers.BooleanField(source="is_active")
    inspections = serializers.SerializerMethodField(help_text="The tickets it has led to, latest first.")

    def get_inspections(self, plan: Plan) -> list[str]:
        rows = sorted(plan.inspections.all(), key=lambda one: one.opens_on or plan.begins_on, reverse=True)
        return [one.ticket.reference for one in rows]


ROWS = Plan.objects.select_related("contract__organisation", "site", "unit", "checklist")


class Plans(ListResource):
    orderings = ("id",)
    default_ordering = "id"

    @extend_schema(operation_id="inspection_plans_list", responses=PlanAnswer(many=True))
    def get(self, request: Request) -> Response:
        self.read_filters()
        rows = ROWS.visible_to(self.person).prefetch_related("inspections__ticket")
        return self.page(rows, lambda found: PlanAnswer(found, many=True).data)


class OnePlan(Resource):
    @extend_schema(operation_id="inspection_plans_read", responses=PlanAnswer)
    def get(self, request: Request, pk: int) -> Response:
        row = ROWS.visible_to(self.person).filter(pk=pk).first()
        if row is None:
            raise NotVisible(_("There is no such plan."))
        return Response(PlanAnswer(row).data)
