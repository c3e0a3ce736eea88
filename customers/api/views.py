"""Organisations, sites, units, contracts and memberships: lists, single rows, and writes for administrators.

A foreign row is as good as missing. The services decide who may write what.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.models import User
from accounts.policies import require
from accounts.services.records import lock
from common.errors import Invalid, NotVisible
from common.rest import versions
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
    access_notes = serializers.CharField(help_text="How people get in: where to report, permits, badges.")
    active = serializers.BooleanField(source="is_active")


class EquipmentAnswer(serializers.Serializer[Any]):
    serial_number = serializers.CharField()
    product = serializers.CharField(source="product.code")
    product_name = serializers.CharField(source="product.name")
    site = serializers.CharField(source="site.code")
    organisation = serializers.CharField(source="site.organisation.code")
    place = serializers.CharField()
    importance = serializers.ChoiceField(choices=Equipment.Importance.choices, help_text="What hangs on it.")
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
    importance = serializers.ChoiceField(choices=Equipment.Importance.choices, required=False)
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
            rows = self.narrowed(rows, name, value)
        return self.page(rows, lambda found: self.answer(found, many=True).data)

    def narrowed(self, rows: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return rows.filter(**{self.columns.get(name, name): value})


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
        return versions.shown(saved.row, OrganisationAnswer(saved.row).data, 201)


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
        return versions.shown(saved.row, SiteAnswer(saved.row).data, 201)


class Units(Rows):
    answer = EquipmentAnswer
    filters = EquipmentFilters
    columns = COLUMNS | {"organisation": "site__organisation__code"}
    orderings = ("serial_number",)
    default_ordering = "serial_number"

    def everything(self) -> QuerySet[Any]:
        return Equipment.objects.visible_to(self.person).select_related("product", "site__organisation")

    def narrowed(self, rows: Any, name: str, value: Any) -> QuerySet[Any]:
        """A serial number is found without its hyphens, as on every page."""
        found: QuerySet[Any] = (
            rows.with_serial(value) if name == "serial_number" else super().narrowed(rows, name, value)
        )
        return found

    @extend_schema(operation_id="equipment_list", parameters=[EquipmentFilters], responses=EquipmentAnswer(many=True))
    def get(self, request: Request) -> Response:
        return super().get(request)

    @extend_schema(operation_id="equipment_create", request=writing.EquipmentInput, responses={201: EquipmentAnswer})
    def post(self, request: Request) -> Response:
        require(self.actor, "customer.manage_equipment", TABLE)
        values = writing.columns(read(writing.EquipmentInput, request.data))
        saved = services.save_equipment(unit=Equipment(), values=values, by=self.actor)
        return versions.shown(saved.row, EquipmentAnswer(saved.row).data, 201)


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
        return versions.shown(saved.row, AgreementAnswer(saved.row).data, 201)


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

    answer: type[serializers.Serializer[Any]]
    changes: type[Strict]
    action: str
    key: str
    argument: str  # what the service calls the row
    save: Callable[..., services.Saved]

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def _row(self, name: str) -> Any:
        return _found(self.rows().filter(**{self.key: name}).first() if "\0" not in name else None)

    def get(self, request: Request, **names: str) -> Response:
        row = self._row(names[self.key])
        return versions.shown(row, self.answer(row).data)

    def patch(self, request: Request, **names: str) -> Response:
        row = self._row(names[self.key])
        require(self.actor, self.action, TABLE)
        with transaction.atomic():
            versions.check(request, lock(row))
            values = writing.columns(read(self.changes, request.data))
            saved = self.save(**{self.argument: row}, values=values, by=self.actor).row
        return versions.shown(saved, self.answer(saved).data)


def _documented(name: str) -> Callable[[type[OneRow]], type[OneRow]]:
    """The two operations of such a row in the schema."""

    def decorate(view: type[OneRow]) -> type[OneRow]:
        reading = extend_schema(operation_id=f"{name}_read", responses=view.answer)
        changing = extend_schema(operation_id=f"{name}_change", request=view.changes, responses=view.answer)
        return extend_schema_view(get=reading, patch=changing)(view)

    return decorate


@_documented("organisations")
class OneOrganisation(OneRow):
    answer = OrganisationAnswer
    changes = writing.OrganisationChanges
    action = "customer.manage_organisations"
    key = "code"
    argument = "organisation"
    save = staticmethod(services.save_organisation)

    def rows(self) -> QuerySet[Any]:
        return Organisation.objects.visible_to(self.person)


@_documented("sites")
class OneSite(OneRow):
    answer = SiteAnswer
    changes = writing.SiteChanges
    action = "customer.manage_organisations"
    key = "code"
    argument = "site"
    save = staticmethod(services.save_site)

    def rows(self) -> QuerySet[Any]:
        return Site.objects.visible_to(self.person).select_related("organisation")


@_documented("equipment")
class OneUnit(OneRow):
    answer = EquipmentAnswer
    changes = writing.EquipmentChanges
    action = "customer.manage_equipment"
    key = "serial_number"
    argument = "unit"
    save = staticmethod(services.save_equipment)

    def rows(self) -> QuerySet[Any]:
        return Equipment.objects.visible_to(self.person).select_related("product", "site__organisation")


@_documented("contracts")
class OneContract(OneRow):
    answer = AgreementAnswer
    changes = writing.ContractChanges
    action = "customer.manage_contracts"
    key = "number"
    argument = "contract"
    save = staticmethod(services.save_contract)

    def rows(self) -> QuerySet[Any]:
        return Contract.objects.visible_to(self.person).select_related("organisation")


def _found(row: Any) -> Any:
    if row is None:
        raise NotVisible(_("There is nothing of that name."))
    return row
