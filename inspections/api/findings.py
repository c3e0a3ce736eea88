"""Findings over REST: what was found bad on visits, and what came of it. Staff see all, a customer those of his signed
visits. Reads only.
"""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource
from common.rest.fields import Instant
from inspections.api import filtering
from inspections.models import Answer, Finding


class FindingRow(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    inspection = serializers.CharField(source="sheet.inspection.ticket.reference")
    organisation = serializers.CharField(
        source="sheet.inspection.ticket.organisation.code", default=None, allow_null=True
    )
    site = serializers.CharField(source="sheet.inspection.ticket.site.code", default=None, allow_null=True)
    equipment = serializers.CharField(source="sheet.unit.serial_number", default=None, allow_null=True)
    checklist = serializers.CharField(source="sheet.version.checklist.code")
    item = serializers.CharField()
    question = serializers.CharField()
    text = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Answer.Outcomes.choices, allow_blank=True)
    ticket = serializers.CharField(source="ticket.reference", default="")
    follows = serializers.IntegerField(source="follows_id", allow_null=True)
    noted_at = Instant()


AROUND = (
    "sheet__inspection__ticket__organisation", "sheet__inspection__ticket__site", "sheet__unit",
    "sheet__version__checklist", "ticket",
)  # fmt: skip


class Findings(ListResource):
    filters = filtering.FindingFilter
    orderings = ("id", "noted_at")
    default_ordering = "-noted_at"

    @extend_schema(operation_id="findings_list", parameters=[filtering.FindingFilter], responses=FindingRow(many=True))
    def get(self, request: Request) -> Response:
        rows = filtering.findings(Finding.objects.visible_to(self.person), self.read_filters())
        return self.page(rows.select_related(*AROUND), lambda found: FindingRow(found, many=True).data)
