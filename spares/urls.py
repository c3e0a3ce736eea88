"""Pages of spares. The board at "/spares/" shows clocks too: it is a composed page (`servicedesk.screens.store`)."""

from django.urls import URLPattern, path

from spares.views import asking, scanning, steps

urlpatterns: list[URLPattern] = [
    path("ask/", asking.ask, name="spares_ask"),
    path("scan/", scanning.scan, name="spares_scan"),
    path("cards/<pk:pk>/<slug:code>/", steps.step, name="spares_step"),
]
