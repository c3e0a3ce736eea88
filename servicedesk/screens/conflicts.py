"""Somebody changed the ticket while a form was open: does it matter for this form, and what to show if it does.

Reads the log since the form was drawn. Different fields merge; the same field shows both values.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.instants import parse_instant
from common.whole_numbers import COUNT_DIGITS, whole_number
from servicedesk import wording
from servicedesk.screens import contradictions, event_words, levels
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import MORE_FIELDS
from sla import policy_text
from tickets import lifecycle
from tickets.event_types import TYPES
from tickets.models import TicketEvent

# What others may do meanwhile without standing in the way of an event somebody records.
HARMLESS = frozenset({
    "noted", "linked", "unlinked", "tagged", "attached", "replied", "clock_warned", "edited", "assigned",
    "access_changed",
})  # fmt: skip
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
    theirs: frozenset[str] = frozenset()
    clashing: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: Any, yours: Mapping[str, Any]) -> "Choice":
        """`data`: the form as it was sent. A field of a conflict for which nothing was chosen is written by nobody."""
        clash = {name: data.get(f"keep_{name}", "") for name in data.getlist("clash") if name in yours}
        kept = {name: value for name, value in yours.items() if clash.get(name, "yours") == "yours"}
        undecided = {name: yours[name] for name, choice in clash.items() if choice not in ("yours", "theirs")}
        known = whole_number(data.get("clash_seq", ""), digits=COUNT_DIGITS) or 0
        theirs = frozenset(name for name, choice in clash.items() if choice == "theirs")
        return cls(kept, undecided, known, theirs, frozenset(clash))


def since(case: Case, seq: int | None) -> list[TicketEvent]:
    return [event for event in case.log if seq is None or event.seq > seq]


def in_the_way(events: Sequence[TicketEvent]) -> list[TicketEvent]:
    return [event for event in events if event.type not in HARMLESS]


def of_event(
    case: Case, seq: int | None, type_: str, yours: Mapping[str, Any], labels: Mapping[str, Any]
) -> Conflict | None:
    """For a form that records an event: what somebody recorded meanwhile that contradicts it.

    `yours`: the values of the form's fields. The same event differs field by field; of opposite ones one is kept whole.
    """
    others = in_the_way(lifecycle.in_force(since(case, seq)))
    against = [event for event in others if contradictions.contradict(event.type, type_)]
    is_impossible = lifecycle.refusal(case.status, type_, asks_consent=case.ticket.asks_consent) is not None
    if not against and not (is_impossible and others):
        return None
    last = (against or others)[-1]
    found = _of_same(case, last, yours, labels) if last.type == type_ and not is_impossible else []
    if not found:
        name = "" if is_impossible else "event"
        said = "; ".join(_line(case, event) for event in against or others)
        found = [Difference(_("What happened"), said, str(TYPES[type_].label), name)]
    return Conflict(_who(case, last), last.recorded_at, found, seq or 0)


def _line(case: Case, event: TicketEvent) -> str:
    line = event_words.line(event, case)
    return policy_text.named(line.what, line.more) if line.more else line.what


def _of_same(case: Case, event: TicketEvent, yours: Mapping[str, Any], labels: Mapping[str, Any]) -> list[Difference]:
    """Field by field; what nobody gave stands against nothing."""
    theirs = values_of(event)
    pairs = [(name, theirs.get(name), value) for name, value in yours.items()]
    told = [
        (name, _told(case, old), _told(case, new)) for name, old, new in pairs if old is not None and new is not None
    ]
    return [Difference(_label(labels, name), old, new, name) for name, old, new in told if old != new]


def values_of(event: TicketEvent) -> dict[str, Any]:
    """The fields of an event as its form has them."""
    values: dict[str, Any] = {"at": event.occurred_at}
    for name in MORE_FIELDS:
        value = event.data.get(name)
        values[name] = parse_instant(value) if isinstance(value, str) and name.endswith("_at") else value
    return values


def _told(case: Case, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return wording.moment(value, case.now, timezone.get_current_timezone())


def of_level(case: Case, seq: int | None, chosen: str) -> Conflict | None:
    """For a change of level: somebody, or a missed clock, set another one meanwhile."""
    known = lifecycle.in_force(since(case, seq))
    others = [event for event in known if event.type in event_words.LEVEL_EVENTS and event.data.get("level")]
    if not others or case.ticket.level == chosen:
        return None
    names = {badge.code: f"{badge.code} · {badge.name}" for badge in levels.all_of(case.ticket) if badge.name}
    theirs, yours = (names.get(code, code) for code in (case.ticket.level, chosen))
    last = others[-1]
    return Conflict(_who(case, last), last.recorded_at, [Difference(_("Level"), theirs, yours, "level")], seq or 0)


def of_fields(case: Case, seq: int | None, yours: Mapping[str, Any], labels: Mapping[str, Any]) -> Conflict | None:
    """For a form that changes fields: only fields that both changed, and to different values."""
    found: dict[str, Difference] = {}
    last = None
    for name, new, event in _changed(case, seq):
        found.pop(name, None)
        if name in yours and str(yours[name] or "") != str(new or ""):
            found[name] = Difference(
                _label(labels, name), _shown(case, name, new), _shown(case, name, yours[name]), name
            )
            last = event
    return Conflict(_who(case, last), last.recorded_at, list(found.values()), seq or 0) if found and last else None


def also(case: Case, seq: int | None, labels: Mapping[str, Any]) -> str:
    """What somebody else changed meanwhile beside what was saved, in one sentence; empty: nothing."""
    if seq is None:
        return ""
    changes = [change for change in _changed(case, seq) if change[2].user_id != case.user.pk]
    if changes:
        name, new, event = changes[-1]
        words = {"who": _who(case, event), "field": _label(labels, name), "value": _shown(case, name, new)}
        return _("%(who)s also changed %(field)s to %(value)s.") % words
    others = [event for event in in_the_way(since(case, seq)) if event.user_id != case.user.pk]
    words = {"who": _who(case, others[-1]), "what": _line(case, others[-1])} if others else {}
    return _("%(who)s also recorded: %(what)s.") % words if words else ""


def _changed(case: Case, seq: int | None) -> list[tuple[str, Any, TicketEvent]]:
    events = [event for event in since(case, seq) if event.type in CHANGING]
    return [(name, pair[1], event) for event in events for name, pair in event.data.get("changes", {}).items()]


def _label(labels: Mapping[str, Any], name: str) -> str:
    return str(labels.get(name) or LABELS.get(name) or name)


def _shown(case: Case, name: str, value: Any) -> str:
    text = str(event_words.value(name, value) or "–")
    return case.names_by_email.get(text, text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def _who(case: Case, event: TicketEvent) -> str:
    return case.name_of(event) or _("The program")
