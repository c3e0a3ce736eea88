"""Lists and single rows of organisations, sites and units; a foreign one is as good as missing."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from common.errors import NotVisible
from common.rest.serializers import Strict
from customers.models import Equipment, Organisation, Site


class OrganisationAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    language = serializers.CharField()


class SiteAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    organisation = serializers.CharField(source="organisation.code")
    address = serializers.CharField()
    zone = serializers.CharField()
    country = serializers.CharField()
    travel_minutes = serializers.IntegerField()
    local_loaner = serializers.BooleanField(source="has_local_loaner")


class EquipmentAnswer(serializers.Serializer[Any]):
    serial_number = serializers.CharField()
    product = serializers.CharField(source="product.code")
    product_name = serializers.CharField(source="product.name")
    site = serializers.CharField(source="site.code")
    organisation = serializers.CharField(source="site.organisation.code")
    place = serializers.CharField()
    warranty_starts_on = serializers.DateField(allow_null=True)
    warranty_ends_on = serializers.DateField(allow_null=True, help_text="The first day without warranty.")
    retired = serializers.BooleanField(source="is_retired")


class OrganisationFilters(Strict):
    code = serializers.CharField(required=False, max_length=50)


class SiteFilters(OrganisationFilters):
    organisation = serializers.CharField(required=False, max_length=50)


class EquipmentFilters(Strict):
    serial_number = serializers.CharField(required=False, max_length=80)
    product = serializers.CharField(required=False, max_length=50)
    site = serializers.CharField(required=False, max_length=50)
    organisation = serializers.CharField(required=False, max_length=50)


COLUMNS = {"product": "product__code", "site": "site__code", "organisation": "organisation__code"}


class Rows(ListResource):
    """A list whose filters are names of columns."""

    answer: type[serializers.Serializer[Any]]
    columns = COLUMNS

    def everything(self) -> QuerySet[Any]:
        raise NotImplementedError

    def get(self, request: Request) -> Response:
        rows = self.everything()
        for name, value in self.read_filters().items():
            rows = rows.filter(**{self.columns.get(name, name): value})
        return self.page(rows, lambda found: self.answer(found, many=True).data)


class Organisations(Rows):
    answer = OrganisationAnswer
    filters = OrganisationFilters
    orderings = ("name", "code")
    default_ordering = "name"

    def everything(self) -> QuerySet[Any]:
        return Organisation.objects.visible_to(self.person)

    @extend_schema(
        operation_id="organisations_list", parameters=[OrganisationFilters], responses=OrganisationAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        return super().get(request)


class Sites(Rows):
    answer = SiteAnswer
    filters = SiteFilters
    orderings = ("name", "code")
    default_ordering = "name"

    def everything(self) -> QuerySet[Any]:
        return Site.objects.visible_to(self.person).select_related("organisation")

    @extend_schema(operation_id="sites_list", parameters=[SiteFilters], responses=SiteAnswer(many=True))
    def get(self, request: Request) -> Response:
        return super().get(request)


class Units(Rows):
    answer = EquipmentAnswer
    filters = EquipmentFilters
    columns = COLUMNS | {"organisation": "site__organisation__code"}
    orderings = ("serial_number",)
    default_ordering = "serial_number"

    def everything(self) -> QuerySet[Any]:
        return Equipment.objects.visible_to(self.person).select_related("product", "site__organisation")

    @extend_schema(operation_id="equipment_list", parameters=[EquipmentFilters], responses=EquipmentAnswer(many=True))
    def get(self, request: Request) -> Response:
        return super().get(request)


class OneOrganisation(Resource):
    @extend_schema(operation_id="organisations_read", responses=OrganisationAnswer)
    def get(self, request: Request, code: str) -> Response:
        row = Organisation.objects.visible_to(self.person).filter(code=code).first()
        return Response(OrganisationAnswer(_found(row)).data)


class OneSite(Resource):
    @extend_schema(operation_id="sites_read", responses=SiteAnswer)
    def get(self, request: Request, code: str) -> Response:
        row = Site.objects.visible_to(self.person).select_related("organisation").filter(code=code).first()
        return Response(SiteAnswer(_found(row)).data)


class OneUnit(Resource):
    @extend_schema(operation_id="equipment_read", responses=EquipmentAnswer)
    def get(self, request: Request, serial_number: str) -> Response:
        units = Equipment.objects.visible_to(self.person).select_related("product", "site__organisation")
        is_possible = "\0" not in serial_number
        row = units.filter(serial_number=serial_number).first() if is_possible else None
        return Response(EquipmentAnswer(_found(row)).data)


def _found(row: Any) -> Any:
    if row is None:
        raise NotVisible(_("There is nothing of that name."))
    return row
