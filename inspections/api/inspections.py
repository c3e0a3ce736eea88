"""Inspections over REST: the list, one with all that was found, beginning and signing. Writes through the services.

Staff see all; a customer those of his sites once they are signed.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource
from common.errors import Invalid, NotVisible
from common.rest.fields import Instant, Text
from common.rest.serializers import Strict, read
from inspections import facts, services
from inspections.api import filtering
from inspections.api.visits import OfVisit, VisitState
from inspections.models import Answer, Appointment, ChecklistVersion, Inspection
from inspections.services import Seen, SeenCheck, Signature
from inspections.services.visits import LONGEST_WORDS
from tickets.api import numbers
from tickets.kinds import Kind
from tickets.models import Ticket

MOST_CHECKS = 20_000


class SignOffAnswer(serializers.Serializer[Any]):
    manner = serializers.CharField(help_text="drawn, typed or absent.")
    signer = serializers.CharField()
    reason = serializers.CharField(help_text="Why nobody was there to sign.")
    language = serializers.CharField()
    signed_at = Instant()
    signed_later_at = Instant(source="later_at", allow_null=True)
    owed = serializers.BooleanField(source="is_owed", help_text="The customer has still to sign.")
    sha256 = serializers.CharField(source="digest", help_text="Of what was shown.")


class InspectionRow(serializers.Serializer[Any]):
    reference = serializers.CharField(source="ticket.reference")
    organisation = serializers.CharField(source="ticket.organisation.code", default=None, allow_null=True)
    site = serializers.CharField(source="ticket.site.code", default=None, allow_null=True)
    equipment = serializers.CharField(source="ticket.equipment.serial_number", default=None, allow_null=True)
    contract = serializers.CharField(source="ticket.contract.number", default=None, allow_null=True)
    plan = serializers.IntegerField(source="plan_id", allow_null=True)
    opens_on = serializers.DateField(allow_null=True, help_text="Of a plan: from when it is owed.")
    closes_on = serializers.DateField(allow_null=True, help_text="Of a plan: the first day that is too late.")
    begun_at = Instant(allow_null=True)
    seen_at = Instant(allow_null=True, help_text="When something of the visit came in last.")
    answered = serializers.IntegerField()
    total = serializers.IntegerField()
    signed_at = Instant(allow_null=True)


class FindingAnswer(serializers.Serializer[Any]):
    sheet = serializers.IntegerField(source="sheet_id")
    item = serializers.CharField()
    question = serializers.CharField()
    text = serializers.CharField()
    outcome = serializers.ChoiceField(choices=Answer.Outcomes.choices, allow_blank=True)
    ticket = serializers.CharField(source="ticket.reference", default="")
    follows = serializers.IntegerField(source="follows_id", allow_null=True)
    id = serializers.IntegerField()


class InspectionAnswer(InspectionRow):
    summary = serializers.CharField()
    advice = serializers.CharField()
    parts_wanted = serializers.CharField()
    training = serializers.CharField()
    attended = serializers.CharField()
    findings = FindingAnswer(many=True)
    sign_off = SignOffAnswer(allow_null=True)
    unchanged = serializers.BooleanField(allow_null=True, help_text="Whether it still is what was signed.")
    state = VisitState()


class BeginInput(Strict):
    checklist = Text(required=False, max_length=50, help_text="Where no plan says it: the code of a list.")
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=32_000, help_text="Of that list, as the device has it; else the latest."
    )
    at = Instant(
        required=False, allow_null=True, default=None, help_text="When it was begun, by the device's clock; else now."
    )


class BegunTold(serializers.Serializer[Any]):
    """What a device that begins late has to tell whoever began it there."""

    begun_by = serializers.CharField(help_text="The name of who began it first.")
    is_ours = serializers.BooleanField(help_text="Whether that is who asks.")
    planned_at = Instant(allow_null=True, help_text="For when the visit is planned now.")
    outcome = serializers.CharField(help_text="Empty while the visit is ahead; else done, failed or cancelled.")


class BegunAnswer(BegunTold, InspectionAnswer):
    pass


class SeenCheckInput(Strict):
    sheet = serializers.IntegerField(min_value=1, max_value=10**18 - 1)
    item = Text(max_length=60)
    entry = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Of the answer that was shown; null for none."
    )
    result = Text(max_length=14, help_text="As shown: passed, failed, not-applicable or open.")
    photos = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=100)


class SeenInput(Strict):
    """All that was shown to who signed, from a device that had no signal to ask for the digest."""

    checks = serializers.ListField(child=SeenCheckInput(), max_length=MOST_CHECKS)
    words = serializers.DictField(
        child=Text(allow_blank=True, max_length=2 * LONGEST_WORDS),
        required=False,
        default=dict,
        help_text="summary, advice, parts_wanted, training, attended.",
    )


class VisitSignInput(Strict):
    id = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Made by the device; sending it again changes nothing."
    )
    at = Instant(
        required=False, allow_null=True, default=None, help_text="When it was signed, by the device's clock; else now."
    )
    manner = Text(max_length=10, help_text="drawn, typed or absent.")
    signer = Text(required=False, default="", max_length=150, allow_blank=True)
    strokes = serializers.ListField(required=False, max_length=80, help_text="Lists of points from 0 to 1.")
    reason = Text(required=False, default="", max_length=500, allow_blank=True)
    language = Text(required=False, default="", max_length=10, allow_blank=True)
    seen = Text(required=False, default="", max_length=64, help_text="The digest that was shown.")
    saw = SeenInput(required=False, allow_null=True, default=None)


class TakeBackInput(Strict):
    reason = Text(
        required=False, default="", max_length=500, allow_blank=True, help_text="Needed once something was answered."
    )


class Inspections(ListResource):
    filters = filtering.InspectionFilter
    orderings = ("id", "begun_at", "closes_on")
    default_ordering = "id"

    @extend_schema(
        operation_id="inspections_list", parameters=[filtering.InspectionFilter], responses=InspectionRow(many=True)
    )
    def get(self, request: Request) -> Response:
        rows = filtering.inspections(Inspection.objects.readable_to(self.person), self.read_filters())
        rows = rows.select_related(
            "ticket__organisation", "ticket__site", "ticket__equipment", "ticket__contract", "sign_off"
        )
        return self.page(rows, lambda found: InspectionRow(found, many=True).data)


class Whole(OfVisit):
    """Answers with all of it."""

    def shown(self, row: Inspection) -> dict[str, Any]:
        visit = facts.load(row)
        findings = [check.finding for check in visit.findings]
        is_signed = row.signed_at is not None
        return {
            **InspectionRow(row).data,
            **{name: getattr(row, name) for name in services.WORDS},
            "findings": FindingAnswer(findings, many=True).data,
            "sign_off": SignOffAnswer(row.sign_off).data if is_signed else None,
            "unchanged": services.is_intact(visit) if is_signed else None,
            "state": self.state(visit),
        }


class OneInspection(Whole):
    @extend_schema(operation_id="inspections_read", responses=InspectionAnswer)
    def get(self, request: Request, reference: str) -> Response:
        return Response(self.shown(self.visit(reference)))


class Begin(Whole):
    @extend_schema(operation_id="inspections_begin", request=BeginInput, responses=BegunAnswer)
    def post(self, request: Request, reference: str) -> Response:
        """Beginning twice is beginning once, whoever does. Begun without signal, it counts from when it was begun."""
        values = read(BeginInput, request.data)
        ticket = self._ticket(reference)
        planned = Appointment.objects.filter(ticket=ticket).first()  # before the visit itself counts as arrived
        version = _version(values["checklist"], values.get("version")) if values.get("checklist") else None
        services.begin(ticket=ticket, version=version, by=self.actor, now=timezone.now(), at=values["at"])
        row = self.visit(reference)
        told = {
            "begun_by": (row.begun_by.name or row.begun_by.email) if row.begun_by else "",
            "is_ours": row.begun_by == self.person,
            "planned_at": planned.planned_at if planned else None,
            "outcome": planned.outcome if planned else "",
        }
        return Response({**self.shown(row), **BegunTold(told).data})

    def _ticket(self, reference: str) -> Ticket:
        """One that was asked for by hand has no row of ours yet."""
        number = numbers.parse(reference)
        rows = Ticket.objects.visible_to(self.person) if self.person.is_staff_member else Ticket.objects.none()
        ticket = rows.filter(number=number, kind=Kind.INSPECTION).first() if number is not None else None
        if ticket is None:
            raise NotVisible(_("There is no such inspection."))
        return ticket


def _version(code: str, number: int | None) -> ChecklistVersion:
    rows = ChecklistVersion.objects.filter(checklist__code=code)
    found = rows.filter(number=number).first() if number else rows.order_by("-number").first()
    if found is None:
        raise Invalid.field("checklist", _("There is no such checklist."))
    return found


class TakeBack(Whole):
    @extend_schema(operation_id="inspections_take_back", request=TakeBackInput, responses=InspectionAnswer)
    def post(self, request: Request, reference: str) -> Response:
        """The begin was a mistake: the visit and its clocks stand as if nobody had begun it. Not once it is signed."""
        row = self.visit(reference)
        values = read(TakeBackInput, request.data)
        services.take_back_begin(inspection=row, by=self.actor, now=timezone.now(), **values)
        return Response(self.shown(self.visit(reference)))


class Sign(Whole):
    @extend_schema(operation_id="inspections_sign", request=VisitSignInput, responses=InspectionAnswer)
    def post(self, request: Request, reference: str) -> Response:
        """Ends the visit. Of a visit at which nobody was there, a customer of the site signs with the same request."""
        row = self.visit(reference)
        values = read(VisitSignInput, request.data)
        seen, saw = values.pop("seen"), values.pop("saw")
        signature = Signature(key=values.pop("id"), **values)
        now = timezone.now()
        if self.person.is_staff_member:
            services.finish(inspection=row, signature=signature, by=self.actor, now=now, seen=_seen(saw) or seen)
        else:
            services.sign_later(inspection=row, signature=signature, by=self.actor, now=now)
        return Response(self.shown(self.visit(reference)))


def _seen(given: dict[str, Any] | None) -> Seen | None:
    return Seen([SeenCheck(**check) for check in given["checks"]], given["words"]) if given else None
