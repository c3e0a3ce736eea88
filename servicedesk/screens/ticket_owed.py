"""What is still owed when a ticket is closed, as the Close form says it: promises that survive closing. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from servicedesk import wording
from servicedesk.screens import ticket_steps
from servicedesk.screens.ticket_case import Case
from sla.reports import ClockView
from tickets.event_types import POSTABLE


@dataclass(frozen=True)
class Owed:
    """`step`: what keeps the promise, where that can be recorded now."""

    title: str
    words: str
    step: ticket_steps.Step | None


def owed(case: Case) -> Sequence[Owed]:
    """A clock that has run out ends with the closing, missed; one that runs goes on."""
    found = [view for view in case.standing.clocks if view.is_open and view.promise.target.survives_closing]
    return [_owed(case, view) for view in found if view.due_at is not None]


def stops(view: ClockView) -> Sequence[str]:
    """The events a person records to keep this promise."""
    return sorted(view.promise.target.stops & POSTABLE.keys())


def _owed(case: Case, view: ClockView) -> Owed:
    moment = wording.moment(view.due_at, case.now, timezone.get_current_timezone())
    facts = {"promise": view.label, "moment": moment}
    title, words = _("%(promise)s is due %(moment)s."), _("Its clock runs on after closing.")
    if view.due_at <= case.now:
        title, words = _("%(promise)s was due %(moment)s."), _("Closing ends its clock as missed.")
    asks = case.ticket.asks_consent
    possible = [
        kind for kind in stops(view) if ticket_steps.is_possible(kind, case.status, case.actor, asks_consent=asks)
    ]
    return Owed(title % facts, words, ticket_steps.step(possible[0]) if possible else None)
