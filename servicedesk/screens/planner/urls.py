"""Addresses of the days of visits: the calendar, and the forms beside a ticket."""

from django.urls import URLPattern, path

from servicedesk.screens.planner import announcing, calendar, feed, moving

urlpatterns: list[URLPattern] = [
    path("inspections/calendar/", calendar.calendar, name="visit_calendar"),
    path("calendar/<str:token>.ics", feed.calendar, name="visit_feed"),
    path("account/calendar/", feed.subscribe, name="visit_subscribe"),
    path("tickets/<str:reference>/announce/", announcing.announce, name="visit_announce"),
    path("tickets/<str:reference>/move/", moving.move, name="visit_move"),
]
