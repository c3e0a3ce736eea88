"""Somebody changed the ticket while a form was open: does it matter for this form, and what to show if it does.

Reads the log since the form was drawn. Different fields merge; the same field shows both values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from servicedesk.screens import event_words
from servicedesk.screens.ticket_case import Case
from tickets.models import TicketEvent

# What others may do meanwhile without standing in the way of an event somebody records.
HARMLESS = frozenset({"noted", "linked", "unlinked", "attached", "replied", "clock_warned", "edited", "assigned"})
CHANGING = frozenset({"edited", "assigned", "placed"})


@dataclass(frozen=True)
class Difference:
    field: str
    theirs: str
    yours: str


@dataclass(frozen=True)
class Conflict:
    """Who changed it when, and what stands against what."""

    who: str
    at: datetime
    differences: Sequence[Difference]


def since(case: Case, seq: int | None) -> list[TicketEvent]:
    return [event for event in case.log if seq is None or event.seq > seq]


def in_the_way(events: Sequence[TicketEvent]) -> list[TicketEvent]:
    return [event for event in events if event.type not in HARMLESS]


def of_event(case: Case, seq: int | None, yours: str) -> Conflict | None:
    """For a form that records an event: what happened meanwhile, beside what is about to be recorded."""
    others = in_the_way(since(case, seq))
    if not others:
        return None
    lines = [event_words.line(event, case) for event in others]
    said = "; ".join(": ".join(filter(None, [line.what, line.more])) for line in lines)
    return Conflict(_who(case, others[-1]), others[-1].recorded_at, [Difference(_("What happened"), said, yours)])


def of_fields(case: Case, seq: int | None, yours: Mapping[str, Any], labels: Mapping[str, Any]) -> Conflict | None:
    """For a form that changes fields: only fields that both changed, and to different values."""
    differences, last = [], None
    for event in since(case, seq):
        for name, (_old, new) in event.data.get("changes", {}).items() if event.type in CHANGING else ():
            if name in yours and str(yours[name] or "") != str(new or ""):
                theirs, mine = (case.names_by_email.get(str(value), str(value or "–")) for value in (new, yours[name]))
                differences.append(Difference(str(labels.get(name, name)), theirs, mine))
                last = event
    return Conflict(_who(case, last), last.recorded_at, differences) if last else None


def _who(case: Case, event: TicketEvent) -> str:
    return case.name_of(event) or _("The program")
