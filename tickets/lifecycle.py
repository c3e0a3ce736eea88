"""The lifecycle as a pure table: what state events make, and which event does not fit. Standard library only.

A state is never set; it is what the log's events make of the case, in the order in which they happened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar


class Happening(Protocol):
    """What the table reads of an event: its type and, for a re-opening, nothing more."""

    @property
    def type(self) -> str: ...


class Entry(Happening, Protocol):
    """A line of the log: `data` of a retraction names the `seq` of the line it takes back."""

    @property
    def seq(self) -> int: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Status:
    """Where a case stands. `state` is the working state underneath; `shown` adds the wait for the customer."""

    kind: str = "fault"
    state: str = "new"
    is_waiting: bool = False
    is_restored: bool = False
    is_resolved: bool = False
    is_crisis_open: bool = False
    has_remote_grant: bool = False
    has_visit: bool = False

    @property
    def shown(self) -> str:
        return "waiting" if self.is_waiting else self.state

    @property
    def is_finished(self) -> bool:
        """We have done what we do, and the customer may judge it: resolved, or the change delivered."""
        return self.is_resolved or self.state == "resolved"

    @property
    def is_over(self) -> bool:
        return self.state in ("closed", "cancelled")


RETRACTED = "retracted"
MOVES_TO = {
    "received": "new",
    "responded": "in_progress",
    "diagnosed": "in_progress",
    "remote_started": "remote",
    "remote_failed": "in_progress",
    "visit_planned": "visit_booked",
    "departed": "on_the_way",
    "arrived": "on_site",
    "visit_failed": "in_progress",
    "visit_done": "in_progress",
    "spare_needed": "waiting_part",
    "spare_delivered": "in_progress",
    "change_answered": "in_progress",
    "change_delivered": "resolved",
    "loaner_installed": "in_progress",
    "step_done": "in_progress",
    "restored": "restored",
    "resolved": "resolved",
    "reopened": "in_progress",
    "not_satisfied": "in_progress",
    "closed": "closed",
    "cancelled": "cancelled",
}
SAID = frozenset({"responded", "diagnosed"})
VISITS = frozenset({"visit_planned", "departed", "arrived"})
ENDS_WAIT = frozenset({"resumed", "restored", "resolved", "closed", "cancelled"})
REPORT = "report_sent"
ALLOWED_WHEN_CLOSED = frozenset({"noted", "linked", "unlinked", "tagged", REPORT, "reopened"})
ALLOWED_WHEN_CANCELLED = frozenset({"noted", "linked", "unlinked"})
KEEPS_FINISHED = frozenset(MOVES_TO) - {"closed", "cancelled", "reopened", "not_satisfied", "resolved", "restored"}
ONLY_FOR = {
    "change_answered": "change",
    "change_confirmed": "change",
    "change_delivered": "change",
    "visit_planned": "inspection",
    "notice_sent": "inspection",
    "visit_done": "inspection",
    "visit_unbegun": "inspection",
    "visit_agreed": "inspection",
    "visit_days_proposed": "inspection",
    "visit_days_declined": "inspection",
    "maker_asked": "inspection",
    "maker_confirmed": "inspection",
    "step_done": "job",
    "acceptance_signed": "job",
    "acceptance_unsigned": "job",
    "work_moved": "job",
    "step_late": "job",
}


def retractions(log: Iterable[Entry]) -> dict[int, int]:
    """What was taken back: its number -> the number of its retraction."""
    return {entry.data["seq"]: entry.seq for entry in log if entry.type == RETRACTED}


def in_force(log: Sequence[E]) -> Sequence[E]:
    """Without what was taken back, and without the retractions: as if it had never been recorded."""
    gone = retractions(log)
    return [entry for entry in log if entry.type != RETRACTED and entry.seq not in gone] if gone else log


def after(status: Status, event_type: str) -> Status:
    """The status once the event has happened; never refuses."""
    state = MOVES_TO.get(event_type, status.state)
    finished = status.state in ("restored", "resolved", "closed", "cancelled")
    if finished and event_type in KEEPS_FINISHED:
        state = status.state  # a spare that arrives after the repair does not re-open it
    if event_type in SAID and status.state not in ("new", "in_progress"):
        state = status.state  # a booked visit stays booked when the customer is told of it
    undone = event_type in ("reopened", "not_satisfied")
    return replace(
        status,
        state=state,
        is_waiting=event_type == "waiting" or (status.is_waiting and event_type not in ENDS_WAIT),
        is_restored=not undone and (status.is_restored or event_type in ("restored", "resolved")),
        is_resolved=not undone and (status.is_resolved or event_type == "resolved"),
        is_crisis_open=(status.is_crisis_open or event_type == "crisis_opened")
        and event_type not in ("crisis_closed", "closed", "cancelled"),
        has_remote_grant=(status.has_remote_grant or event_type == "remote_granted") and event_type != "remote_refused",
        has_visit=(status.has_visit or event_type in VISITS) and event_type not in ("visit_failed", "visit_done"),
    )


def fold(kind: str, happenings: Iterable[Happening]) -> Status:
    """`happenings` in the order in which they happened."""
    status = Status(kind=kind)
    for happening in happenings:
        status = after(status, happening.type)
    return status


def refusal(status: Status, event_type: str, *, asks_consent: bool = False) -> str | None:
    """Why the event does not fit (a key of REFUSALS), or None when it does. Source: the kinds-and-transitions rules."""
    checks: tuple[tuple[bool, str], ...] = (
        (status.state == "cancelled" and event_type not in ALLOWED_WHEN_CANCELLED, "cancelled"),
        (status.state == "closed" and event_type not in ALLOWED_WHEN_CLOSED, "closed"),
        (event_type in ONLY_FOR and ONLY_FOR[event_type] != status.kind, "kind"),
        (event_type == "reopened" and not (status.is_restored or status.state == "closed"), "open"),
        (event_type == "waiting" and status.is_waiting, "waiting"),
        (event_type == "resumed" and not status.is_waiting, "not_waiting"),
        (event_type == "restored" and status.is_restored, "restored"),
        (event_type == "resolved" and status.is_resolved, "resolved"),
        (event_type in ("satisfied", "not_satisfied") and not status.is_finished, "not_resolved"),
        (asks_consent and event_type == "remote_started" and not status.has_remote_grant, "no_consent"),
        (event_type == "crisis_opened" and status.is_crisis_open, "crisis_open"),
        (event_type in ("crisis_entry", "crisis_closed") and not status.is_crisis_open, "no_crisis"),
    )
    return next((reason for is_refused, reason in checks if is_refused), None)
