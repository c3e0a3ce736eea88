"""Checklists as documents: read by staff; a draft is put, thrown away and published by those who write them."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.policies import require
from common.errors import Invalid, NotVisible, Stale
from common.rest import etags, filters
from common.rest.fields import Instant
from common.rest.serializers import Strict
from inspections import services
from inspections.models import Checklist, ChecklistVersion
from inspections.policies import TABLE

MANAGE = "inspection.manage_checklists"


class VersionFilter(Strict):
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class ChecklistRow(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField(allow_null=True, help_text="Null until it is published.")
    version = serializers.IntegerField(allow_null=True)
    has_draft = serializers.SerializerMethodField()
    retired = serializers.BooleanField(source="is_retired")

    def get_has_draft(self, row: Any) -> bool:
        return row.draft is not None


class ChecklistAnswer(serializers.Serializer[Any]):
    code = serializers.CharField(source="checklist.code")
    version = serializers.IntegerField(source="number")
    name = serializers.CharField()
    published_at = Instant()
    document = serializers.JSONField(help_text="The whole list, as the export writes it.")


class DraftAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    document = serializers.JSONField(source="draft")
    changed_at = Instant(source="draft_changed_at")


class Checklists(ListResource):
    orderings = ("code",)
    default_ordering = "code"

    @extend_schema(operation_id="checklists_list", responses=ChecklistRow(many=True))
    def get(self, request: Request) -> Response:
        self.read_filters()
        latest = ChecklistVersion.objects.filter(checklist=OuterRef("pk")).order_by("-number")
        columns = {"version": Subquery(latest.values("number")[:1]), "name": Subquery(latest.values("name")[:1])}
        rows = Checklist.objects.visible_to(self.person).annotate(**columns)
        return self.page(rows, lambda found: ChecklistRow(found, many=True).data)


class OfChecklist(Resource):
    def one(self, code: str) -> Checklist:
        row = Checklist.objects.visible_to(self.person).filter(code=code).first()
        if row is None:
            raise NotVisible(_("There is no such checklist."))
        return row


class ChecklistDetail(OfChecklist):
    @extend_schema(operation_id="checklists_read", parameters=[VersionFilter], responses=ChecklistAnswer)
    def get(self, request: Request, code: str) -> Response:
        """The version in force, or the one that is asked for."""
        number = filters.read(request, VersionFilter).get("version")
        versions = self.one(code).versions.select_related("checklist")
        version = versions.first() if number is None else versions.filter(number=number).first()
        if version is None:
            raise NotVisible(_("There is no such version of this checklist."))
        return Response(ChecklistAnswer(version).data)


class Draft(OfChecklist):
    """The draft of the next version. Its ETag is what `If-Match` of the next change names."""

    @extend_schema(operation_id="checklists_draft_read", responses=DraftAnswer)
    def get(self, request: Request, code: str) -> Response:
        require(self.actor, MANAGE, TABLE)
        row = self.one(code)
        if row.draft is None:
            raise NotVisible(_("There is no draft of this checklist."))
        return shown(row)

    @extend_schema(operation_id="checklists_draft_put", request={"application/json": {"type": "object"}},
                   responses=DraftAnswer)  # fmt: skip
    def put(self, request: Request, code: str) -> Response:
        """A whole document; a list of that code is made if there is none."""
        require(self.actor, MANAGE, TABLE)
        document: Any = request.data
        if not isinstance(document, dict) or document.get("code") != code:
            raise Invalid.field("code", _("The document names the code of its address."))
        row = Checklist.objects.filter(code=code).first()
        if row is None or row.draft is None:
            row = services.import_document(document=document, by=self.actor, now=timezone.now())
        else:
            check(request, row)
            services.check_document(document)
            row = services.save_draft(
                checklist=row, document=document, seen=row.draft_number, by=self.actor, now=timezone.now()
            )
        return shown(row)

    @extend_schema(operation_id="checklists_draft_delete", responses={204: None})
    def delete(self, request: Request, code: str) -> Response:
        row = self.one(code)
        services.discard_draft(checklist=row, by=self.actor, now=timezone.now())
        return Response(status=204)


class Publish(OfChecklist):
    @extend_schema(operation_id="checklists_publish", request=None, responses={201: ChecklistAnswer})
    def post(self, request: Request, code: str) -> Response:
        """The draft becomes the next version."""
        row = self.one(code)
        check(request, row)
        version = services.publish(checklist=row, seen=row.draft_number, by=self.actor, now=timezone.now())
        return Response(ChecklistAnswer(version).data, status=201)


def check(request: Request, row: Checklist) -> None:
    """Raises Stale when If-Match names another state of the draft."""
    if not etags.is_satisfied(request, row.draft_number):
        raise Stale(_("It has changed since you read it."), {"etag": etags.of_version(row.draft_number)})


def shown(row: Checklist) -> Response:
    return Response(DraftAnswer(row).data, headers={"ETag": etags.of_version(row.draft_number)})
