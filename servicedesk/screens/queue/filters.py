"""Filters of the queue, read from the address and written back into it, so that a link shows the same list.

A value that names nothing is kept and finds nothing; it is never a fault of the page.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from customers.models import Equipment
from servicedesk.screens.queue import views
from servicedesk.screens.queue.views import IS_OPEN, Tickets, View
from tickets.kinds import Kind, State

LONGEST = 200
ME, NOBODY, OPEN = "me", "none", "open"
LATE = "late"
WITHIN: Mapping[str, timedelta] = {"1h": timedelta(hours=1), "4h": timedelta(hours=4)}
DAYS: Mapping[str, int] = {"today": 1, "tomorrow": 2}
SEVERITIES = frozenset("1234")
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Filters:
    """All texts as in the address; `view` empty: the default view, or everything when somebody searches.

    `saved` names the saved view the address came from; it chooses nothing by itself.
    """

    view: str = ""
    saved: str = ""
    q: str = ""
    state: str = ""
    kind: str = ""
    level: str = ""
    severity: str = ""
    organisation: str = ""
    site: str = ""
    equipment: str = ""
    team: str = ""
    assignee: str = ""
    due: str = ""
    tag: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Filters":
        return cls(**{field.name: _clean(query.get(field.name, "")) for field in fields(cls)})

    @classmethod
    def of_address(cls, address: str) -> "Filters":
        return cls.read(QueryDict(address))

    @property
    def chosen_view(self) -> View:
        is_all = self.q or (self.state and self.state != OPEN)
        return views.BY_CODE.get(self.view, views.EVERYTHING if is_all else views.DEFAULT)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters in force, without the names of views."""
        return {name: value for name, value in asdict(self).items() if value and name not in ("view", "saved")}

    def unreadable(self, now: datetime) -> frozenset[str]:
        """The filters whose value can never be one: they find nothing, however many tickets there are."""
        states = [code for code in self.state.split(",") if code]
        found = {
            "due": bool(self.due) and due_before(self.due, now) is None,
            "severity": bool(self.severity) and self.severity not in SEVERITIES,
            "state": bool(states) and not {*State.values, OPEN} & set(states),
            "kind": bool(self.kind) and self.kind not in Kind.values,
        }
        return frozenset(name for name, is_none in found.items() if is_none)

    def address(self, **changes: str) -> str:
        """The query string of these filters with some of them changed; without the page."""
        return urlencode({name: value for name, value in (asdict(self) | changes).items() if value})

    @property
    def unsaved(self) -> "Filters":
        return replace(self, saved="")


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]


def apply(tickets: Tickets, filters: Filters, user: User, now: datetime) -> Tickets:
    exact = {
        "level": filters.level,
        "kind": filters.kind,
        "organisation__code": filters.organisation,
        "site__code": filters.site,
        "team__code": filters.team,
    }
    chosen = Q(**{name: value for name, value in exact.items() if value})
    chosen &= _state(filters.state) & _severity(filters.severity) & _owner(filters.assignee, user)
    chosen &= _due(filters.due, now)
    tickets = tickets.filter(chosen)
    if filters.equipment:
        tickets = tickets.filter(equipment__in=Equipment.objects.with_serial(filters.equipment))
    if filters.tag:
        tickets = tickets.tagged(filters.tag.split(","))
    return tickets.matching(filters.q, notes=True) if filters.q else tickets


def _state(codes: str) -> Q:
    if codes == OPEN:
        return IS_OPEN
    return Q(state__in=[part for part in codes.split(",") if part]) if codes else Q()


def _severity(text: str) -> Q:
    if not text:
        return Q()
    return Q(severity=int(text)) if text in SEVERITIES else NOTHING


def _owner(email: str, user: User) -> Q:
    if not email:
        return Q()
    fixed: dict[str, Q] = {ME: Q(assignee=user.pk), NOBODY: Q(assignee__isnull=True)}
    return fixed[email] if email in fixed else Q(assignee__email__iexact=email)


def _due(text: str, now: datetime) -> Q:
    if not text:
        return Q()
    before = due_before(text, now)
    return Q(next_due_at__lt=before) if before is not None else NOTHING


def due_before(text: str, now: datetime) -> datetime | None:
    """ "late", "1h", "today" ... or a moment in the viewer's zone."""
    if text == LATE:
        return now
    if text in WITHIN:
        return now + WITHIN[text]
    if text in DAYS:
        day = timezone.localtime(now) + timedelta(days=DAYS[text])
        return day.replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        moment = parse_datetime(text)
        return timezone.make_aware(moment) if moment is not None and timezone.is_naive(moment) else moment
    except (ValueError, OverflowError):
        return None


def states_of(codes: str) -> list[str]:
    labels: dict[str, Any] = dict(State.choices)
    return [str(labels.get(code, code)) for code in codes.split(",") if code]
