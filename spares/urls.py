"""Pages of spares."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
