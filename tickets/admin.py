"""Tickets and their logs, to look at only: work happens on the pages, through the services."""

from django.contrib import admin

from common.admin import ReadOnlyAdmin, ReadOnlyInline
from tickets.models import (
    Attachment,
    PendingFile,
    ReadMark,
    RecentAction,
    RecentPart,
    ReportDraft,
    SavedReply,
    SurveyAnswer,
    Ticket,
    TicketEvent,
    WaitingReply,
)


class EventInline(ReadOnlyInline):
    model = TicketEvent
    fk_name = "ticket"
    fields = ("seq", "type", "occurred_at", "recorded_at", "user", "is_automatic", "data")
    ordering = ("seq",)


@admin.register(Ticket)
class TicketAdmin(ReadOnlyAdmin):
    list_display = ("reference", "title", "organisation", "state", "level", "assignee", "next_due_at", "received_at")
    list_filter = ("state", "kind", "severity", "channel", "scheme_code", "organisation")
    search_fields = ("=number", "title", "contact_email", "equipment__serial_number", "organisation__name")
    list_select_related = ("organisation", "assignee")
    date_hierarchy = "received_at"
    exclude = ("search", "form_token", "watchers")
    inlines = (EventInline,)
    show_full_result_count = False


@admin.register(TicketEvent)
class TicketEventAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "seq", "type", "occurred_at", "recorded_at", "user", "is_automatic")
    list_filter = ("type", "is_automatic")
    search_fields = ("=ticket__number", "user__email")
    list_select_related = ("ticket", "user")
    date_hierarchy = "occurred_at"
    show_full_result_count = False


class PartInline(ReadOnlyInline):
    model = RecentPart
    fields = ("ticket", "entries", "taken_back_at")


@admin.register(RecentAction)
class RecentActionAdmin(ReadOnlyAdmin):
    list_display = ("said", "person", "at")
    list_select_related = ("person",)
    date_hierarchy = "at"
    inlines = (PartInline,)


@admin.register(WaitingReply)
class WaitingReplyAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "author", "pressed_at", "leaves_at", "then")
    list_select_related = ("ticket", "author")


@admin.register(SavedReply)
class SavedReplyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("title", "team", "owner")
    list_filter = ("team",)
    search_fields = ("title", "body")


@admin.register(ReadMark)
class ReadMarkAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "user", "seq", "read_at")
    search_fields = ("=ticket__number", "user__email")
    list_select_related = ("ticket", "user")
    show_full_result_count = False


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("name", "ticket", "size", "content_type", "is_internal", "uploaded_by", "created_at")
    list_filter = ("is_internal", "has_preview")
    search_fields = ("name", "=ticket__number", "sha256")
    list_select_related = ("ticket", "uploaded_by")


@admin.register(SurveyAnswer)
class SurveyAnswerAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "works", "score", "better", "answered_at", "changed_at", "user")
    list_filter = ("works", "score")
    search_fields = ("=ticket__number", "comment")
    list_select_related = ("ticket", "user")
    date_hierarchy = "answered_at"


class PendingInline(ReadOnlyInline):
    model = PendingFile
    fields = ("name", "size", "content_type", "created_at", "swept_at")


@admin.register(ReportDraft)
class ReportDraftAdmin(ReadOnlyAdmin):
    """What somebody typed and has not sent is nobody else's business: the answers are not shown."""

    list_display = ("id", "user", "created_at", "updated_at")
    list_select_related = ("user",)
    exclude = ("answers", "token")
    inlines = (PendingInline,)
