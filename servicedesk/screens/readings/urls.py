"""Addresses of readings."""

from django.urls import URLPattern, path

from servicedesk.screens.readings import views

ONE = "<slug:checklist>/<slug:item>/"
urlpatterns: list[URLPattern] = [
    path("inspections/readings/", views.readings, name="readings"),
    path("inspections/readings/worse/", views.worsening, name="worse_readings"),
    path("inspections/readings/units/<pk:pk>/", views.unit, name="unit_readings"),
    path(f"inspections/readings/units/<pk:pk>/{ONE}", views.unit, name="unit_reading"),
    path("inspections/readings/sites/<slug:code>/", views.site, name="site_readings"),
    path(f"inspections/readings/sites/<slug:code>/{ONE}", views.site, name="site_reading"),
    path(f"inspections/readings/compare/{ONE}", views.compare, name="compare_readings"),
]
