"""The ticket's JSON: the ledger's row with the clocks that `sla` knows of it. Decides nothing."""

from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.rest.fields import instant
from sla import reports
from sla.api.clocks import BriefClockAnswer, ClockAnswer, ExplainedClockAnswer, clock, explained_all
from sla.models import Clock
from sla.words import target_label
from tickets.api.base import OfTicket
from tickets.api.serializers import TicketAnswer, TicketChanges, TicketFilters, TicketInput
from tickets.api.tickets import TicketCollection, TicketDetail
from tickets.models import Ticket


class TicketRow(TicketAnswer):
    """In a list: the clocks as the ledger keeps them, read for all rows at once."""

    clocks = serializers.SerializerMethodField()

    @extend_schema_field(BriefClockAnswer(many=True))
    def get_clocks(self, ticket: Ticket) -> list[dict[str, Any]]:
        return [_brief(row, ticket.scheme_code, self.context["now"]) for row in ticket.clocks.all()]


class TicketWithClocks(TicketAnswer):
    """On its own: the clocks as they stand at this moment, planned from the log. `/clocks/` explains them."""

    clocks = serializers.SerializerMethodField()

    @extend_schema_field(ClockAnswer(many=True))
    def get_clocks(self, ticket: Ticket) -> list[dict[str, Any]]:
        return [clock(view) for view in reports.standing(ticket, self.context["now"], ticket.fresh_log).clocks]


def _brief(row: Clock, scheme_code: str, now: datetime) -> dict[str, Any]:
    """A kept clock. The sweep may not have come by yet, so a due time that has passed is a miss already."""
    is_missed = row.state == "running" and row.due_at is not None and row.due_at < now
    return {
        "target": row.target,
        "label": target_label(row.target, scheme_code),
        "run": row.run,
        "level": row.level,
        "state": "missed" if is_missed else row.state,
        "started_at": instant(row.started_at),
        "due_at": instant(row.due_at),
        "stopped_at": instant(row.stopped_at),
        "paused": row.is_paused,
    }


class Tickets(TicketCollection):
    answer = TicketRow

    def represent(self, tickets: list[Ticket]) -> list[dict[str, Any]]:
        prefetch_related_objects(tickets, "clocks")
        context = {"request": self.request, "now": timezone.now()}
        return list(TicketRow(tickets, many=True, context=context).data)

    def represent_one(self, ticket: Ticket) -> dict[str, Any]:
        return TicketWithClocks(ticket, context={"request": self.request, "now": timezone.now()}).data

    @extend_schema(operation_id="tickets_list", parameters=[TicketFilters], responses=TicketRow(many=True))
    def get(self, request: Request) -> Response:
        return super().get(request)

    @extend_schema(operation_id="tickets_create", request=TicketInput, responses={201: TicketWithClocks})
    def post(self, request: Request) -> Response:
        return super().post(request)


class OneTicket(TicketDetail):
    def represent_one(self, ticket: Ticket) -> dict[str, Any]:
        return TicketWithClocks(ticket, context={"request": self.request, "now": timezone.now()}).data

    @extend_schema(operation_id="tickets_read", responses=TicketWithClocks)
    def get(self, request: Request, number: int) -> Response:
        return super().get(request, number)

    @extend_schema(operation_id="tickets_change", request=TicketChanges, responses=TicketWithClocks)
    def patch(self, request: Request, number: int) -> Response:
        return super().patch(request, number)


class Clocks(OfTicket):
    """Every run of every target with its explanation. Not paged: a ticket has a handful."""

    @extend_schema(operation_id="tickets_clocks", responses=ExplainedClockAnswer(many=True))
    def get(self, request: Request, number: int) -> Response:
        return Response(explained_all(reports.standing(self.ticket(number), timezone.now()).clocks))
