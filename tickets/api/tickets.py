"""The collection of tickets and the single ticket. `represent` is overridden where other apps add to the answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.policies import require
from common.errors import Invalid
from common.rest import etags
from common.rest.serializers import read
from tickets import services
from tickets.api import names
from tickets.api.base import OfTicket
from tickets.api.finding import narrow
from tickets.api.serializers import TicketAnswer, TicketChanges, TicketFilters, TicketInput
from tickets.kinds import Channel
from tickets.models import Ticket
from tickets.policies import TABLE

STAFF_ONLY = ("received_at", "channel", "scheme")
MOVES = ("organisation", "site", "equipment", "level")
PLAIN = ("title", "description", "language")


class ShowsTickets(Resource):
    """How tickets become JSON."""

    answer: type[TicketAnswer] = TicketAnswer

    def represent(self, tickets: list[Ticket]) -> list[dict[str, Any]]:
        """For lists."""
        return list(self.answer(tickets, many=True, context={"request": self.request}).data)

    def represent_one(self, ticket: Ticket) -> dict[str, Any]:
        return self.represent([ticket])[0]

    def show(self, ticket: Ticket, status: int = 200) -> Response:
        body = self.represent_one(ticket)
        headers = {"ETag": etags.of_version(ticket.version)}
        if status == 201:
            headers["Location"] = body["url"]
        return Response(body, status=status, headers=headers)


class TicketCollection(ShowsTickets, ListResource):
    filters = TicketFilters
    orderings = ("next_due_at", "received_at", "updated_at", "severity")
    default_ordering = "-received_at"

    def rows(self) -> QuerySet[Ticket]:
        tickets = Ticket.objects.visible_to(self.person).with_people_and_places()
        return narrow(tickets, self.read_filters(), person=self.person, now=timezone.now())

    def get(self, request: Request) -> Response:
        return self.page(self.rows(), self.represent)

    def post(self, request: Request) -> Response:
        values = read(TicketInput, request.data)
        self._refuse_staff_fields(values)
        now = timezone.now()
        at = values.get("received_at") or now
        ticket = services.report(intake=self._intake(values), by=self.actor, at=at, now=now)
        return self.show(ticket, status=201)

    def _refuse_staff_fields(self, given: Mapping[str, Any]) -> None:
        if not self.person.is_staff_member:
            foreign = {name: [_("Only staff may set this.")] for name in STAFF_ONLY if name in given}
            if foreign:
                raise Invalid(foreign)

    def _intake(self, values: Mapping[str, Any]) -> services.Intake:
        places = names.places(self.person, values.get("organisation"), values.get("site"), values.get("equipment"))
        return services.Intake(
            **{name: values[name] for name in PLAIN if name in values},
            kind=values["kind"],
            organisation=places.organisation,
            site=places.site,
            equipment=places.equipment,
            level=values.get("level") or "",
            category=values.get("category") or "",
            cause=values.get("cause") or "",
            channel=values.get("channel") or Channel.API,
            scheme=values.get("scheme") or "",
            reporter=None if self.person.is_staff_member else self.person,
            contact=services.Contact(
                name=values.get("contact_name", ""),
                email=values.get("contact_email", ""),
                phone=values.get("contact_phone", ""),
            ),
        )


class TicketDetail(ShowsTickets, OfTicket):
    def get(self, request: Request, number: int) -> Response:
        return self.show(self.ticket(number))

    def patch(self, request: Request, number: int) -> Response:
        ticket, version = self.ticket_to_change(number)
        changes = read(TicketChanges, request.data)
        tags = changes.pop("tags", None)
        move = {name: changes.pop(name) for name in MOVES if name in changes}
        for name in ("category", "cause"):
            if name in changes:
                changes[name] = changes[name] or ""
        now = timezone.now()
        with transaction.atomic():
            if changes or not (move or tags is not None):
                names.resolve_owner(changes)
                row = services.edit(ticket=ticket, changes=changes, by=self.actor, now=now, expected_version=version)
                version = row.version if version else None
            if tags is not None:
                row = services.tag(ticket=ticket, only=tags, by=self.actor, now=now, expected_version=version)
                version = row.version if version else None
            if move:  # after the edit: contracts can depend on the category
                self._place(ticket, move, now, version)
        return self.show(self.ticket(number))

    def _place(self, ticket: Ticket, move: Mapping[str, Any], now: datetime, version: int | None) -> None:
        require(self.actor, "ticket.place", TABLE)
        if set(move) == {"level"}:
            raise Invalid.field("level", _("The level of a ticket is changed by the event level_confirmed."))
        where = names.moved(self.person, ticket, move)
        services.place(
            ticket=ticket,
            organisation=where.organisation,
            site=where.site,
            equipment=where.equipment,
            level=move.get("level") or "",
            by=self.actor,
            now=now,
            expected_version=version,
        )
