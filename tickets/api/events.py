"""The log of a ticket: everybody reads his part of it, people add what people do."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource
from common.rest.serializers import read
from tickets import services
from tickets.api.base import OfTicket
from tickets.api.serializers import EVENT_NAMES, EventAnswer, EventFilters, EventInput
from tickets.event_types import PUBLIC
from tickets.models import TicketEvent

FIELDS = ("level", "down", "proposed_at", "agreed_at", "planned_at", "expected_at", "contact")


class Events(OfTicket, ListResource):
    filters = EventFilters
    orderings = ("seq",)
    default_ordering = "seq"

    @extend_schema(operation_id="tickets_events_list", parameters=[EventFilters], responses=EventAnswer(many=True))
    def get(self, request: Request, number: int) -> Response:
        filters = self.read_filters()
        events = TicketEvent.objects.filter(ticket=self.ticket(number)).select_related("user")
        if not self.person.is_staff_member:
            events = events.filter(type__in=PUBLIC).in_force()
        if filters.get("type"):
            events = events.filter(type__in=filters["type"])
        context = {"is_staff": self.person.is_staff_member}
        return self.page(events, lambda found: EventAnswer(found, many=True, context=context).data)

    @extend_schema(
        operation_id="tickets_events_create",
        description=f"The one door for everything that happens. `type` is one of {EVENT_NAMES}.",
        request=EventInput,
        responses={201: EventAnswer},
    )
    def post(self, request: Request, number: int) -> Response:
        ticket, version = self.ticket_to_change(number)
        values = read(EventInput, request.data)
        now = timezone.now()
        event = services.record(
            ticket=ticket,
            type=values["type"],
            by=self.actor,
            at=values.get("at") or now,
            now=now,
            note=values.get("note") or "",
            message=values.get("message") or "",
            fields={name: values.get(name) for name in FIELDS},
            expected_version=version,
        )
        return Response(self._show(event), status=201)

    def _show(self, event: TicketEvent) -> dict[str, Any]:
        return EventAnswer(event, context={"is_staff": self.person.is_staff_member}).to_representation(event)
