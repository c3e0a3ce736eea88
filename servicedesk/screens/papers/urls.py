"""Addresses of reports and analyses."""

from django.urls import URLPattern, path

from servicedesk.screens.papers import analyses, analysis_reading, reading, report

urlpatterns: list[URLPattern] = [
    path("inspections/visits/<str:reference>/report/", report.staff, name="report_page"),
    path("inspections/visits/<str:reference>/report/<int:edition>.pdf", report.file, name="report_file"),
    path("portal/<case:number>/report/", reading.signed_in, name="portal_report"),
    path("portal/follow/<str:token>/report/", reading.by_link, name="portal_follow_report"),
    path("portal/follow/<str:token>/report/<int:edition>.pdf", reading.file_by_link, name="portal_follow_report_file"),
    path(
        "portal/follow/<str:token>/report/pictures/<uuid:photo>/",
        reading.picture_by_link,
        name="portal_follow_report_picture",
    ),
    path("portal/follow/analysis/<str:token>/", analysis_reading.by_link, name="analysis_by_link"),
    path("portal/follow/analysis/<str:token>/report.pdf", analysis_reading.file_by_link, name="analysis_file_by_link"),
    path("inspections/analyses/", analyses.analyses, name="analyses"),
    path("inspections/analyses/new/", analyses.new, name="analysis_new"),
    path("inspections/analyses/<pk:pk>/", analyses.analysis, name="analysis"),
    path("inspections/analyses/<pk:pk>/report.pdf", analyses.file, name="analysis_file"),
]
