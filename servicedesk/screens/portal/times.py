"""How a promised time came about, in the customer's words: what counts, from when, and what was not counted. Pure.

The stretches are the engine's own, so that the page cannot disagree with the clock; their internal reasons stay behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from servicedesk import wording
from servicedesk.screens.portal import words
from sla import policy_text
from sla.engine import Stretch
from sla.engine.terms import Counted, Travel, Until, WorkingDaysBefore
from sla.reports import ClockView, Standing


@dataclass(frozen=True)
class Line:
    """A row of the ledger: no reason but the plain one of a pause."""

    start: datetime
    end: datetime
    kind: str
    seconds: int
    why: str


@dataclass(frozen=True)
class Explanation:
    target: str
    label: str
    sentences: list[str]
    ledger: list[Line]
    due_words: str


def explain(standing: Standing, now: datetime, zone: tzinfo, *, has_contract: bool) -> list[Explanation]:
    """The latest run of each promise a customer has words for; nothing for clocks that no longer matter."""
    latest: dict[str, ClockView] = {}
    for clock in standing.clocks:
        if clock.target in words.PROMISED and clock.state not in ("void", "replaced"):
            latest[clock.target] = clock
    return [_explanation(clock, now, zone, has_contract) for clock in latest.values()]


def _explanation(clock: ClockView, now: datetime, zone: tzinfo, has_contract: bool) -> Explanation:
    stretches = clock.explanation
    due = clock.due_at
    return Explanation(
        target=clock.target,
        label=clock.label,
        sentences=[
            _promised(clock, has_contract),
            *_length(clock),
            *_counting(clock, now, zone),
            *_not_counted(stretches, zone),
        ],
        ledger=[] if clock.is_in_days or clock.is_fixed else [_line(stretch) for stretch in stretches],
        due_words=_("Promised for %(at)s") % {"at": wording.full_moment(due, zone)} if due else "",
    )


def _promised(clock: ClockView, has_contract: bool) -> str:
    """In the words of the policy page."""
    facts = {"promise": policy_text.cell(clock.promise.target, clock.promise.level.code).sentence}
    if has_contract:
        return _("Your contract says: %(promise)s.") % facts
    return _("Our general promise is: %(promise)s.") % facts


def _length(clock: ClockView) -> list[str]:
    """What a promise that depends on the way comes to for this site."""
    promise = clock.promise
    is_travel = isinstance(promise.target.within.get(promise.level.code), Travel)
    if not is_travel or not isinstance(promise.length, Counted):
        return []
    return [_("With the travel time to your site that is %(time)s.") % {"time": policy_text.length(promise.length.us)}]


def _counting(clock: ClockView, now: datetime, zone: tzinfo) -> list[str]:
    """From when it counts and when that ends."""
    facts = {"begun": wording.sentence_start(wording.moment(clock.begun_at, now, zone))}
    facts["start"] = wording.moment(clock.started_at, now, zone)
    if clock.due_at is None:
        return [_("It counts from %(start)s and stands still now, while we wait for your answer.") % facts]
    facts["due"] = wording.moment(clock.due_at, now, zone)
    if isinstance(clock.promise.length, Until):
        return [_("The date we agreed with you is %(due)s.") % facts]
    if isinstance(clock.promise.length, WorkingDaysBefore):
        return _counted_back(clock, now, zone)
    if clock.is_in_days:
        return [_("It counts from the day after %(start)s. The last working day ends %(due)s.") % facts]
    if clock.started_at > clock.begun_at:
        return [_("%(begun)s is outside that time. It counts from %(start)s and ends %(due)s.") % facts]
    return [_("It counts from %(start)s and ends %(due)s.") % facts]


def _counted_back(clock: ClockView, now: datetime, zone: tzinfo) -> list[str]:
    """A notice counts from the visit, not from the moment it was planned."""
    said = []
    if clock.anchor_at is not None:
        said = [_("The appointment is %(visit)s.") % {"visit": wording.moment(clock.anchor_at, now, zone)}]
    due = {"due": wording.moment(clock.due_at, now, zone)}
    return [*said, _("Counted back from that day, the last day for the notice ends %(due)s.") % due]


def _not_counted(stretches: Sequence[Stretch], zone: tzinfo) -> list[str]:
    """A wait that closed hours cut into pieces reads as the pieces, as in the ledger."""
    return [
        _("We did not count %(period)s, while we waited for you.")
        % {"period": wording.period(stretch.start, stretch.end, zone)}
        for stretch in stretches
        if stretch.kind == "paused"
    ]


def _line(stretch: Stretch) -> Line:
    why = _("waiting for you") if stretch.kind == "paused" else ""
    return Line(stretch.start, stretch.end, stretch.kind, stretch.seconds, why)
