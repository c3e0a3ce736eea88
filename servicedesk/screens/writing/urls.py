"""Addresses of writing and taking back."""

from django.urls import URLPattern, path

from servicedesk.screens.writing import messages, undo

urlpatterns: list[URLPattern] = [
    path("tickets/<str:reference>/messages/", messages.message, name="ticket_message"),
    path("recent/", undo.recent, name="recent_actions"),
    path("recent/<uuid:action>/undo/", undo.take_back, name="take_back"),
]
