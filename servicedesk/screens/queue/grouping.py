"""The groups of the list under each grouping: which one a ticket stands in, and how many stand there. Reads only."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from servicedesk.screens import levels
from servicedesk.screens.queue import rows
from servicedesk.screens.queue.counts import Count as Number
from servicedesk.screens.queue.rows import Group
from servicedesk.screens.queue.views import Tickets
from sla import policy_text
from tickets.models import Ticket

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "owner": ("assignee_id",),
    "customer": ("organisation_id",),
    "level": ("severity", "level", "scheme_code"),
    "status": ("state",),
}


def group_of(ticket: Ticket, grouping: str, now: datetime) -> Group | None:
    """None: the list has no groups."""
    if grouping == "due":
        return rows.due_group(ticket, now)
    if grouping == "owner":
        return Group(_code(ticket.assignee_id), str(ticket.assignee or _("Nobody")))
    if grouping == "customer":
        return Group(_code(ticket.organisation_id), str(ticket.organisation or _("Customer not known yet")))
    if grouping == "level":
        return Group(_code(ticket.severity, ticket.level, ticket.scheme_code), _level(ticket))
    return Group(ticket.state, ticket.get_state_display()) if grouping == "status" else None


def _level(ticket: Ticket) -> str:
    """The same letter may mean something else in each scheme, so its name and the scheme's stand beside it."""
    words = _("Level %(level)s") % {"level": ticket.level} if ticket.level else _("No level")
    promise = levels.promise_of(ticket)
    scheme = (promise.name if promise else "") or ticket.scheme_code
    name = levels.name_of(ticket, ticket.level)
    return policy_text.clauses([part for part in (words, name) if part]) + (f" · {scheme}" if scheme else "")


def count(chosen: Tickets, grouping: str) -> Mapping[str, Number]:
    """Group -> how many; one statement, and none for groups by due time, which are counted with the views."""
    columns = COLUMNS.get(grouping)
    if columns is None:
        return {}
    found: Iterable[dict[str, Any]] = chosen.order_by().values(*columns).annotate(number=Count("pk"))
    is_state = grouping == "status"
    return {
        line["state"] if is_state else _code(*(line[name] for name in columns)): Number(line["number"])
        for line in found
    }


def _code(*parts: Any) -> str:
    """A name for the group that may stand in an id and in a list with commas and dots."""
    return "-".join(re.sub(r"[^\w-]", "_", str("none" if part is None else part)) for part in parts)
