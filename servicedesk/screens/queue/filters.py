"""Filters of the queue, read from the address and written back into it, so that a link shows the same list.

A value that names nothing is kept and finds nothing; it is never a fault of the page.
"""

import re
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Team, User
from customers.models import Organisation
from servicedesk.screens.queue import views as queue_views
from servicedesk.screens.queue.views import Tickets, View
from tickets.kinds import State

NUMBER = re.compile(r"(?:sd[-\s]?)?(\d{1,18})", re.IGNORECASE)
LONGEST = 200
ME, NOBODY = "me", "none"


@dataclass(frozen=True)
class Filters:
    """All texts as in the address; `view` empty: the default view, or everything when somebody searches."""

    view: str = ""
    q: str = ""
    state: str = ""
    level: str = ""
    organisation: str = ""
    team: str = ""
    assignee: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        return cls(**{field.name: _clean(query.get(field.name, "")) for field in fields(cls)})

    @property
    def chosen_view(self) -> View:
        default = queue_views.EVERYTHING if self.q or self.state else queue_views.DEFAULT
        return queue_views.BY_CODE.get(self.view, default)

    def address(self, **changes: str) -> str:
        """The query string of these filters with some of them changed; without the page."""
        values = {field.name: getattr(self, field.name) for field in fields(self)} | changes
        return urlencode({name: value for name, value in values.items() if value})


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]


def apply(tickets: Tickets, filters: Filters, user: User) -> Tickets:
    exact = {
        "state__in": [part for part in filters.state.split(",") if part],
        "level": filters.level,
        "organisation__code": filters.organisation,
        "team__code": filters.team,
    }
    tickets = tickets.filter(**{name: value for name, value in exact.items() if value})
    if filters.assignee == ME:
        tickets = tickets.filter(assignee=user.pk)
    elif filters.assignee == NOBODY:
        tickets = tickets.filter(assignee__isnull=True)
    elif filters.assignee:
        tickets = tickets.filter(assignee__email__iexact=filters.assignee)
    return tickets.matching(filters.q) if filters.q else tickets


@dataclass(frozen=True)
class Chip:
    name: str
    value: str
    remove_address: str


def chips(filters: Filters) -> list[Chip]:
    """The filters in force, each with the address of the list without it. Names are looked up only where needed."""
    named = [
        ("q", _("Search"), filters.q),
        ("state", _("Status"), _states(filters.state)),
        ("level", _("Level"), filters.level),
        ("organisation", _("Customer"), _name(Organisation, filters.organisation)),
        ("team", _("Team"), _name(Team, filters.team)),
        ("assignee", _("Owner"), _owner(filters.assignee)),
    ]
    return [Chip(name, value, f"?{filters.address(**{key: ''})}") for key, name, value in named if value]


def _states(codes: str) -> str:
    labels = dict(State.choices)
    return ", ".join(str(labels.get(code, code)) for code in codes.split(",") if code)


def _name(model: type[Organisation] | type[Team], code: str) -> str:
    return model._default_manager.filter(code=code).values_list("name", flat=True).first() or code if code else ""


def _owner(email: str) -> str:
    fixed = {"": "", ME: _("me"), NOBODY: _("nobody")}
    if email in fixed:
        return fixed[email]
    return User.objects.filter(email__iexact=email).values_list("name", flat=True).first() or email
