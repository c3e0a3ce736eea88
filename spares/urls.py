"""Pages of spares."""

from django.urls import URLPattern, path

from spares.views import board

urlpatterns: list[URLPattern] = [path("", board.spares, name="spares")]
