"""Pages of inspections."""

from django.urls import URLPattern, path

from inspections import views

urlpatterns: list[URLPattern] = [path("", views.inspections, name="inspections")]
