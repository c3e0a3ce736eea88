"""People, teams and duties for administrators. Passwords are set through their own form only; keys are only revoked."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.actors import Actor
from accounts.forms import LowerCaseEmail
from accounts.models import ApiKey, Duty, SavedView, Team, User

admin.site.unregister(Group)  # roles decide here, not Django's groups
admin.site.site_header = admin.site.site_title = _("Service Desk administration")


class NewPersonForm(LowerCaseEmail, AdminUserCreationForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = User
        fields = ("email", "name", "role")


class PersonForm(LowerCaseEmail, UserChangeForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    form = PersonForm
    add_form = NewPersonForm
    ordering = ("name",)
    list_display = ("name", "email", "role", "is_active", "last_login")
    list_filter = ("role", "is_active", "teams", "language")
    search_fields = ("name", "email", "phone")
    filter_horizontal = ()
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "role", "is_active")}),
        (_("How to reach"), {"fields": ("phone", "language", "zone")}),
        (_("Pages"), {"fields": ("theme", "density", "keys")}),
        (_("Times"), {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("email", "name", "role", "usable_password", "password1", "password2")},
        ),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The log names people for ever: somebody who leaves is made inactive."""
        return False


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "code", "lead")
    search_fields = ("name", "code", "members__name", "members__email")
    autocomplete_fields = ("lead", "members")


@admin.register(Duty)
class DutyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("code", "user", "starts_at", "ends_at")
    list_filter = ("code",)
    search_fields = ("code", "user__name", "user__email")
    autocomplete_fields = ("user",)


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "query", "owner", "team", "created_by", "created_at", "deleted_at")
    list_filter = (("owner", admin.EmptyFieldListFilter), "team", ("deleted_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "query", "owner__name", "owner__email")
    list_select_related = ("owner", "team", "created_by")
    autocomplete_fields = ("owner", "team", "created_by")


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Made by their holders; here they are only seen and revoked."""

    list_display = ("prefix", "name", "user", "created_at", "last_used_at", "expires_at", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "user__role")
    search_fields = ("prefix", "name", "user__email", "user__name")
    list_select_related = ("user",)
    exclude = ("digest",)
    actions = ("revoke",)

    @admin.action(description=_("Revoke the chosen keys"))
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        assert isinstance(request.user, User)
        for key in queryset:
            services.revoke_key(key=key, by=Actor(user=request.user), now=timezone.now())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
