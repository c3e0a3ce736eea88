"""Addresses of writing and taking back."""

from django.urls import URLPattern, path

from servicedesk.screens.writing import messages

urlpatterns: list[URLPattern] = [
    path("tickets/<str:reference>/messages/", messages.message, name="ticket_message"),
]
