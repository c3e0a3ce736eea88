"""The outbox for administrators: what failed, what waits, and sending again. Rows are written by services only."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from notifications import services
from notifications.models import Delivery, Notice


class LookOnly(admin.ModelAdmin):  # type: ignore[type-arg]  # not subscriptable at run time
    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The role decides, here as everywhere; Django's own permission rows are not used."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(LookOnly):
    list_display = ["pk", "status", "kind", "ticket", "recipient", "attempts", "next_attempt_at", "sent_at", "error"]
    list_filter = ["status", "kind", "channel"]
    list_select_related = ["user", "ticket"]
    search_fields = ["address", "user__email", "=ticket__number"]
    show_full_result_count = False
    actions = ["send_again"]

    @admin.display(description=gettext_lazy("to"))
    def recipient(self, delivery: Delivery) -> str:
        return delivery.address or (delivery.user.email if delivery.user else "")

    @admin.action(description=gettext_lazy("Send again"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        count = services.send_again(pks=list(queryset.values_list("pk", flat=True)), now=timezone.now())
        if not count:
            self.message_user(request, _("What was sent is not sent again."), messages.WARNING)
            return
        text = ngettext("%(count)d mail goes out again.", "%(count)d mails go out again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


@admin.register(Notice)
class NoticeAdmin(LookOnly):
    list_display = ["pk", "user", "kind", "ticket", "created_at", "read_at"]
    list_filter = ["kind"]
    list_select_related = ["user", "ticket"]
    show_full_result_count = False
