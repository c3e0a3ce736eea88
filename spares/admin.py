"""The store room to look at; it is written on its own pages, and its balances by the ledger alone."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from spares.models import Balance, Cover, Movement, Part, PartRequest, Piece, Reservation, Stocking, Store, Substitute


@admin.register(Part)
class PartAdmin(ReadOnlyAdmin):
    list_display = ("number", "name", "maker", "is_serialised", "is_repairable", "price", "lead_days", "is_active")
    list_filter = ("is_serialised", "is_repairable", "is_active")
    search_fields = ("number", "name", "maker")


@admin.register(Substitute)
class SubstituteAdmin(ReadOnlyAdmin):
    list_display = ("part", "other", "is_equal")
    search_fields = ("part__number", "other__number")
    list_select_related = ("part", "other")


@admin.register(Store)
class StoreAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "kind", "zone", "calendar", "is_regional", "frozen_at", "is_active")
    list_filter = ("kind", "is_regional", "is_active")
    search_fields = ("name", "code")


@admin.register(Cover)
class CoverAdmin(ReadOnlyAdmin):
    list_display = ("store", "organisation", "site", "position", "travel_minutes")
    search_fields = ("store__name", "organisation__name", "site__code")
    list_select_related = ("store", "organisation", "site")


@admin.register(Stocking)
class StockingAdmin(ReadOnlyAdmin):
    list_display = ("store", "part", "shelf", "minimum", "target")
    search_fields = ("store__name", "part__number")
    list_select_related = ("store", "part")


@admin.register(Piece)
class PieceAdmin(ReadOnlyAdmin):
    list_display = ("part", "serial_number", "store", "condition")
    list_filter = ("condition",)
    search_fields = ("serial_number", "part__number")
    list_select_related = ("part", "store")


@admin.register(Movement)
class MovementAdmin(ReadOnlyAdmin):
    list_display = ("moved_at", "part", "piece", "quantity", "from_store", "to_store", "reason", "ticket", "by")
    list_filter = ("reason",)
    search_fields = ("part__number", "piece__serial_number", "=ticket__number")
    list_select_related = ("part", "piece__part", "from_store", "to_store", "ticket", "by")


@admin.register(Balance)
class BalanceAdmin(ReadOnlyAdmin):
    list_display = ("store", "part", "condition", "quantity", "reserved")
    list_filter = ("condition",)
    search_fields = ("store__name", "part__number")
    list_select_related = ("store", "part")


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    list_display = ("request", "store", "part", "condition", "quantity", "by", "at")
    search_fields = ("part__number", "=request__ticket__number")
    list_select_related = ("request__part", "store", "part", "by")


@admin.register(PartRequest)
class PartRequestAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "part", "wanted", "quantity", "purpose", "state", "store", "engineer", "asked_at")
    list_filter = ("state", "purpose", "source")
    search_fields = ("=ticket__number", "part__number", "wanted", "tracking")
    list_select_related = ("ticket", "part", "store", "engineer")
