"""Organisations and what hangs on them, for administrators."""

from django.contrib import admin

from customers.forms import ContractForm
from customers.models import Contract, Equipment, Membership, Organisation, Product, Site


class SiteInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Site
    extra = 0
    fields = ("code", "name", "zone", "country", "travel_minutes", "has_local_loaner")


class MembershipInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Membership
    extra = 0
    autocomplete_fields = ("user", "site")


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "language")
    list_filter = ("language",)
    search_fields = ("name", "code")
    inlines = (SiteInline, MembershipInline)


@admin.register(Site)
class SiteAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "organisation", "country", "zone", "travel_minutes", "has_local_loaner")
    list_filter = ("country", "zone", "organisation")
    search_fields = ("name", "code", "address", "organisation__name")
    autocomplete_fields = ("organisation",)
    list_select_related = ("organisation",)


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("user", "organisation", "site")
    list_filter = ("organisation",)
    search_fields = ("user__name", "user__email", "organisation__name", "site__name")
    autocomplete_fields = ("user", "organisation", "site")
    list_select_related = ("user", "organisation", "site")


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "family", "maker")
    list_filter = ("family", "maker")
    search_fields = ("name", "code", "maker")


@admin.register(Equipment)
class EquipmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("serial_number", "product", "site", "place", "importance", "warranty_ends_on", "is_retired")
    list_filter = ("importance", "is_retired", "product__family", "site__organisation")
    search_fields = ("serial_number", "product__name", "place", "site__name", "site__organisation__name")
    autocomplete_fields = ("product", "site")
    list_select_related = ("product", "site")


@admin.register(Contract)
class ContractAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = ContractForm
    list_display = ("number", "organisation", "name", "scheme_code", "scheme_version", "starts_on", "ends_on")
    list_filter = ("scheme_code", "organisation")
    search_fields = ("number", "name", "organisation__name")
    autocomplete_fields = ("organisation", "sites", "equipment")
    list_select_related = ("organisation",)
    date_hierarchy = "starts_on"
