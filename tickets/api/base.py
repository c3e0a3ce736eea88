"""Finding the ticket of an address, and the version a write depends on (`If-Match`)."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.api.resources import Resource
from common.errors import NotVisible, Stale
from common.instants import format_instant
from common.rest import etags
from tickets.event_types import PUBLIC
from tickets.models import Ticket, TicketEvent
from tickets.tags import TAGGED


class OfTicket(Resource):
    """A view below /tickets/{number}/. Foreign and missing tickets get the same answer."""

    def ticket(self, number: int) -> Ticket:
        tickets = Ticket.objects.visible_to(self.person).with_people_and_places()
        ticket = tickets.filter(number=number).first()
        if ticket is None:
            raise NotVisible(_("There is no such ticket."))
        return ticket

    def ticket_to_change(self, number: int) -> tuple[Ticket, int | None]:
        """The ticket and the version that must not move until the write is done, None when the client named none.

        Raises Stale, with what has changed, when If-Match names no version that is current.
        """
        ticket = self.ticket(number)
        if not etags.is_satisfied(self.request, ticket.version):
            raise Stale(_("The ticket has changed since you read it."), self._changes(ticket))
        return ticket, ticket.version if etags.has_condition(self.request) else None

    def _changes(self, ticket: Ticket) -> dict[str, Any]:
        """What happened since the version the client knows; each version wrote its events at one instant."""
        current = {"version": ticket.version, "etag": etags.of_version(ticket.version)}
        known = etags.latest_known(self.request, ticket.version)
        if known is None:
            return current
        instants: list[Any] = []
        found = []
        for event in TicketEvent.objects.filter(ticket=ticket).order_by("-seq"):
            if event.recorded_at not in instants:
                instants.append(event.recorded_at)
            if len(instants) > ticket.version - known:
                break
            if self.person.is_staff_member or event.type in PUBLIC:
                found.append(event)
        listed = [{"seq": e.seq, "type": e.type, "at": format_instant(e.occurred_at)} for e in reversed(found)]
        return {**current, "events": listed, "fields": self._fields(ticket, found)}

    def _fields(self, ticket: Ticket, events: list[TicketEvent]) -> dict[str, Any]:
        """Field -> [before, now], from the newest event to the oldest."""
        fields: dict[str, Any] = {}
        had = set(ticket.tags)
        for event in events:
            for name, (before, now) in event.data.get("changes", {}).items():
                fields[name] = [before, fields.get(name, [None, now])[1]]
            if event.type == TAGGED:
                had = (had - {*event.data["added"]}) | {*event.data["removed"]}
        return fields if had == set(ticket.tags) else fields | {"tags": [sorted(had), ticket.tags]}
