"""Schemes and clocks to look at, the calendar override to edit, and the tickets whose promises cannot be evaluated."""

from typing import Any

from celery import current_app
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.models import User
from common.admin import ReadOnlyAdmin
from common.errors import Invalid
from sla import services, words
from sla.models import CalendarOverride, Clock, SchemeText, SchemeVersion, Timer, Trouble

TRANSLATED = [pair for pair in settings.LANGUAGES if pair[0] != words.SOURCE_LANGUAGE]


@admin.register(SchemeVersion)
class SchemeVersionAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "version", "effective_at", "published_at")
    list_filter = ("code",)
    search_fields = ("name", "code")


class SchemeTextForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """A text that no version of the scheme says would never be read."""

    language = forms.ChoiceField(label=_("Language"), choices=TRANSLATED)

    class Meta:
        model = SchemeText
        fields = ("code", "language", "source", "text")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            words.check(values.get("code", ""), values.get("language", ""), values.get("source", ""))
        except Invalid as refusal:
            for field, sentences in refusal.errors.items():
                if field not in self.errors:
                    self.add_error(field, sentences)
        return values


@admin.register(SchemeText)
class SchemeTextAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The texts of a scheme in other languages; they may be edited at any time, a version may not."""

    form = SchemeTextForm
    list_display = ("code", "language", "source", "text")
    list_filter = ("code", "language")
    search_fields = ("source", "text")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "source") if obj else ()

    def save_model(self, request: HttpRequest, obj: SchemeText, form: Any, change: bool) -> None:
        row = services.translate(code=obj.code, language=obj.language, source=obj.source, text=obj.text)
        obj.pk = row.pk if row else obj.pk


@admin.register(Clock)
class ClockAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "target", "run", "level", "state", "started_at", "due_at", "stopped_at")
    list_filter = ("state", "target", "is_paused", "is_provisional")
    search_fields = ("=ticket__number",)
    list_select_related = ("ticket",)
    show_full_result_count = False


@admin.register(Timer)
class TimerAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "target", "run", "kind", "due_at")
    list_filter = ("kind", "target")
    search_fields = ("=ticket__number",)
    list_select_related = ("ticket",)
    show_full_result_count = False


@admin.register(CalendarOverride)
class CalendarOverrideAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """A day keeps its country and date once it is written: another day is another entry."""

    list_display = ("day", "country", "status", "name", "announced_on")
    list_filter = ("country", "status")
    search_fields = ("name", "country")
    date_hierarchy = "day"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("country", "day") if obj else ()

    def save_model(self, request: HttpRequest, obj: CalendarOverride, form: Any, change: bool) -> None:
        row = services.override_day(
            country=obj.country,
            day=obj.day,
            status=obj.status,
            name=obj.name,
            announced_on=obj.announced_on,
            by=_actor(request),
        )
        obj.pk = row.pk
        _replan_soon()

    def delete_model(self, request: HttpRequest, obj: CalendarOverride) -> None:
        services.withdraw_override(override=obj, by=_actor(request))
        _replan_soon()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CalendarOverride]) -> None:
        for row in queryset:
            services.withdraw_override(override=row, by=_actor(request))
        _replan_soon()


@admin.register(Trouble)
class TroubleAdmin(ReadOnlyAdmin):
    list_display = ("ticket", "since_at", "attempts", "retry_at", "last_line")
    search_fields = ("=ticket__number", "error")
    list_select_related = ("ticket",)
    actions = ("retry",)

    @admin.display(description=_("error"))
    def last_line(self, trouble: Trouble) -> str:
        return trouble.cause

    @admin.action(description=_("Retry the chosen tickets now"))
    def retry(self, request: HttpRequest, queryset: QuerySet[Trouble]) -> None:
        pks = list(queryset.values_list("ticket", flat=True))
        for pk in pks:
            services.settle_tickets(pks=[pk], now=timezone.now())
        left = Trouble.objects.filter(ticket__in=pks).count()
        done = len(pks) - left
        words = ngettext("%(n)d ticket is up to date again.", "%(n)d tickets are up to date again.", done)
        self.message_user(request, words % {"n": done})
        if left:
            words = ngettext("%(n)d ticket still fails.", "%(n)d tickets still fail.", left)
            self.message_user(request, words % {"n": left}, messages.WARNING)


def _replan_soon() -> None:
    """Wakes the work early; beat would find it by itself."""
    transaction.on_commit(lambda: current_app.send_task("sla.tasks.replan_open"), robust=True)


def _actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)
    return Actor(user=request.user)
