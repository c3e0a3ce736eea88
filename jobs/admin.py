"""Planned work to look at; it is written on its own pages."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin
from jobs.models import Acceptance, Allowance, Check, Job, Period, Step


@admin.register(Period)
class PeriodAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisation", "site", "importance", "begins_on", "last_on")
    list_filter = ("importance",)
    search_fields = ("name", "organisation__name", "site__code")
    list_select_related = ("organisation", "site")


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "kind", "contract", "begins_on", "last_on", "importance")
    list_filter = ("kind", "importance")
    search_fields = ("=ticket__number", "contract__number")
    list_select_related = ("ticket", "contract")


@admin.register(Step)
class StepAdmin(ReadOnlyAdmin):
    list_display = ("job", "code", "due_on", "done_at", "done_by")
    search_fields = ("=job__ticket__number", "code")
    list_select_related = ("job__ticket", "done_by")


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    list_display = ("job", "unit", "inspection")
    search_fields = ("=job__ticket__number", "unit__serial_number")
    list_select_related = ("job__ticket", "unit__product", "inspection__ticket")


@admin.register(Acceptance)
class AcceptanceAdmin(ReadOnlyAdmin):
    list_display = ("job", "name", "manner", "signed_at", "accepted_on", "digest")
    search_fields = ("=job__ticket__number", "name", "digest")
    list_select_related = ("job__ticket",)


@admin.register(Allowance)
class AllowanceAdmin(ReadOnlyAdmin):
    list_display = ("contract", "kind", "per_year")
    search_fields = ("contract__number",)
    list_select_related = ("contract",)
