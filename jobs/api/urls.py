"""REST routes of planned work."""

from django.urls import path

from jobs.api import jobs

urlpatterns = [
    path("jobs/", jobs.Jobs.as_view(), name="api-jobs"),
    path("jobs/<ticket:number>/", jobs.OneJob.as_view(), name="api-job"),
    path("jobs/<ticket:number>/steps/<slug:part>/", jobs.OneStep.as_view(), name="api-job-step"),
    path("jobs/<ticket:number>/steps/<slug:part>/done/", jobs.DoneStep.as_view(), name="api-job-step-done"),
    path("jobs/<ticket:number>/move/", jobs.Move.as_view(), name="api-job-move"),
    path("jobs/<ticket:number>/sign/", jobs.Sign.as_view(), name="api-job-sign"),
    path("periods/", jobs.Periods.as_view(), name="api-periods"),
]
