"""Moving the visit of an inspection over REST: with what speaks against the day, which stops nobody."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.policies import require
from common.errors import NotVisible
from common.rest import etags
from common.rest.fields import Instant, Text, Truth, Whole
from common.rest.serializers import Strict, read
from inspections.models import DEFAULT_MINUTES
from servicedesk.visits import warnings
from tickets import appointments, lifecycle, services
from tickets.api.base import OfTicket
from tickets.api.serializers import LONGEST_TEXT
from tickets.kinds import Kind
from tickets.models import Ticket
from tickets.policies import TABLE


class MoveInput(Strict):
    planned_at = Instant()
    minutes = Whole(min_value=1, max_value=services.LONGEST_VISIT, required=False, allow_null=True)
    message = Text(
        required=False, allow_blank=True, max_length=LONGEST_TEXT, help_text="What the customer reads about it."
    )
    note = Text(required=False, allow_blank=True, max_length=LONGEST_TEXT, help_text="Internal.")
    dry_run = Truth(required=False, help_text="Only say what speaks against it; nothing is written.")


class VisitWarning(serializers.Serializer[Any]):
    code = serializers.CharField()
    text = serializers.CharField()


class MoveAnswer(serializers.Serializer[Any]):
    number = serializers.CharField(source="ticket.reference")
    planned_at = Instant()
    minutes = serializers.IntegerField()
    moved = serializers.BooleanField(help_text="False after a dry run.")
    notice_due_at = Instant(allow_null=True, help_text="By when it must be announced, where that is promised.")
    warnings = VisitWarning(many=True)


class Move(OfTicket):
    """Staff only. Warnings come with the answer: outside of the owed period, a closed day, other visits, the notice."""

    @extend_schema(operation_id="inspections_move", request=MoveInput, responses=MoveAnswer)
    def post(self, request: Request, number: int) -> Response:
        ticket, version = self.ticket_to_change(number)
        if ticket.kind != Kind.INSPECTION:
            raise NotVisible(_("There is no such inspection."))
        require(self.actor, "ticket.work", TABLE)
        values, now = read(MoveInput, request.data), timezone.now()
        log = services.read_logs([ticket])[ticket.pk]
        terms = appointments.of(lifecycle.in_force(log))
        minutes = values.get("minutes") or terms.minutes or DEFAULT_MINUTES
        planned_at = values["planned_at"]
        outlook = warnings.outlook(ticket=ticket, log=log, planned_at=planned_at, minutes=minutes, now=now)
        if not values.get("dry_run"):
            services.move_visit(
                ticket=ticket, planned_at=planned_at, minutes=minutes, message=values.get("message") or "",
                note=values.get("note") or "", by=self.actor, now=now, expected_version=version,
            )  # fmt: skip
        return self._answer(ticket, {**vars(outlook), "planned_at": planned_at, "minutes": minutes}, values)

    def _answer(self, ticket: Ticket, found: dict[str, Any], values: dict[str, Any]) -> Response:
        ticket.refresh_from_db(fields=["version"])
        body = MoveAnswer({**found, "ticket": ticket, "moved": not values.get("dry_run")}).data
        return Response(body, headers={"ETag": etags.of_version(ticket.version)})
