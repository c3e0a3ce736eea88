"""Pages of planned work."""

from django.urls import URLPattern, path, register_converter

from jobs.views import allowances, jobs, making, moving, periods, signing, steps
from tickets.api.numbers import TicketNumber

register_converter(TicketNumber, "work")

urlpatterns: list[URLPattern] = [
    path("", jobs.jobs, name="jobs"),
    path("new/", making.new, name="job_new"),
    path("promised/<pk:pk>/", allowances.allowances, name="allowances"),
    path("periods/", periods.periods, name="periods"),
    path("periods/new/", periods.new, name="period_new"),
    path("periods/<pk:pk>/", periods.period, name="period"),
    path("periods/<pk:pk>/ask/", periods.ask, name="period_ask"),
    path("<work:number>/", jobs.job, name="job"),
    path("<work:number>/sign/", signing.sign, name="job_sign"),
    path("<work:number>/move/", moving.move, name="job_move"),
    path("<work:number>/certificates/", making.certificates, name="job_certificates"),
    path("<work:number>/steps/<slug:part>/", steps.step, name="job_step"),
]
