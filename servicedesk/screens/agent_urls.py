"""Addresses of the agents' pages."""

from django.urls import URLPattern, URLResolver, include, path

from servicedesk.screens import home, new_ticket, ticket, ticket_access, ticket_actions, ticket_place, ticket_recording
from servicedesk.screens.queue import urls as queue

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("tickets/", include(queue)),
    path("tickets/new/", new_ticket.new_ticket, name="ticket_new"),
    path("tickets/<str:reference>/", ticket.ticket, name="ticket"),
    path("tickets/<str:reference>/part/<str:part>/", ticket.part, name="ticket_part"),
    path("tickets/<str:reference>/read/", ticket.read, name="ticket_read"),
    path("tickets/<str:reference>/events/", ticket_recording.event, name="ticket_event"),
    path("tickets/<str:reference>/level/", ticket_recording.level, name="ticket_level"),
    path("tickets/<str:reference>/edit/", ticket_actions.edit, name="ticket_edit"),
    path("tickets/<str:reference>/assign/", ticket_actions.assign, name="ticket_assign"),
    path("tickets/<str:reference>/place/", ticket_place.place, name="ticket_place"),
    path("tickets/<str:reference>/access/", ticket_access.access, name="ticket_access"),
    path("tickets/<str:reference>/tags/", ticket_actions.tags, name="ticket_tags"),
    path("tickets/<str:reference>/watch/", ticket_actions.watch, name="ticket_watch"),
    path("tickets/<str:reference>/link/", ticket_actions.link, name="ticket_link"),
    path("tickets/<str:reference>/unlink/", ticket_actions.unlink, name="ticket_unlink"),
    path("tickets/<str:reference>/merge/", ticket_actions.merge, name="ticket_merge"),
    path("", include("servicedesk.screens.writing.urls")),
    path("", include("servicedesk.screens.planner.urls")),
]
