"""System analyses over REST: begun, made and sent by staff, read and answered by the customer of the contract."""

from typing import Any

from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.models import User
from accounts.policies import require
from common.errors import Invalid, NotVisible
from common.rest.fields import Text
from common.rest.serializers import Strict, read
from customers.models import Contract
from inspections import services
from inspections.models import Analysis
from inspections.policies import TABLE
from notifications import services as notifications
from servicedesk.papers import files
from servicedesk.rest import editions
from servicedesk.rest.editions import EditionAnswer, EditionInput, EditionRow

ROWS = Analysis.objects.select_related("contract__organisation")


class OfContract(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    contract = serializers.CharField(source="contract.number")
    organisation = serializers.CharField(source="contract.organisation.code")
    begins_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The last day, inclusive.")
    covered_from = serializers.DateField(
        source="covered.first",
        help_text="The first day of the period on which the contract was in force: it tells of those.",
    )
    covered_to = serializers.DateField(source="covered.last", help_text="The last one, inclusive.")
    pdf = serializers.SerializerMethodField(help_text="Where the PDF is fetched; empty while there is none.")

    def get_pdf(self, row: Analysis) -> str:
        return reverse("api-analysis-file", args=[row.pk]) if row.key else ""


class AnalysisRow(OfContract, EditionRow):
    pass


class AnalysisAnswer(OfContract, EditionAnswer):
    """`reader` in the context: who asks."""

    told = serializers.SerializerMethodField(
        help_text="For staff: who heard of it when it was sent, by name or address; empty for customers."
    )

    def get_told(self, row: Analysis) -> list[str]:
        is_told = row.sent_at is not None and self.context["reader"].is_staff_member
        return notifications.analysis_told(analysis=row) if is_told else []


class AnalysisInput(EditionInput):
    address = serializers.EmailField(
        required=False, allow_blank=True, help_text="With send: of somebody without an account, who is told too."
    )


def _answer(row: Analysis, reader: User) -> Any:
    return AnalysisAnswer(row, context={"reader": reader}).data


class AnalysisBegin(Strict):
    contract = Text(max_length=50, help_text="Its number.")
    begins_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The last day, inclusive; at most 400 days.")


class AnalysisFilter(Strict):
    contract = Text(required=False, help_text="number of a contract")


class Analyses(ListResource):
    filters = AnalysisFilter
    orderings = ("id", "ends_on")
    default_ordering = "-id"

    @extend_schema(operation_id="system_analyses_list", parameters=[AnalysisFilter], responses=AnalysisRow(many=True))
    def get(self, request: Request) -> Response:
        """Staff see every edition; a customer what was sent to him, of the contracts he may see."""
        values = self.read_filters()
        rows = ROWS.visible_to(self.person)
        if values.get("contract"):
            rows = rows.filter(contract__number=values["contract"])
        return self.page(rows, lambda found: AnalysisRow(found, many=True).data)

    @extend_schema(operation_id="system_analyses_begin", request=AnalysisBegin, responses={201: AnalysisAnswer})
    def post(self, request: Request) -> Response:
        """The edition in hand of that period, else the next one. It says nothing before it is made."""
        require(self.actor, "inspection.analyse", TABLE)
        values = read(AnalysisBegin, request.data)
        contract = Contract.objects.visible_to(self.person).filter(number=values.pop("contract")).first()
        if contract is None:
            raise Invalid.field("contract", _("There is no such contract."))
        row = services.begin_analysis(contract=contract, **values, by=self.actor, today=timezone.localdate())
        return Response(_answer(ROWS.get(pk=row.pk), self.person), 201)


class OfAnalysis(Resource):
    def analysis(self, pk: int) -> Analysis:
        row = ROWS.visible_to(self.person).filter(pk=pk).first()
        if row is None:
            raise NotVisible(_("There is no such report."))
        return row


class OneAnalysis(OfAnalysis):
    @extend_schema(operation_id="system_analyses_read", responses=AnalysisAnswer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(_answer(self.analysis(pk), self.person))

    @extend_schema(
        operation_id="system_analyses_act", request=AnalysisInput, responses=editions.answers(AnalysisAnswer)
    )
    def post(self, request: Request, pk: int) -> Response:
        """Has it made (of one that is sent the next edition, which has an id of its own), sends it, or answers it."""
        row, values, now = self.analysis(pk), read(AnalysisInput, request.data), timezone.now()
        act, address = values.pop("act"), values.pop("address", "")
        if act in ("acknowledge", "comment"):
            said = editions.comment_of(act, values)
            services.answer_analysis(analysis=row, comment=said, by=self.actor, now=now)
        elif act == "send":
            services.send_analysis(analysis=row, by=self.actor, now=now, address=address)
        else:
            row = self._asked(row, values)
        return Response(_answer(self.analysis(row.pk), self.person), 202 if act == "make" else 200)

    def _asked(self, row: Analysis, values: dict[str, Any]) -> Analysis:
        words, language = editions.words_of(values)
        row = services.begin_analysis(
            contract=row.contract, begins_on=row.begins_on, ends_on=row.ends_on, by=self.actor
        )
        services.write_analysis(analysis=row, words=words, language=language, by=self.actor)
        return services.ask_analysis(analysis=row, by=self.actor, now=timezone.now())


class AnalysisFile(OfAnalysis):
    @extend_schema(operation_id="system_analyses_file", responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    def get(self, request: Request, pk: int) -> HttpResponseBase:
        """The bytes as they were made."""
        row = self.analysis(pk)
        return files.answer(row, files.name_of(row))
