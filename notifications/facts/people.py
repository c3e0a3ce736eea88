"""The people behind the audiences of many events at once, read in a constant number of statements. Writes nothing.

Never silently nobody: a duty that nobody has goes to the team's lead, and without one to the administrators.
"""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Q

from accounts.models import Duty, Team, User
from accounts.roles import Role
from customers.models import Membership, Organisation
from customers.querysets import Place
from notifications.rules import (
    DEDICATED,
    HOUSE_LADDER,
    HOUSE_LADDER_LATE,
    PLANNED,
    TEAM_LEAD,
    TOLD_AT_THE_SITE,
    Audience,
    duty_code,
)
from sla import library
from tickets.models import Ticket, TicketEvent
from tickets.promises import UnknownPromise

log = logging.getLogger(__name__)
WITH_TEAM = frozenset({Audience.TEAM, Audience.DESK, Audience.LADDER})


@dataclass(frozen=True)
class Recipient:
    """A person, or a bare address of somebody without an account."""

    user: User | None
    address: str
    language: str

    @property
    def key(self) -> str:
        """For unique keys: no address in the open."""
        if self.user is not None:
            return f"u{self.user.pk}"
        return "a" + hashlib.sha256(self.address.encode()).hexdigest()[:24]

    @property
    def user_pk(self) -> int | None:
        """For rows made by the thousand, where a relation costs more than its number."""
        return self.user.pk if self.user is not None else None

    def wrote(self, event: TicketEvent) -> bool:
        """A guest leaves no name: what no person and no program wrote came from the address the ticket has."""
        if self.user is None:
            return event.user_id is None and not event.is_automatic
        return event.user_id == self.user.pk


