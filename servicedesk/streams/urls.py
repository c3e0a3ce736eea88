"""Addresses beside the streams; the streams themselves are under `/events` (see `servicedesk.asgi`)."""

from django.urls import URLPattern, path

from servicedesk.streams import views

urlpatterns: list[URLPattern] = [
    path("changes/", views.changes, name="live_changes"),
    path("here/", views.here, name="live_here"),
    path("portal/<case:number>/", views.case, name="live_case"),
    path("follow/<str:token>/", views.followed, name="live_followed"),
]
