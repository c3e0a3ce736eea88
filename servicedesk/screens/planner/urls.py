"""Addresses of the days of visits: the calendar, and the forms beside a ticket."""

from django.urls import URLPattern, path

from servicedesk.screens.planner import moving

urlpatterns: list[URLPattern] = [
    path("tickets/<str:reference>/move/", moving.move, name="visit_move"),
]