class People:
    """`audiences`: those that will be asked for; only what they need is read. `now`: whose duty it is."""

    def __init__(self, events: Sequence[TicketEvent], audiences: Collection[Audience], now: datetime) -> None:
        self._events = events
        self._tickets = {event.ticket_id: event.ticket for event in events}
        self._audiences = frozenset(audiences)
        self._now = now
        self._are_new = self._tickets.keys() <= {event.ticket_id for event in events if event.type == "received"}
        self._calls = {event.pk: calls(event) for event in events} if Audience.LADDER in self._audiences else {}

    def of(self, audience: Audience, event: TicketEvent) -> list[Recipient]:
        ticket = event.ticket
        if audience == Audience.CUSTOMERS:
            return self._customers(ticket) or self._at_the_site(event)
        find: Mapping[Audience, Callable[[], Iterable[User]]] = {
            Audience.FOLLOWERS: lambda: (user for user in self._following(ticket) if user.is_staff_member),
            Audience.OWNER: lambda: self._owner(ticket),
            Audience.DESK: lambda: self._owner(ticket) or self._team(ticket) or self._in_role(Role.LEAD),
            Audience.TEAM: lambda: self._team(ticket),
            Audience.LADDER: lambda: self._ladder(event),
            Audience.STORE: lambda: self._in_role(Role.STOREKEEPER),
        }
        return [Recipient(user, user.email, user.language) for user in find[audience]()]

    def _customers(self, ticket: Ticket) -> list[Recipient]:
        people = [*self._active([ticket.reporter_id]), *(u for u in self._following(ticket) if not u.is_staff_member)]
        found = [Recipient(user, user.email, user.language) for user in dict.fromkeys(people)]
        address = ticket.contact_email.lower()  # one address in one form: limits count by it
        if address and address not in {recipient.address.lower() for recipient in found}:
            found.append(Recipient(None, address, self._language(ticket)))
        return found

    def _at_the_site(self, event: TicketEvent) -> list[Recipient]:
        if not _is_told_at_the_site(event):
            return []
        people = self._active(self._at_places[_place(event)])
        return [Recipient(user, user.email, user.language) for user in people]

    def _language(self, ticket: Ticket) -> str:
        """Of a guest: the one he read our page in; else that of his text, if we speak it, else his organisation's."""
        for spoken in (ticket.contact_language, ticket.language.lower()):
            if spoken in dict(settings.LANGUAGES):
                return spoken
        return self._organisation_languages.get(ticket.organisation_id, settings.LANGUAGE_CODE)

    def _following(self, ticket: Ticket) -> list[User]:
        return self._active(self._watchers[ticket.pk])

    def _owner(self, ticket: Ticket) -> list[User]:
        return self._active([ticket.assignee_id])

    def _team(self, ticket: Ticket) -> list[User]:
        return self._active(self._members[ticket.team_id])

    def _ladder(self, event: TicketEvent) -> list[User]:
        found: dict[User, None] = {}
        for name in self._calls[event.pk]:
            found.update(dict.fromkeys(self._called(name, event.ticket)))
        if not found:
            log.error("Nobody can be called about %s: there is no active administrator", event.ticket.reference)
        return list(found)

    def _called(self, name: str, ticket: Ticket) -> list[User]:
        lead = self._active([self._leads.get(ticket.team_id)])
        on_duty = self._active(self._duties[duty_code(name)])
        if name == DEDICATED:
            on_duty = self._owner(ticket) or on_duty
        if name == TEAM_LEAD:
            on_duty = lead or on_duty
        return on_duty or lead or self._in_role(Role.ADMINISTRATOR)

    def _active(self, pks: Iterable[int | None]) -> list[User]:
        return [self._users[pk] for pk in pks if pk in self._users]

    def _in_role(self, role: Role) -> list[User]:
        return [user for user in self._reserve if user.role == role]

    @cached_property
    def _watchers(self) -> Mapping[int, list[int]]:
        wanted = self._audiences & {Audience.CUSTOMERS, Audience.FOLLOWERS} and not self._are_new
        through = Ticket.watchers.through.objects.filter(ticket__in=self._tickets).order_by("pk")
        return _grouped(through.values_list("ticket_id", "user_id") if wanted else [])

    @cached_property
    def _members(self) -> Mapping[int | None, list[int]]:
        teams = self._teams if self._audiences & {Audience.TEAM, Audience.DESK} else set()
        through = Team.members.through.objects.filter(team__in=teams).order_by("user__name", "pk")
        return _grouped(through.values_list("team_id", "user_id") if teams else [])

    @cached_property
    def _at_places(self) -> Mapping[Place, list[int]]:
        is_asked = Audience.CUSTOMERS in self._audiences
        places = {_place(event) for event in self._events if is_asked and _is_told_at_the_site(event)}
        return Membership.objects.people_at(places)

    @cached_property
    def _leads(self) -> Mapping[int | None, int | None]:
        if Audience.LADDER not in self._audiences or not self._teams:
            return {}
        return dict(Team.objects.filter(pk__in=self._teams).values_list("pk", "lead_id"))

    @cached_property
    def _duties(self) -> Mapping[str, list[int]]:
        codes = {duty_code(name) for names in self._calls.values() for name in names}
        begun = Q(starts_at__isnull=True) | Q(starts_at__lte=self._now)
        going = Q(ends_at__isnull=True) | Q(ends_at__gt=self._now)
        return _grouped(
            Duty.objects.filter(begun, going, code__in=codes).values_list("code", "user_id") if codes else []
        )

    @property
    def _teams(self) -> set[int]:
        return {ticket.team_id for ticket in self._tickets.values() if ticket.team_id is not None}

    @cached_property
    def _users(self) -> Mapping[int | None, User]:
        """Everybody any audience may ask for, active, in one statement."""
        groups = (self._watchers, self._members, self._duties)
        pks = {pk for group in groups for members in group.values() for pk in members}
        pks |= {pk for people in self._at_places.values() for pk in people}
        pks |= {pk for pk in self._leads.values() if pk is not None}
        for ticket in self._tickets.values():
            pks |= {pk for pk in (ticket.reporter_id, ticket.assignee_id) if pk is not None}
        return {user.pk: user for user in User.objects.filter(pk__in=pks, is_active=True)} if pks else {}

    @cached_property
    def _reserve(self) -> list[User]:
        roles = (Role.LEAD, Role.ADMINISTRATOR, Role.STOREKEEPER)
        return list(User.objects.filter(role__in=roles, is_active=True).order_by("name", "pk"))

    @cached_property
    def _organisation_languages(self) -> Mapping[int | None, str]:
        pks = {ticket.organisation_id for ticket in self._tickets.values() if ticket.organisation_id is not None}
        return dict(Organisation.objects.filter(pk__in=pks).values_list("pk", "language")) if pks else {}


def calls(event: TicketEvent) -> Sequence[str]:
    """Whom the scheme's ladder calls at the level the event is about; the house's own ladder where it has none."""
    ticket = event.ticket
    house = HOUSE_LADDER.get(event.type, HOUSE_LADDER_LATE)
    try:
        scheme = library.scheme(ticket.scheme_code, ticket.scheme_version or 1)
    except (UnknownPromise, library.BrokenScheme):
        return house
    step = scheme.ladder_for(str(event.data.get("level") or ticket.level))
    return step.calls if step is not None and step.calls else house


def _is_told_at_the_site(event: TicketEvent) -> bool:
    return event.ticket.kind in PLANNED and event.type in TOLD_AT_THE_SITE


def _place(event: TicketEvent) -> Place:
    return event.ticket.organisation_id, event.ticket.site_id


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> Mapping[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
