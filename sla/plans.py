"""Planning tickets from their logs, and following the automatic consequences to the end. Writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from common.calendars import CALENDARS
from sla import facts, library
from sla.engine import Calendars, Case, Clock, Effect, Event, Plan, Scheme, plan
from tickets.models import TicketEvent

# A cascade longer than this goes on in the next sweep, so that one ticket cannot hold up the others.
ROUNDS = 50
UNREADABLE = (facts.GapInLog, library.BrokenScheme)


@dataclass
class Planned:
    """A ticket's plan at an instant, and the automatic events that still have to be written."""

    scheme: Scheme
    case: Case
    calendars: Calendars
    events: list[Event]
    plan: Plan
    overrides: facts.LazyOverrides
    place: facts.Place
    effects: list[Effect] = field(default_factory=list)

    def edition_of(self, clock: Clock) -> str:
        """The holiday data a clock was counted by; empty for one that runs around the clock."""
        has_holidays = any(CALENDARS[code].uses_holidays for code in clock.calendars)
        return self.overrides.edition(self.place.country) if has_holidays else ""

    def over_calendar_of(self, clock: Clock) -> str:
        """By which calendar of the place it gets later; empty where all time counts, or none does."""
        promise = clock.trace.run.promise
        needs_none = clock.overrun.since_at is None or promise.is_in_days or CALENDARS[promise.counts_code].always
        return "" if needs_none else self.place.named(promise.counts_code)


def read(
    log: Sequence[TicketEvent], now: datetime, overrides: facts.LazyOverrides | None = None, *, is_whole: bool = True
) -> Planned:
    """The plan at `now`, without consequences. Raises whatever makes the ticket's promise unreadable.

    `is_whole`: the log has all entries; a part of it is read on purpose only to tell how things stood then.
    A fact already on record is known, even if the clock of who wrote it ran ahead: then `now` is that fact's time.
    """
    now = latest(log, now)
    shared = overrides or facts.LazyOverrides()
    place = facts.place_of(log)
    events = facts.events_of(log, is_whole=is_whole)
    calendars = facts.calendars_for(place, [now, *(event.at for event in events)], shared)
    scheme, case = library.promised(*facts.scheme_of(log)), facts.case_of(log)
    outcome = plan(scheme, calendars, case, events, now)
    return Planned(scheme, case, calendars, events, outcome, shared, place)


def latest(log: Sequence[TicketEvent], now: datetime) -> datetime:
    return max(now, log[-1].occurred_at) if log else now


def follow(log: Sequence[TicketEvent], now: datetime, overrides: facts.LazyOverrides | None = None) -> Planned:
    """The plan once all automatic events due by `now` have happened, with those events in `effects`."""
    now = latest(log, now)
    planned = read(log, now, overrides)
    seq = max(event.seq for event in log)
    for _ in range(ROUNDS):
        if not planned.plan.effects:
            break
        for effect in planned.plan.effects:
            seq += 1
            planned.effects.append(effect)
            planned.events.append(effect.as_event(seq))
        planned.plan = plan(planned.scheme, planned.calendars, planned.case, planned.events, now)
    return planned
