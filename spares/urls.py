"""Pages of spares."""

from django.urls import URLPattern, path

from spares import views

urlpatterns: list[URLPattern] = [path("", views.spares, name="spares")]
