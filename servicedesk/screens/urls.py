"""Addresses of the composed pages."""

from django.urls import URLPattern, path

from servicedesk.screens import health

urlpatterns: list[URLPattern] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
