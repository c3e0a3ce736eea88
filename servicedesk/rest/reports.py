"""Reports of inspections and readings over REST: made and sent by staff, read and answered by the customer."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.policies import require
from common.errors import NotVisible
from common.rest.fields import Text, UtcDay
from common.rest.serializers import Strict, read
from inspections import facts, history, services
from inspections.history import Series
from inspections.models import Answer, Inspection, Report
from inspections.policies import TABLE
from servicedesk.papers import files
from servicedesk.rest import editions
from servicedesk.rest.editions import EditionAnswer, EditionInput
from tickets.api import numbers
from tickets.models import Ticket


class ReportAnswer(EditionAnswer):
    inspection = serializers.CharField(source="inspection.ticket.reference", help_text="Number of its ticket.")
    pdf = serializers.SerializerMethodField(help_text="Where the PDF is fetched; empty while there is none.")

    def get_pdf(self, row: Report) -> str:
        place = [row.inspection.ticket.reference, row.number]
        return reverse("api-inspection-report-file", args=place) if row.key else ""


class OfReport(Resource):
    """Below the address of one inspection."""

    def inspection(self, reference: str) -> Inspection:
        number = numbers.parse(reference)
        rows = Ticket.objects.visible_to(self.person).select_related("organisation", "site", "equipment")
        ticket = rows.filter(number=number).first() if number is not None else None
        row = facts.of_ticket(ticket) if ticket else None
        if row is None or row.signed_at is None:
            raise NotVisible(_("There is no such report."))
        return row

    def last(self, row: Inspection) -> Report:
        """The last edition the person may read."""
        report = Report.objects.visible_to(self.person).filter(inspection=row).order_by("-number").first()
        if report is None:
            raise NotVisible(_("There is no such report."))
        report.inspection = row
        return report


class OneReport(OfReport):
    @extend_schema(operation_id="inspections_report_read", responses=ReportAnswer)
    def get(self, request: Request, reference: str) -> Response:
        """The last edition; a customer gets the last one that was sent."""
        return Response(ReportAnswer(self.last(self.inspection(reference))).data)

    @extend_schema(
        operation_id="inspections_report_act", request=EditionInput, responses=editions.answers(ReportAnswer)
    )
    def post(self, request: Request, reference: str) -> Response:
        """Has the edition in hand made (the next one, once the last is sent), sends it, or answers what was sent."""
        row = self.inspection(reference)
        values = read(EditionInput, request.data)
        act, now = values.pop("act"), timezone.now()
        if act in ("acknowledge", "comment"):
            said = editions.comment_of(act, values)
            services.answer_report(report=self.last(row), comment=said, by=self.actor, now=now)
        elif act == "send":
            services.send_report(report=self.last(row), by=self.actor, now=now)
        else:
            words, language = editions.words_of(values)
            report = services.begin_report(inspection=row, by=self.actor)
            report = services.write_report(report=report, words=words, language=language, by=self.actor)
            services.ask_report(report=report, by=self.actor, now=now)
        return Response(ReportAnswer(self.last(row)).data, 202 if act == "make" else 200)


class ReportFile(OfReport):
    @extend_schema(operation_id="inspections_report_file", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, reference: str, edition: int) -> HttpResponseBase:
        """The bytes as they were made."""
        row = self.inspection(reference)
        report = Report.objects.visible_to(self.person).filter(inspection=row, number=edition).first()
        return files.answer(report, f"{row.ticket.reference}-report-{edition}.pdf")


class ReadingFilter(Strict):
    equipment = Text(required=False, help_text="serial number of a unit")
    site = Text(required=False, help_text="code of a site")
    checklist = Text(required=False, help_text="its code")
    item = Text(required=False, help_text="code of a check")
    contract = Text(required=False, help_text="number of a contract")
    after = UtcDay(required=False, help_text="of visits on this day or later, in UTC")
    before = UtcDay(required=False, help_text="of visits before this day, in UTC")
    getting_worse = serializers.BooleanField(required=False, default=False, help_text="only what moves to a limit")


class PointAnswer(serializers.Serializer[Any]):
    day = serializers.DateField(source="on")
    value = serializers.CharField()
    failed = serializers.BooleanField(source="is_bad")
    inspection = serializers.CharField(source="reference")


class SeriesAnswer(serializers.Serializer[Any]):
    organisation = serializers.CharField(source="site.organisation.code")
    site = serializers.CharField(source="site.code")
    equipment = serializers.CharField(source="unit.serial_number", default=None, allow_null=True)
    checklist = serializers.CharField()
    item = serializers.CharField(source="item.code")
    text = serializers.CharField(source="item.text")
    unit = serializers.CharField(source="item.unit")
    low = serializers.CharField(source="item.limits.low", allow_null=True)
    high = serializers.CharField(source="item.limits.high", allow_null=True)
    per_year = serializers.SerializerMethodField(help_text="Change a year towards a limit; null: it moves to none.")
    reached_on = serializers.SerializerMethodField(help_text="Null: beyond its limit already, or moving to none.")
    points = PointAnswer(many=True)

    def get_per_year(self, series: Series) -> float | None:
        return round(series.pace.per_year, 6) if series.pace else None

    def get_reached_on(self, series: Series) -> date | None:
        return series.pace.reached_on if series.pace else None


PATHS = {
    "equipment": "sheet__unit__serial_number", "site": "sheet__inspection__ticket__site__code",
    "checklist": "sheet__version__checklist__code", "item": "item",
    "contract": "sheet__inspection__ticket__contract__number",
    "after": "sheet__inspection__begun_at__gte", "before": "sheet__inspection__begun_at__lt",
}  # fmt: skip


class Readings(ListResource):
    """What was measured over the years, series by series; a customer gets those of his sites."""

    filters = ReadingFilter

    @extend_schema(operation_id="readings_list", parameters=[ReadingFilter], responses=SeriesAnswer(many=True))
    def get(self, request: Request) -> Response:
        """By the reading of each that came first."""
        require(self.actor, "inspection.see_readings", TABLE)
        values = self.read_filters()
        rows = Answer.objects.filter(**{path: values[name] for name, path in PATHS.items() if values.get(name)})
        firsts = history.first_of_each(self.person, rows)
        if values.get("getting_worse"):
            worse = set(history.worse_keys(self.person, rows))
            keys = firsts.values_list("pk", *history.PLACE)
            firsts = firsts.filter(pk__in=[pk for pk, *key in keys if tuple(key) in worse])
        return self.page(
            firsts.select_related("sheet__version__checklist", "sheet__inspection__ticket"), self._of(rows)
        )

    def _of(self, rows: QuerySet[Answer]) -> Callable[[list[Answer]], Any]:
        """The series of a page, whole."""

        def represent(found: list[Answer]) -> Any:
            keys = [history.key_of(one) for one in found]
            series = history.of_keys(self.person, get_language() or "en", keys, places=rows)
            return SeriesAnswer(series, many=True).data

        return represent
