"""Every address of the product, by app. Composed pages come from `servicedesk.screens`."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog

from servicedesk.preferences import choose_language

handler400 = "servicedesk.handlers.bad_request"
handler403 = "servicedesk.handlers.permission_denied"
handler404 = "servicedesk.handlers.page_not_found"
handler429 = "servicedesk.screens.errors.sign_in_refused"  # allauth's limits ask for it
handler500 = "servicedesk.handlers.server_error"

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # one sign-in, with its limits

urlpatterns = [
    path("", include("servicedesk.screens.urls")),
    path("live/", include("servicedesk.streams.urls")),
    path("account/", include("accounts.urls")),
    path("", include("tickets.urls")),
    path("", include("sla.urls")),
    path("inspections/", include("inspections.urls")),
    path("jobs/", include("jobs.urls")),
    path("spares/", include("spares.urls")),
    path("", include("notifications.urls")),
    path("api/v1/", include("servicedesk.api_urls")),
    path("admin/", admin.site.urls),
    path("language/setlang/", choose_language, name="set_language"),
    path("jsi18n/", JavaScriptCatalog.as_view(packages=["servicedesk"]), name="javascript-catalog"),
]
