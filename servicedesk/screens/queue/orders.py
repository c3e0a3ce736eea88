"""The orders of the list and its groupings as keys: columns or expressions, with a direction. Draws nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from servicedesk.screens.queue.rows import GROUPS, due_conditions
from servicedesk.screens.queue.views import IS_OPEN
from tickets.kinds import State


@dataclass(frozen=True)
class Key:
    """`source`: a path of the ticket, or an expression. Rows without a value come last in both directions."""

    source: Any
    is_descending: bool = False
    is_nullable: bool = False


def rank() -> Case:
    """Among rows without a due time: paused clocks, then open tickets without a clock, then what is over."""
    return Case(
        When(next_due_at__isnull=False, then=Value(0)),
        When(state=State.WAITING, then=Value(1)),
        When(IS_OPEN, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )


def stage() -> Case:
    """States in the order of the work."""
    places = [When(state=state, then=Value(place)) for place, state in enumerate(State)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())


def bucket(now: datetime) -> Case:
    """The place of a ticket's group by due time."""
    conditions = due_conditions(now)
    places = [When(conditions[group.code], then=Value(place)) for place, group in enumerate(GROUPS)]
    return Case(*places, default=Value(len(places)), output_field=IntegerField())


SOURCES: Mapping[str, Key] = {
    "due": Key("next_due_at", is_nullable=True),
    "received": Key("received_at"),
    "changed": Key("updated_at"),
    "level": Key("severity", is_nullable=True),
    "number": Key("number"),
    "status": Key(stage()),
    "owner": Key("assignee__name", is_nullable=True),
    "customer": Key("organisation__name", is_nullable=True),
}
LEADING: Mapping[str, Sequence[Key]] = {
    "owner": (Key("assignee__name", is_nullable=True), Key("assignee_id", is_nullable=True)),
    "customer": (Key("organisation__name", is_nullable=True), Key("organisation_id", is_nullable=True)),
    "level": (Key("severity", is_nullable=True), Key("level"), Key("scheme_code")),
    "status": (Key(stage()),),
    "none": (),
}


def keys(sort: str, is_descending: bool, grouping: str, now: datetime) -> Sequence[Key]:
    """The group first, unless the order runs through the groups by itself; at last what makes it unambiguous."""
    is_natural = grouping == "due" and sort == "due" and not is_descending
    leading = (Key(bucket(now)),) if grouping == "due" and not is_natural else LEADING.get(grouping, ())
    found = [*leading, replace(SOURCES[sort], is_descending=is_descending)]
    if sort == "due":
        found.append(Key(rank()))
    return [*found, Key("pk")]
