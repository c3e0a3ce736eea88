"""REST routes of schemes and calendars."""

from django.urls import path

from sla.api import calendars, schemes, simulation

urlpatterns = [
    path("schemes/", schemes.Schemes.as_view(), name="api-schemes"),
    path("schemes/<slug:code>/", schemes.SchemeDetail.as_view(), name="api-scheme"),
    path("schemes/<slug:code>/simulate/", simulation.Simulate.as_view(), name="api-simulate"),
    path("calendars/", calendars.Calendars.as_view(), name="api-calendars"),
    path("calendars/<slug:code>/add/", calendars.Add.as_view(), name="api-calendar-add"),
    path("calendars/<slug:code>/between/", calendars.Between.as_view(), name="api-calendar-between"),
]
