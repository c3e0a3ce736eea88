"""The REST routes, version 1. What is no address gets a problem document, whatever the method."""

from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from drf_spectacular.views import SpectacularSwaggerSplitView

from servicedesk.rest import analyses, index, openapi, reports, schema, service_levels, tickets, visits  # noqa: F401 — openapi tells the schema about keys
from tickets.api.numbers import TicketNumber

# Swagger UI writes style elements of its own.
swagger = csp_update({"style-src": ["'self'", "'unsafe-inline'"]})
register_converter(TicketNumber, "ticket")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.Index.as_view(), name="api-index"),
    path("schema/", schema.Schema.as_view(), name="api-schema"),
    path("docs/", swagger(SpectacularSwaggerSplitView.as_view(url_name="api-schema")), name="api-docs"),
    path("", include("accounts.api.urls")),
    path("", include("customers.api.urls")),
    path("", include("sla.api.urls")),
    path("", include("inspections.api.urls")),
    path("inspections/<ticket:number>/move/", visits.Move.as_view(), name="api-inspection-move"),
    path("", include("jobs.api.urls")),
    path("inspections/<str:reference>/report/", reports.OneReport.as_view(), name="api-inspection-report"),
    path(
        "inspections/<str:reference>/report/<int:edition>.pdf",
        reports.ReportFile.as_view(),
        name="api-inspection-report-file",
    ),
    path("system-analyses/", analyses.Analyses.as_view(), name="api-analyses"),
    path("system-analyses/<pk:pk>/", analyses.OneAnalysis.as_view(), name="api-analysis"),
    path("system-analyses/<pk:pk>/report.pdf", analyses.AnalysisFile.as_view(), name="api-analysis-file"),
    path("readings/", reports.Readings.as_view(), name="api-readings"),
    path("service-levels/", service_levels.ServiceLevels.as_view(), name="api-service-levels"),
    path("tickets/", tickets.Tickets.as_view(), name="api-tickets"),
    path("tickets/<ticket:number>/", tickets.OneTicket.as_view(), name="api-ticket"),
    path("tickets/<ticket:number>/clocks/", tickets.Clocks.as_view(), name="api-ticket-clocks"),
    path("tickets/<ticket:number>/", include("tickets.api.urls")),
    re_path(r"^.*$", index.Nothing.as_view(schema=None), name="api-nothing"),
]
