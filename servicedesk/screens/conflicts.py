"""Somebody changed the ticket while a form was open: does it matter for this form, and what to show if it does.

Reads the log since the form was drawn. Different fields merge; the same field shows both values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from servicedesk.screens import event_words
from servicedesk.screens.ticket_case import Case
from tickets.models import TicketEvent

# What others may do meanwhile without standing in the way of an event somebody records.
HARMLESS = frozenset({"noted", "linked", "unlinked", "attached", "replied", "clock_warned", "edited", "assigned"})
LONGEST_SHOWN = 200
LABELS = {**event_words.FIELDS, **event_words.PLACES, "assignee": gettext_lazy("Owner"), "team": gettext_lazy("Team")}
CHANGING = frozenset({"edited", "assigned", "placed"})


@dataclass(frozen=True)
class Difference:
    field: str
    theirs: str
    yours: str
    name: str = ""  # of the form's field, where one of the two can be chosen


@dataclass(frozen=True)
class Conflict:
    """Who changed it when, and what stands against what."""

    who: str
    at: datetime
    differences: Sequence[Difference]
    seq: int = 0  # the last entry of the log that the form knew

    @property
    def is_of_fields(self) -> bool:
        return all(difference.name for difference in self.differences)


@dataclass(frozen=True)
class Choice:
    """What was chosen, field by field, on top of a conflict: `yours` is what is left to write."""

    yours: Mapping[str, Any]
    undecided: Mapping[str, Any]
    seq: int

    @classmethod
    def of(cls, data: Any, yours: Mapping[str, Any]) -> "Choice":
        """`data`: the form as it was sent. A field of a conflict for which nothing was chosen is written by nobody."""
        clash = {name: data.get(f"keep_{name}", "") for name in data.getlist("clash") if name in yours}
        kept = {name: value for name, value in yours.items() if clash.get(name, "yours") == "yours"}
        undecided = {name: yours[name] for name, choice in clash.items() if choice not in ("yours", "theirs")}
        seq = data.get("clash_seq", "")
        return cls(kept, undecided, int(seq) if seq.isascii() and seq.isdigit() and len(seq) < 10 else 0)


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
    found: dict[str, Difference] = {}
    last = None
    for name, new, event in _changed(case, seq):
        found.pop(name, None)
        if name in yours and str(yours[name] or "") != str(new or ""):
            found[name] = Difference(_label(labels, name), _shown(case, new), _shown(case, yours[name]), name)
            last = event
    return Conflict(_who(case, last), last.recorded_at, list(found.values()), seq or 0) if found and last else None


def also(case: Case, seq: int | None, labels: Mapping[str, Any]) -> str:
    """What somebody else changed meanwhile beside what was saved, in one sentence; empty: nothing."""
    changes = [change for change in _changed(case, seq) if change[2].user_id != case.user.pk]
    if not changes or seq is None:
        return ""
    name, new, event = changes[-1]
    words = {"who": _who(case, event), "field": _label(labels, name), "value": _shown(case, new)}
    return _("%(who)s also changed %(field)s to %(value)s.") % words


def _changed(case: Case, seq: int | None) -> list[tuple[str, Any, TicketEvent]]:
    events = [event for event in since(case, seq) if event.type in CHANGING]
    return [(name, pair[1], event) for event in events for name, pair in event.data.get("changes", {}).items()]


def _label(labels: Mapping[str, Any], name: str) -> str:
    return str(labels.get(name) or LABELS.get(name) or name)


def _shown(case: Case, value: Any) -> str:
    text = str(value or "–")
    return case.names_by_email.get(text, text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def _who(case: Case, event: TicketEvent) -> str:
    return case.name_of(event) or _("The program")
