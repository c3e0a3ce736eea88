"""Changing what is known of a ticket, who has it and who follows it. What happened goes through `record`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Team, User
from accounts.policies import require
from common.errors import Illegal, Invalid
from tickets import lifecycle
from tickets.models import Ticket
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import finding, log, placing, rows

EDITABLE = frozenset({"title", "description", "category", "cause", "contact_name", "contact_email", "contact_phone"})
SEARCHED = frozenset({"title", "description"})


@transaction.atomic
def edit(
    *, ticket: Ticket, changes: Mapping[str, Any], by: Actor, now: datetime, expected_version: int | None = None
) -> Ticket:
    """Changes fields of EDITABLE, `assignee` (staff User or None) and `team`. Nothing different: nothing is written.

    Another category asks again which contract covers the work; if another one does, the ticket is placed again.
    """
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    require(by, "ticket.edit", TABLE)
    unknown = sorted(set(changes) - EDITABLE - {"assignee", "team"})
    if unknown:
        raise Invalid({name: [_("This cannot be changed here.")] for name in unknown})
    different = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if "title" in different and not str(different["title"]).strip():
        raise Invalid.field("title", _("Enter a title."))
    if not different:
        return row
    history = log.read([row])[row.pk]
    _check_open(row, history)
    check_assignee(different.get("assignee"))
    entries = _entries(row, different, now)
    for name, value in different.items():
        setattr(row, name, value)
    columns = {name: getattr(row, name) for name in different}
    placed = placing.follow_category(row, by=by) if "category" in different else None
    if placed is not None:
        entries.append(log.Entry("placed", now, placed))
        columns |= {name: getattr(row, name) for name in placing.FOLLOWING}
    if different.keys() & SEARCHED:
        columns["search"] = finding.whole(row)
    log.append(ticket=row, entries=entries, log=history, by=by, now=now, **columns)
    return row


def assign(
    *,
    ticket: Ticket,
    assignee: User | None,
    by: Actor,
    now: datetime,
    team: Team | None = None,
    expected_version: int | None = None,
) -> Ticket:
    changes: dict[str, Any] = {"assignee": assignee}
    if team is not None:
        changes["team"] = team
    return edit(ticket=ticket, changes=changes, by=by, now=now, expected_version=expected_version)


@transaction.atomic
def watch(*, ticket: Ticket, user: User, by: Actor) -> None:
    """`user` hears of public events; watching twice is watching. A customer can only add himself."""
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.watch", TABLE)
    if by.user is not None and not by.user.is_staff_member and by.user != user:
        raise Invalid.field("user", _("You can only follow the ticket yourself."))
    if not Ticket.objects.visible_to(user).filter(pk=row.pk).exists():
        raise Invalid.field("user", _("This person cannot see the ticket."))
    row.watchers.add(user)


@transaction.atomic
def unwatch(*, ticket: Ticket, user: User, by: Actor) -> None:
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.watch", TABLE)
    if by.user is not None and not by.user.is_staff_member and by.user != user:
        raise Invalid.field("user", _("You can only stop following yourself."))
    row.watchers.remove(user)


def _check_open(ticket: Ticket, history: list[Any]) -> None:
    reason = lifecycle.refusal(log.status(ticket, history), "edited")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))


def check_assignee(assignee: User | None) -> None:
    if assignee is not None and not (assignee.is_active and assignee.is_staff_member):
        raise Invalid.field("assignee", _("Only active staff can own a ticket."))


def _entries(ticket: Ticket, different: Mapping[str, Any], now: datetime) -> list[log.Entry]:
    """Owner and team are one event, all other fields another; each carries old and new."""
    moved = {name: _pair(ticket, name, value) for name, value in different.items() if name in ("assignee", "team")}
    edited = {name: _pair(ticket, name, value) for name, value in different.items() if name in EDITABLE}
    pairs = (("assigned", moved), ("edited", edited))
    return [log.Entry(kind, now, {"changes": changes}) for kind, changes in pairs if changes]


def _pair(ticket: Ticket, name: str, value: Any) -> list[Any]:
    return [plain(getattr(ticket, name)), plain(value)]


def plain(value: Any) -> Any:
    if isinstance(value, User):
        return value.email
    return str(value.pk) if isinstance(value, Model) else value
