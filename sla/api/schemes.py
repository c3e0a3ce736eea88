"""Schemes as documents, in force or by version, for those who may read them."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.models import User
from common.errors import NotVisible
from common.rest import filters
from common.rest.fields import Instant
from common.rest.serializers import Strict
from sla import library
from sla.models import SchemeVersion
from tickets.promises import UnknownPromise


class VersionFilter(Strict):
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class SchemeRow(serializers.Serializer[Any]):
    code = serializers.CharField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    effective_at = Instant()


class SchemeAnswer(SchemeRow):
    document = serializers.JSONField(help_text="The whole scheme as it is published.")


class Schemes(ListResource):
    orderings = ("code",)
    default_ordering = "code"

    @extend_schema(operation_id="schemes_list", responses=SchemeRow(many=True))
    def get(self, request: Request) -> Response:
        self.read_filters()
        in_force = [row.pk for row in library.in_force()]
        rows = SchemeVersion.objects.visible_to(self.person).filter(pk__in=in_force)
        return self.page(rows, lambda found: SchemeRow(found, many=True).data)


class SchemeDetail(Resource):
    @extend_schema(operation_id="schemes_read", parameters=[VersionFilter], responses=SchemeAnswer)
    def get(self, request: Request, code: str) -> Response:
        version = filters.read(request, VersionFilter).get("version")
        return Response(SchemeAnswer(scheme_row(self.person, code, version)).data)


def scheme_row(person: User, code: str, version: int | None) -> Any:
    readable = SchemeVersion.objects.visible_to(person).filter(code=code)
    if not readable.exists():
        raise NotVisible(_("There is no such scheme."))
    try:
        number = version if version is not None else library.version_in_force(code)
    except UnknownPromise:
        raise NotVisible(_("There is no such scheme.")) from None
    row = readable.filter(version=number).first()
    if row is None:
        raise NotVisible(_("There is no such version of this scheme."))
    return row
