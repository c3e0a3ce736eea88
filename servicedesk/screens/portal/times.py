"""How a promised time came about, in the customer's words: what counts, from when, and what was not counted. Pure.

The stretches are the engine's own, so that the page cannot disagree with the clock; their internal reasons stay behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from servicedesk import wording
from servicedesk.screens.portal import words
from sla.engine import Stretch
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
    by_days = any(stretch.working_day for stretch in stretches)
    return Explanation(
        label=clock.label,
        sentences=[_counting(clock, by_days, now, zone, has_contract), *_not_counted(stretches, zone)],
        ledger=[] if by_days else [_line(stretch) for stretch in stretches],
        due_words=_("Promised for %(at)s") % {"at": wording.full_moment(due, zone)} if due else "",
    )


def _counting(clock: ClockView, by_days: bool, now: datetime, zone: tzinfo, has_contract: bool) -> str:
    stretches = clock.explanation
    facts = {"start": wording.moment(clock.begun_at, now, zone)}
    if clock.due_at is None:
        return _("It counts from %(start)s and stands still now, while we wait for your answer.") % facts
    facts["due"] = wording.moment(clock.due_at, now, zone)
    counted = sum(stretch.seconds for stretch in stretches if stretch.kind == "counted")
    if by_days:
        days = len({stretch.working_day for stretch in stretches if stretch.kind == "counted"})
        facts["days"] = str(days)
        return _("Working days from %(start)s: the close of day %(days)s is %(due)s.") % facts
    facts["time"] = wording.duration(counted, days=False)
    if any(stretch.kind == "closed" for stretch in stretches):
        facts["time"] = _("%(time)s of working time") % facts
    else:
        facts["time"] = _("%(time)s, day and night") % facts
    if has_contract:
        return _("Your contract gives %(time)s. From %(start)s that is %(due)s.") % facts
    return _("Our general promise is %(time)s. From %(start)s that is %(due)s.") % facts


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
