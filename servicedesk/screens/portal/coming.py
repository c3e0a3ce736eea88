"""Who comes, and when, and who is there: what the desk said with the booking, the departure or the arrival.

An engineer who comes is named, so that one knows whom to let in; whoever else wrote it down is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.roles import Role
from common.instants import instant_or_none
from tickets.models import Ticket, TicketEvent

STATES = frozenset({"on_the_way", "visit_booked", "on_site"})
FIELDS = {"departed": "expected_at", "visit_planned": "planned_at"}
TOLD_BY = FIELDS.keys() | {"arrived"}


@dataclass(frozen=True)
class Coming:
    """`at`: when he is expected, where a time was said; `left_at`: when he set out; `here_at`: since when he is there,
    after which neither of the others matters any more.
    """

    at: datetime | None = None
    left_at: datetime | None = None
    here_at: datetime | None = None
    name: str = ""
    phone: str = ""


NOBODY = Coming()


def of(ticket: Ticket, happened: Sequence[TicketEvent]) -> Coming:
    """The last word about it, in the order in which things happened; NOBODY unless somebody comes or is there now."""
    told = next((event for event in reversed(happened) if event.type in TOLD_BY), None)
    if told is None or ticket.state not in STATES:
        return NOBODY
    who = _engineer(ticket, told, happened)
    if told.type == "arrived":
        return Coming(here_at=told.occurred_at, name=who.name, phone=who.phone)
    left_at = told.occurred_at if told.type == "departed" else None
    return Coming(instant_or_none(told.data.get(FIELDS[told.type])), left_at, name=who.name, phone=who.phone)


def planned_at(happened: Sequence[TicketEvent]) -> datetime | None:
    """For when the last visit was booked, also once it is over or another state tells more."""
    booked = next((event for event in reversed(happened) if event.type == "visit_planned"), None)
    return instant_or_none(booked.data.get("planned_at")) if booked else None


def _engineer(ticket: Ticket, told: TicketEvent, happened: Sequence[TicketEvent]) -> User:
    """Who said it himself; of an arrival that the desk wrote down, the one who had set out; otherwise the owner."""
    said_by = [told.user]
    if told.type == "arrived":
        said_by.append(next((event.user for event in reversed(happened) if event.type == "departed"), None))
    return next((user for user in (*said_by, ticket.assignee) if user and user.role == Role.ENGINEER), User())
