"""Addresses of the queue, below /tickets/."""

from django.urls import URLPattern, path

from servicedesk.screens.queue import bulk, keeping, live, page, preview, replies

urlpatterns: list[URLPattern] = [
    path("", page.queue, name="queue"),
    path("rows/", live.rows, name="queue_rows"),
    path("counts/", live.counts, name="queue_counts"),
    path("filter/", page.filter_form, name="queue_filter"),
    path("bulk/", bulk.bulk, name="queue_bulk"),
    path("bulk/<uuid:action>/undo/", replies.take_back, name="queue_bulk_undo"),
    path("display/", keeping.display, name="queue_display"),
    path("views/", keeping.save, name="queue_view_save"),
    path("views/<int:pk>/", keeping.change, name="queue_view"),
    path("views/<int:pk>/restore/", keeping.restore, name="queue_view_restore"),
    path("<str:reference>/preview/", preview.preview, name="ticket_preview"),
]
