"""Addresses of the policy pages."""

from django.urls import path

from servicedesk.screens.policy import views

urlpatterns = [
    path("schemes/", views.schemes, name="schemes"),
    path("schemes/<slug:code>/", views.scheme, name="scheme"),
]
