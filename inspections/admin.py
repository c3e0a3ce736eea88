"""Checklists, plans and inspections to look at; they are written on their own pages."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from inspections.models import Appointment, Checklist, ChecklistVersion, Inspection, Plan, ReferencePicture


@admin.register(Checklist)
class ChecklistAdmin(ReadOnlyAdmin):
    list_display = ("code", "is_retired", "draft_changed_at", "draft_changed_by")
    list_filter = ("is_retired",)
    search_fields = ("code",)
    list_select_related = ("draft_changed_by",)


@admin.register(ChecklistVersion)
class ChecklistVersionAdmin(ReadOnlyAdmin):
    list_display = ("name", "checklist", "number", "published_at", "published_by")
    search_fields = ("name", "checklist__code")
    list_select_related = ("checklist", "published_by")


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    list_display = ("contract", "site", "unit", "checklist", "every", "begins_on", "ends_on", "is_active")
    list_filter = ("every", "is_active")
    search_fields = ("contract__number", "site__code", "unit__serial_number")
    list_select_related = ("contract", "site", "unit__product", "checklist")


@admin.register(Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "plan", "key", "opens_on", "closes_on")
    search_fields = ("=ticket__number", "plan__contract__number")
    list_select_related = ("ticket", "plan__contract", "plan__site", "plan__unit__product")


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "planned_at", "minutes", "is_over", "is_announced", "is_agreed", "has_offer", "maker")
    list_filter = ("is_over", "is_announced", "is_agreed", "has_offer", "maker")
    search_fields = ("=ticket__number",)
    list_select_related = ("ticket",)


@admin.register(ReferencePicture)
class ReferencePictureAdmin(ReadOnlyAdmin):
    list_display = ("sha256", "width", "height", "size", "added_at", "added_by")
    search_fields = ("=sha256",)
    list_select_related = ("added_by",)
    exclude = ("data",)
