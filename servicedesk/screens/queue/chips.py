"""The filters in force as chips, each with the address of the list without it. Names are looked up where needed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Team, User
from customers.models import Organisation, Site
from servicedesk import wording
from servicedesk.screens.queue.filters import ME, NOBODY, OPEN, Filters, due_before, states_of
from servicedesk.screens.queue.views import DEFAULT
from tickets.kinds import Kind

DUE: Mapping[str, str | LazyText] = {
    "late": gettext_lazy("past due"),
    "1h": gettext_lazy("within 1 hour"),
    "4h": gettext_lazy("within 4 hours"),
    "today": gettext_lazy("today"),
    "tomorrow": gettext_lazy("by the end of tomorrow"),
}


@dataclass(frozen=True)
class Chip:
    name: str
    value: str
    remove_address: str
    is_readable: bool = True


def chips(filters: Filters, now: datetime, rest: str = "") -> list[Chip]:
    """`rest`: what else stands in the address."""
    says: dict[str, tuple[str, Callable[[str], str]]] = {
        "q": (_("Search"), str),
        "state": (_("Status"), _state),
        "kind": (_("Kind"), _kind),
        "level": (_("Level"), str),
        "severity": (_("Severity"), str),
        "organisation": (_("Customer"), lambda code: _name(Organisation, code)),
        "site": (_("Place"), lambda code: _name(Site, code)),
        "equipment": (_("Unit"), str),
        "team": (_("Team"), lambda code: _name(Team, code)),
        "assignee": (_("Owner"), _owner),
        "due": (_("Due"), lambda text: _due(text, now)),
        "tag": (_("Tag"), lambda words: ", ".join(words.split(","))),
    }
    found, unreadable = [], filters.unreadable(now)
    for key, value in filters.chosen.items():
        name, words = says[key]
        left = "&".join(filter(None, [filters.address(**{key: ""}), rest]))
        found.append(Chip(name, words(value), f"/tickets/?{left or f'view={DEFAULT.code}'}", key not in unreadable))
    return found


def _state(codes: str) -> str:
    return _("open") if codes == OPEN else ", ".join(states_of(codes))


def _kind(code: str) -> str:
    return str(dict(Kind.choices).get(code, code))


def _name(model: type[Organisation] | type[Site] | type[Team], code: str) -> str:
    return model._default_manager.filter(code=code).values_list("name", flat=True).first() or code


def _owner(email: str) -> str:
    fixed = {ME: _("me"), NOBODY: _("nobody")}
    if email in fixed:
        return fixed[email]
    return User.objects.filter(email__iexact=email).values_list("name", flat=True).first() or email


def _due(text: str, now: datetime) -> str:
    if text in DUE:
        return str(DUE[text])
    before = due_before(text, now)
    return (
        _("before %(moment)s") % {"moment": wording.full_moment(before, timezone.get_current_timezone())}
        if before
        else text
    )
