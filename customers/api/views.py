"""Organisations, sites, units, contracts and memberships: lists, single rows, and writes for administrators.

A foreign row is as good as missing. The services decide who may write what.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.models import User
from accounts.policies import require
from accounts.services.records import lock
from common.errors import Invalid, NotVisible
from common.rest.serializers import Strict, read
from customers import services
from customers.api import writing
from customers.models import Contract, Equipment, Membership, Organisation, Site
from customers.policies import TABLE


class OrganisationAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    language = serializers.CharField()
    active = serializers.BooleanField(source="is_active")


class SiteAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    organisation = serializers.CharField(source="organisation.code")
    address = serializers.CharField()
    zone = serializers.CharField()
    country = serializers.CharField()
    travel_minutes = serializers.IntegerField()
    local_loaner = serializers.BooleanField(source="has_local_loaner")
    active = serializers.BooleanField(source="is_active")


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


class AgreementAnswer(serializers.Serializer[Any]):
    number = serializers.CharField()
    name = serializers.CharField()
    organisation = serializers.CharField(source="organisation.code")
    scheme = serializers.CharField(source="scheme_code")
    scheme_version = serializers.IntegerField(allow_null=True)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True, help_text="The first day that is not covered.")
    sites = serializers.SerializerMethodField()
    equipment = serializers.SerializerMethodField()
    categories = serializers.ListField(child=serializers.CharField())

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_sites(self, contract: Contract) -> list[str]:
        return [site.code for site in contract.sites.all()]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_equipment(self, contract: Contract) -> list[str]:
        return [unit.serial_number for unit in contract.equipment.all()]


class MembershipAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    email = serializers.CharField(source="user.email")
    organisation = serializers.CharField(source="organisation.code")
    site = serializers.CharField(source="site.code", allow_null=True, default=None)


class OrganisationFilters(Strict):
    code = serializers.CharField(required=False, max_length=50)


class SiteFilters(OrganisationFilters):
    organisation = serializers.CharField(required=False, max_length=50)


class ContractFilters(Strict):
    number = serializers.CharField(required=False, max_length=60)
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

    @extend_schema(
        operation_id="organisations_create", request=writing.OrganisationInput, responses={201: OrganisationAnswer}
    )
    def post(self, request: Request) -> Response:
        require(self.actor, "customer.manage_organisations", TABLE)
        values = writing.columns(read(writing.OrganisationInput, request.data))
        saved = services.save_organisation(organisation=Organisation(), values=values, by=self.actor)
        return writing.shown(saved.row, OrganisationAnswer(saved.row).data, 201)


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

    @extend_schema(operation_id="sites_create", request=writing.NewSiteInput, responses={201: SiteAnswer})
    def post(self, request: Request) -> Response:
        require(self.actor, "customer.manage_organisations", TABLE)
        values = writing.columns(read(writing.NewSiteInput, request.data))
        saved = services.save_site(site=Site(), values=values, by=self.actor)
        return writing.shown(saved.row, SiteAnswer(saved.row).data, 201)


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

    @extend_schema(operation_id="equipment_create", request=writing.EquipmentInput, responses={201: EquipmentAnswer})
    def post(self, request: Request) -> Response:
        require(self.actor, "customer.manage_equipment", TABLE)
        values = writing.columns(read(writing.EquipmentInput, request.data))
        saved = services.save_equipment(unit=Equipment(), values=values, by=self.actor)
        return writing.shown(saved.row, EquipmentAnswer(saved.row).data, 201)


class Contracts(Rows):
    answer = AgreementAnswer
    filters = ContractFilters
    orderings = ("number", "starts_on")
    default_ordering = "number"

    def everything(self) -> QuerySet[Any]:
        rows = Contract.objects.visible_to(self.person).select_related("organisation")
        return rows.prefetch_related("sites", "equipment")

    @extend_schema(operation_id="contracts_list", parameters=[ContractFilters], responses=AgreementAnswer(many=True))
    def get(self, request: Request) -> Response:
        return super().get(request)

    @extend_schema(operation_id="contracts_create", request=writing.ContractInput, responses={201: AgreementAnswer})
    def post(self, request: Request) -> Response:
        require(self.actor, "customer.manage_contracts", TABLE)
        values = writing.columns(read(writing.ContractInput, request.data))
        saved = services.save_contract(contract=Contract(), values=values, by=self.actor)
        return writing.shown(saved.row, AgreementAnswer(saved.row).data, 201)


class MembershipFilters(Strict):
    organisation = serializers.CharField(required=False, max_length=50)
    site = serializers.CharField(required=False, max_length=50)
    email = serializers.CharField(required=False, max_length=254)


class Memberships(Rows):
    answer = MembershipAnswer
    filters = MembershipFilters
    columns = COLUMNS | {"email": "user__email__iexact"}
    orderings = ("id",)
    default_ordering = "id"

    def everything(self) -> QuerySet[Any]:
        require(self.actor, "customer.see_records", TABLE)
        return Membership.objects.select_related("user", "organisation", "site")

    @extend_schema(
        operation_id="memberships_list", parameters=[MembershipFilters], responses=MembershipAnswer(many=True)
    )
    def get(self, request: Request) -> Response:
        return super().get(request)

    @extend_schema(
        operation_id="memberships_create", request=writing.MembershipInput, responses={201: MembershipAnswer}
    )
    def post(self, request: Request) -> Response:
        require(self.actor, "customer.manage_memberships", TABLE)
        values = writing.columns(read(writing.MembershipInput, request.data))
        user = User.objects.filter(email__iexact=values["email"]).first()
        if user is None:
            raise Invalid.field("email", _("Nobody has this address."))
        membership = services.add_membership(
            user=user, organisation=values["organisation"], site=values.get("site"), by=self.actor
        )
        return Response(MembershipAnswer(membership).data, status=201)


class OneMembership(Resource):
    @extend_schema(operation_id="memberships_remove", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        require(self.actor, "customer.manage_memberships", TABLE)
        rows = Membership.objects.select_related("user", "organisation", "site__organisation")
        services.remove_membership(membership=_found(rows.filter(pk=pk).first()), by=self.actor)
        return Response(status=204)


class OneRow(Resource):
    """One row by its name; PATCH changes what the body names, unless it changed since `If-Match`."""

    def change(self, request: Request, row: Any, changes: type[Strict], save: Callable[[dict[str, Any]], Any]) -> Any:
        with transaction.atomic():
            found = lock(_found(row))
            writing.check(request, found)
            return save(writing.columns(read(changes, request.data))).row


class OneOrganisation(OneRow):
    def _row(self, code: str) -> Organisation | None:
        return Organisation.objects.visible_to(self.person).filter(code=code).first()

    @extend_schema(operation_id="organisations_read", responses=OrganisationAnswer)
    def get(self, request: Request, code: str) -> Response:
        row = _found(self._row(code))
        return writing.shown(row, OrganisationAnswer(row).data)

    @extend_schema(
        operation_id="organisations_change", request=writing.OrganisationChanges, responses=OrganisationAnswer
    )
    def patch(self, request: Request, code: str) -> Response:
        row = _found(self._row(code))
        require(self.actor, "customer.manage_organisations", TABLE)
        saved = self.change(
            request,
            row,
            writing.OrganisationChanges,
            lambda values: services.save_organisation(organisation=row, values=values, by=self.actor),
        )
        return writing.shown(saved, OrganisationAnswer(saved).data)


class OneSite(OneRow):
    def _row(self, code: str) -> Site | None:
        return Site.objects.visible_to(self.person).select_related("organisation").filter(code=code).first()

    @extend_schema(operation_id="sites_read", responses=SiteAnswer)
    def get(self, request: Request, code: str) -> Response:
        row = _found(self._row(code))
        return writing.shown(row, SiteAnswer(row).data)

    @extend_schema(operation_id="sites_change", request=writing.SiteChanges, responses=SiteAnswer)
    def patch(self, request: Request, code: str) -> Response:
        row = _found(self._row(code))
        require(self.actor, "customer.manage_organisations", TABLE)
        saved = self.change(
            request,
            row,
            writing.SiteChanges,
            lambda values: services.save_site(site=row, values=values, by=self.actor),
        )
        return writing.shown(saved, SiteAnswer(saved).data)


class OneUnit(OneRow):
    def _row(self, serial_number: str) -> Equipment | None:
        units = Equipment.objects.visible_to(self.person).select_related("product", "site__organisation")
        return units.filter(serial_number=serial_number).first() if "\0" not in serial_number else None

    @extend_schema(operation_id="equipment_read", responses=EquipmentAnswer)
    def get(self, request: Request, serial_number: str) -> Response:
        row = _found(self._row(serial_number))
        return writing.shown(row, EquipmentAnswer(row).data)

    @extend_schema(operation_id="equipment_change", request=writing.EquipmentChanges, responses=EquipmentAnswer)
    def patch(self, request: Request, serial_number: str) -> Response:
        row = _found(self._row(serial_number))
        require(self.actor, "customer.manage_equipment", TABLE)
        saved = self.change(
            request,
            row,
            writing.EquipmentChanges,
            lambda values: services.save_equipment(unit=row, values=values, by=self.actor),
        )
        return writing.shown(saved, EquipmentAnswer(saved).data)


class OneContract(OneRow):
    def _row(self, number: str) -> Contract | None:
        rows = Contract.objects.visible_to(self.person).select_related("organisation")
        return rows.filter(number=number).first() if "\0" not in number else None

    @extend_schema(operation_id="contracts_read", responses=AgreementAnswer)
    def get(self, request: Request, number: str) -> Response:
        row = _found(self._row(number))
        return writing.shown(row, AgreementAnswer(row).data)

    @extend_schema(operation_id="contracts_change", request=writing.ContractChanges, responses=AgreementAnswer)
    def patch(self, request: Request, number: str) -> Response:
        row = _found(self._row(number))
        require(self.actor, "customer.manage_contracts", TABLE)
        saved = self.change(
            request,
            row,
            writing.ContractChanges,
            lambda values: services.save_contract(contract=row, values=values, by=self.actor),
        )
        return writing.shown(saved, AgreementAnswer(saved).data)


def _found(row: Any) -> Any:
    if row is None:
        raise NotVisible(_("There is nothing of that name."))
    return row
