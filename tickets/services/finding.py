"""What a ticket is found by: the words of its report, its places and its conversation; for the desk also its notes and
tags.

Only makes the values of the search column; the services beside write them with what they change.
"""

from typing import Any

from django.db.models import F
from django.db.models.expressions import CombinedExpression

from tickets import search
from tickets.models import Ticket


def first(ticket: Ticket) -> Any:
    """Of a ticket that nobody has written about yet."""
    return search.vector(*_report(ticket))


def whole(ticket: Ticket) -> Any:
    """Anew, after a text of the report, a place or the tags have changed. Two statements."""
    public = search.vector(*_report(ticket), *ticket.replies.values_list("body", flat=True))
    internal = search.vector(*ticket.tags, *ticket.notes.values_list("body", flat=True), is_internal=True)
    return CombinedExpression(public, "||", internal)


def also(body: str, *, is_internal: bool = False) -> Any:
    """What it was found by, and a message or note."""
    return CombinedExpression(F("search"), "||", search.vector(body, is_internal=is_internal))


def _report(ticket: Ticket) -> list[str]:
    """Besides its number and its conversation."""
    places = (ticket.organisation, ticket.site, ticket.equipment)
    return [
        ticket.title,
        ticket.description,
        ticket.contact_name,
        ticket.organisation_text,
        *(str(place) for place in places if place is not None),
    ]
