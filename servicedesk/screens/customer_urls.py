"""Addresses of the customers' pages."""

from django.urls import URLPattern, path, register_converter

from servicedesk.screens.portal import signing, survey, writing
from servicedesk.screens.portal import views as portal
from servicedesk.screens.report import adding, uploads
from servicedesk.screens.report import views as report
from tickets.api.numbers import TicketNumber

register_converter(TicketNumber, "case")

urlpatterns: list[URLPattern] = [
    path("report/", report.equipment, name="report"),
    path("report/<uuid:draft>/fault/", report.fault, name="report_fault"),
    path("report/<uuid:draft>/files/", uploads.files, name="report_files"),
    path("report/<uuid:draft>/files/<uuid:key>/", uploads.preview, name="report_file"),
    path("report/<uuid:draft>/add/", adding.add, name="report_add"),
    path("report/<uuid:draft>/check/", report.check, name="report_check"),
    path("report/<uuid:draft>/sent/", report.sent, name="report_sent"),
    path("portal/", portal.home, name="portal"),
    path("portal/changes/", portal.changes, name="portal_changes"),
    path("portal/<case:number>/", portal.ticket, name="portal_ticket"),
    path("portal/follow/<str:token>/", portal.follow_link, name="portal_follow"),
    path("portal/follow/<str:token>/files/<uuid:key>/", portal.follow_file, name="portal_follow_file"),
    path("portal/<case:number>/message/<uuid:draft>/files/", writing.files, name="portal_message"),
    path("portal/<case:number>/message/<uuid:draft>/files/<uuid:key>/", writing.preview),
    path(
        "portal/follow/<str:token>/message/<uuid:draft>/files/",
        writing.follow_files,
        name="portal_follow_message",
    ),
    path("portal/follow/<str:token>/message/<uuid:draft>/files/<uuid:key>/", writing.follow_preview),
    path("portal/<case:number>/sign/", signing.sign, name="portal_sign"),
    path("portal/<case:number>/survey/", survey.signed_in, name="portal_survey"),
    path("portal/follow/<str:token>/survey/", survey.by_follow_link, name="portal_follow_survey"),
    path("portal/survey/<str:token>/", survey.by_mail, name="portal_asked"),
    path("portal/survey/<str:token>/<str:answer>/", survey.by_mail, name="portal_answer"),
]
