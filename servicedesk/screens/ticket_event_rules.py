"""What the small form of an event asks beyond the shape of its fields. Of people at a page only: REST takes what its
contract says. Pure.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from tickets import lifecycle
from tickets.refusals import SENTENCES

# Times that lie ahead of what is recorded; the service itself looks at the time that is proposed.
NOT_BEFORE: dict[str, LazyText] = {
    "expected_at": _("Enter a time after the departure."),
    "planned_at": _("Enter a time after the booking."),
    "agreed_at": _("Enter a time after the confirmation."),
}


def impossible_times(data: Mapping[str, Any], at: datetime) -> dict[str, LazyText]:
    """By field. `at`: when the event happened; forms know minutes."""
    minute = at.replace(second=0, microsecond=0)
    given = {name: data.get(name) for name in NOT_BEFORE}
    return {name: NOT_BEFORE[name] for name, value in given.items() if value is not None and value < minute}


def unfitting(type_: str, status: lifecycle.Status, *, asks_consent: bool) -> LazyText | str:
    """Why the event makes no sense where the case stands: what the lifecycle says, and what a page knows beside it."""
    reason = lifecycle.refusal(status, type_, asks_consent=asks_consent)
    if reason is not None:
        return SENTENCES[reason]
    if type_ == "visit_failed" and not status.has_visit:
        return _("No visit is booked or under way that could fail. Record the departure or the arrival first.")
    return ""


# What must be said with an event: the field, and the sentence where it is empty.
MUST_SAY: dict[str, tuple[str, LazyText]] = {
    "restored": ("message", _("Say in one line what was done.")),
    "waiting": ("message", _("Say what we wait for.")),
    "diagnosed": ("message", _("Say what you propose.")),
    "visit_days_declined": ("message", _("Say which days suit you, or why none of these does.")),
    "change_answered": ("message", _("Write the answer: solution, impact, effort and dates.")),
    "cancelled": ("message", _("Say why the ticket is cancelled.")),
    "visit_failed": ("message", _("Say why the visit failed.")),
    "crisis_entry": ("note", _("Say what happened since the last record.")),
    "spare_needed": ("part", _("Say which part is needed and how many.")),
}
# Whom it is told is the writer's: a note for us alone will do.
NOTE_WILL_DO = frozenset({"cancelled", "visit_failed", "spare_needed"})


def required(type_: str, *, can_tell: bool) -> str:
    """The field that cannot stay empty; empty: none. Who cannot tell the customer leaves it in the note."""
    name = MUST_SAY[type_][0] if type_ in MUST_SAY else ""
    return "note" if name == "message" and not can_tell and type_ != "restored" else name


def left_unsaid(type_: str, data: Mapping[str, Any], *, can_tell: bool) -> LazyText | None:
    name = required(type_, can_tell=can_tell)
    if not name or name not in data or data[name] or (type_ in NOTE_WILL_DO and data.get("note")):
        return None
    return MUST_SAY[type_][1]


def lacks_its_file(type_: str, data: Mapping[str, Any]) -> LazyText | None:
    """A written report is a file, or words that the customer reads."""
    if type_ != "report_sent" or data.get("files") or data.get("message"):
        return None
    return _("Add the report as a file, or write it.")


def note_of(type_: str, note: str, message: str) -> str:
    """What we wait for is read beside the wait itself: the first line of what the customer was told."""
    return note or (next(iter(message.splitlines()), "") if type_ == "waiting" else "")
