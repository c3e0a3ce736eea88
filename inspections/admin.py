"""Checklists and their versions to look at; they are written on their own pages."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from inspections.models import Checklist, ChecklistVersion


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
