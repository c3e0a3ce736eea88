"""Checklists, plans and inspections to look at; they are written on their own pages."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from common.admin import ReadOnlyAdmin
from inspections.models import (
    Analysis,
    Answer,
    AnswerEntry,
    Appointment,
    CalendarFeed,
    Checklist,
    ChecklistVersion,
    Finding,
    Inspection,
    Photo,
    Plan,
    ReferencePicture,
    Report,
    Sheet,
    SignOff,
)


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
    list_display = (
        "contract",
        "site",
        "unit",
        "checklist",
        "every",
        "pace",
        "begins_on",
        "ends_on",
        "is_active",
        "trouble",
    )
    list_filter = ("every", "is_active", ("trouble", admin.EmptyFieldListFilter))
    search_fields = ("contract__number", "site__code", "unit__serial_number")
    list_select_related = ("contract", "site", "unit__product", "checklist")


@admin.register(Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "plan", "key", "opens_on", "closes_on")
    search_fields = ("=ticket__number", "plan__contract__number")
    list_select_related = ("ticket", "plan__contract", "plan__site", "plan__unit__product")


@admin.register(Appointment)
class AppointmentAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "planned_at", "minutes", "outcome", "is_announced", "is_agreed", "has_offer", "maker")
    list_filter = ("outcome", "is_announced", "is_agreed", "has_offer", "maker")
    search_fields = ("=ticket__number",)
    list_select_related = ("ticket",)


@admin.register(ReferencePicture)
class ReferencePictureAdmin(ReadOnlyAdmin):
    list_display = ("sha256", "width", "height", "size", "added_at", "added_by")
    search_fields = ("=sha256",)
    list_select_related = ("added_by",)
    exclude = ("data",)


@admin.register(Sheet)
class SheetAdmin(ReadOnlyAdmin):
    list_display = ("inspection", "position", "version", "unit", "set_aside_at")
    search_fields = ("=inspection__ticket__number", "unit__serial_number", "version__name")
    list_select_related = ("inspection__ticket", "version", "unit__product")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sheet]:
        return Sheet.everything.order_by("inspection", "position", "pk")


@admin.register(AnswerEntry)
class AnswerEntryAdmin(ReadOnlyAdmin):
    list_display = ("sheet", "item", "author", "at", "received_at")
    search_fields = ("=sheet__inspection__ticket__number", "item")
    list_select_related = ("sheet__version", "sheet__unit__product", "sheet__inspection__ticket", "author")


@admin.register(Answer)
class AnswerAdmin(ReadOnlyAdmin):
    list_display = ("sheet", "item", "result", "reading", "choice", "outcome")
    list_filter = ("result", "outcome")
    search_fields = ("=sheet__inspection__ticket__number", "item")
    list_select_related = ("sheet__version", "sheet__unit__product", "sheet__inspection__ticket")


@admin.register(Finding)
class FindingAdmin(ReadOnlyAdmin):
    list_display = ("question", "sheet", "outcome", "ticket", "noted_at")
    list_filter = ("outcome",)
    search_fields = ("question", "text", "=ticket__number", "=sheet__inspection__ticket__number")
    list_select_related = ("sheet__version", "sheet__unit__product", "sheet__inspection__ticket", "ticket")


@admin.register(Photo)
class PhotoAdmin(ReadOnlyAdmin):
    list_display = ("name", "sheet", "item", "author", "taken_at", "size")
    search_fields = ("=sheet__inspection__ticket__number", "item", "sha256")
    list_select_related = ("sheet__version", "sheet__unit__product", "sheet__inspection__ticket", "author")


@admin.register(SignOff)
class SignOffAdmin(ReadOnlyAdmin):
    list_display = ("inspection", "manner", "signer", "signed_at", "by", "later_at")
    list_filter = ("manner",)
    search_fields = ("=inspection__ticket__number", "signer", "digest")
    list_select_related = ("inspection__ticket", "by")


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnlyAdmin):
    list_display = ("user", "is_active", "shows_all", "made_at")
    list_filter = ("is_active", "shows_all")
    search_fields = ("user__email",)
    list_select_related = ("user",)


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("inspection", "number", "language", "made_at", "sent_at", "acknowledged_at")
    search_fields = ("=inspection__ticket__number", "sha256")
    list_select_related = ("inspection__ticket",)


@admin.register(Analysis)
class AnalysisAdmin(ReadOnlyAdmin):
    list_display = ("contract", "begins_on", "ends_on", "number", "language", "sent_at", "acknowledged_at")
    search_fields = ("contract__number", "sha256")
    list_select_related = ("contract",)
