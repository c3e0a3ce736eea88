"""Addresses of the dashboard."""

from django.urls import path

from servicedesk.screens.dashboard import views

urlpatterns = [
    path("dashboard/", views.dashboard, name="dashboard"),
    path("dashboard/tickets/", views.tickets, name="dashboard_tickets"),
    path("dashboard/export.csv", views.download, name="dashboard_export"),
    path("dashboard/export.xlsx", views.download_workbook, name="dashboard_workbook"),
]
