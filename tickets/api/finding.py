"""The filters of the list of tickets. A name nobody knows, or that is not for this person, is refused beside it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Invalid
from tickets.api import names
from tickets.kinds import OPEN_STATES
from tickets.models import Ticket
from tickets.querysets import TicketQuerySet

FOR_STAFF = frozenset({"assignee", "team", "tag"})
SEVERAL = ("state", "level", "severity", "kind")


def narrow(
    tickets: TicketQuerySet[Ticket], filters: Mapping[str, Any], *, person: User, now: datetime
) -> TicketQuerySet[Ticket]:
    for name in SEVERAL:
        if filters.get(name):
            tickets = tickets.filter(**{f"{name}__in": filters[name]})
    if "open" in filters:
        is_open = Q(state__in=OPEN_STATES)
        tickets = tickets.filter(is_open if filters["open"] else ~is_open)
    return _by_text(_by_due(_by_name(tickets, filters, person), filters, now), filters, person)


def _by_name(tickets: TicketQuerySet[Ticket], filters: Mapping[str, Any], person: User) -> TicketQuerySet[Ticket]:
    if "organisation" in filters:
        tickets = tickets.filter(organisation=names.organisation_of(person, filters["organisation"]))
    if "site" in filters:
        tickets = tickets.filter(site=names.site_of(person, filters["site"]))
    if "equipment" in filters:
        tickets = tickets.filter(equipment__in=names.units_of(person, filters["equipment"]))
    if not person.is_staff_member and (asked := FOR_STAFF & filters.keys()):
        raise Invalid({name: [_("Only staff can ask for this.")] for name in sorted(asked)})
    if "tag" in filters:
        tickets = tickets.tagged(filters["tag"])
    owner = filters.get("assignee")
    if owner == "none":
        tickets = tickets.filter(assignee=None)
    elif owner is not None:
        tickets = tickets.filter(assignee=person if owner == "me" else names.staff_of(owner))
    return tickets.filter(team=names.team_of(filters["team"])) if "team" in filters else tickets


def _by_due(tickets: TicketQuerySet[Ticket], filters: Mapping[str, Any], now: datetime) -> TicketQuerySet[Ticket]:
    if "overdue" in filters:
        is_overdue = Q(state__in=OPEN_STATES, next_due_at__lt=now)
        tickets = tickets.filter(is_overdue if filters["overdue"] else ~is_overdue | Q(next_due_at=None))
    if "due_before" in filters:
        tickets = tickets.filter(state__in=OPEN_STATES, next_due_at__lt=filters["due_before"])
    return tickets


def _by_text(tickets: TicketQuerySet[Ticket], filters: Mapping[str, Any], person: User) -> TicketQuerySet[Ticket]:
    text = filters.get("q")
    return tickets if text is None else tickets.matching(text, notes=person.is_staff_member)
