"""Addresses of the composed pages."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import TemplateView

from servicedesk.screens import gallery, health, status

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("servicedesk.screens.agent_urls")),
    path("", include("servicedesk.screens.customer_urls")),
    path("", include("servicedesk.screens.dashboard.urls")),
    path("", include("servicedesk.screens.policy.urls")),
    path("", include("servicedesk.screens.settings.urls")),
    path("", include("servicedesk.screens.papers.urls")),
    path("", include("servicedesk.screens.readings.urls")),
    path("", include("servicedesk.screens.store.urls")),
    path("customers/", include("servicedesk.screens.customers.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("status/", status.status, name="status"),
    path("accessibility/", TemplateView.as_view(template_name="screens/accessibility.html"), name="accessibility"),
    path("privacy/", TemplateView.as_view(template_name="screens/privacy.html"), name="privacy"),
    path("design/", gallery.gallery, name="design"),  # 404 unless DEBUG
]
