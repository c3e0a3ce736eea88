"""Addresses of the queue, below /tickets/."""

from django.urls import URLPattern, path

from servicedesk.screens.queue import live, page, preview

urlpatterns: list[URLPattern] = [
    path("", page.queue, name="queue"),
    path("rows/", live.rows, name="queue_rows"),
    path("filter/", page.filter_form, name="queue_filter"),
    path("<str:reference>/preview/", preview.preview, name="ticket_preview"),
]
