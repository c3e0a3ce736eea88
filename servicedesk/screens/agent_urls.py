"""Addresses of the agents' pages."""

from django.urls import URLPattern, path

from servicedesk.screens import home, queue

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("tickets/", queue.queue, name="queue"),
    path("tickets/filter/", queue.filter_form, name="queue_filter"),
]
