"""Read models of service levels: how a ticket stands, what a change of level would do. Writes nothing.

Planned live from the log, so that what is shown can explain itself; lists read the cached rows instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from common.epoch import from_us
from sla import facts, plans, words
from sla.engine import Clock, Plan, Scheme, Stretch, explain, uncounted
from sla.engine.runs import Promise
from sla.models import Trouble
from sla.wording import ORDER
from tickets import lifecycle
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent


@dataclass(frozen=True)
class ClockView:
    """A clock with its words and, when asked, its explanation."""

    clock: Clock
    plan: Plan = field(repr=False)
    scheme_code: str = ""

    @property
    def target(self) -> str:
        return self.clock.target

    @property
    def label(self) -> str:
        return words.target_label(self.clock.target, self.scheme_code)

    @cached_property
    def explanation(self) -> tuple[Stretch, ...]:
        return explain(self.plan, self.clock)

    @property
    def promise(self) -> Promise:
        """What its level promised: the words of the policy page come from here."""
        return self.clock.trace.run.promise

    @property
    def anchor_at(self) -> datetime | None:
        """The agreed or planned moment that its due time is taken from."""
        anchor = self.clock.trace.run.anchor
        return from_us(anchor) if anchor is not None else None

    is_in_days = property(lambda self: self.promise.is_in_days)
    is_fixed = property(lambda self: self.promise.is_fixed)
    run = property(lambda self: self.clock.run)
    level = property(lambda self: self.clock.level)
    state = property(lambda self: self.clock.state.value)
    begun_at = property(lambda self: self.clock.begun_at)
    started_at = property(lambda self: self.clock.started_at)
    due_at = property(lambda self: self.clock.due_at)
    stopped_at = property(lambda self: self.clock.stopped_at)
    warn_at = property(lambda self: self.clock.warn_at)
    is_open = property(lambda self: self.clock.is_open)
    is_paused = property(lambda self: self.clock.is_paused)
    is_provisional = property(lambda self: self.clock.is_provisional)
    elapsed_seconds = property(lambda self: self.clock.elapsed_seconds)
    remaining_seconds = property(lambda self: self.clock.remaining_seconds)
    over_seconds = property(lambda self: self.clock.over_seconds)


@dataclass(frozen=True)
class Standing:
    """How a ticket stands at an instant. `plan` and `scheme` are None while it cannot be evaluated (`trouble`); the
    scheme is to be read: its texts are in the language that is active."""

    plan: Plan | None
    scheme: Scheme | None
    clocks: list[ClockView]
    trouble: bool
    place: facts.Place = field(default_factory=facts.Place)


def standing(ticket: Ticket, now: datetime, log: Sequence[TicketEvent] | None = None) -> Standing:
    """Plans the ticket's log at `now`; the log is read when it is not given. Never raises for a broken scheme."""
    history = log if log is not None else tickets.read_logs([ticket])[ticket.pk]
    try:
        planned = plans.read(history, now)
    except Exception:  # the page must still show the ticket; the sweep reports and retries the cause
        return Standing(None, None, [], trouble=True)
    trouble = planned.plan.is_undetermined
    scheme = words.translated(planned.scheme)
    return Standing(planned.plan, scheme, views(planned.plan, scheme), trouble, facts.place_of(history))


def views(outcome: Plan, scheme: Scheme) -> list[ClockView]:
    """The clocks in the order people read them: reply, arrival, restore ...; runs of a target in their order."""
    ordered = sorted(outcome.clocks, key=lambda clock: (ORDER.get(clock.target, len(ORDER)), clock.target, clock.run))
    return [ClockView(clock, outcome, scheme.code) for clock in ordered]


def foreseen(
    ticket: Ticket, now: datetime, log: Sequence[TicketEvent], type_: str, data: Mapping[str, Any]
) -> Standing:
    """How it would stand if that happened now too. The entry is never saved."""
    seq = max((event.seq for event in log), default=0) + 1
    entry = TicketEvent(ticket=ticket, seq=seq, type=type_, occurred_at=now, recorded_at=now, data=dict(data))
    return standing(ticket, now, [*log, entry])


@dataclass(frozen=True)
class Shift:
    """What one event did to a due time, as it was known then: the clock (restore where there is one), before and after.

    `uncounted`: after a wait, the seconds of its calendar that did not count.
    """

    target: str = ""
    old: datetime | None = None
    new: datetime | None = None
    uncounted: int = 0


class Shifts:
    """The shifts of one log, planned when asked for; of so many entries and no more, so that a page stays quick."""

    MOST = 12

    def __init__(self, log: Sequence[TicketEvent]) -> None:
        self._known = lifecycle.in_force(log)
        self._found: dict[int, Shift] = {}
        self._overrides = facts.LazyOverrides()

    def of(self, event: TicketEvent) -> Shift:
        if event.seq not in self._found and len(self._found) < self.MOST and event in self._known:
            self._found[event.seq] = self._plan(event)
        return self._found.get(event.seq, Shift())

    def _plan(self, event: TicketEvent) -> Shift:
        """The log before the event, and up to it; a wait is left out whole."""
        known = [other for other in self._known if other.place <= event.place]
        waits = [other for other in known if other.type == "waiting" and event.type == "resumed"]
        first = waits[-1] if waits else event
        earlier = [other for other in known if other.place < first.place]
        try:
            before = plans.read(earlier, first.occurred_at, self._overrides, is_whole=False).plan
            after = plans.read(known, event.occurred_at, self._overrides, is_whole=False).plan
        except Exception:  # as in `standing`: the entry is shown without it
            return Shift()
        return _shift(before, after, (first.occurred_at, event.occurred_at))


def _shift(before: Plan, after: Plan, between: tuple[datetime, datetime]) -> Shift:
    latest = [clock for clock in after.clocks if clock == after.clock(clock.target) and clock.is_open]
    pairs = [(before.clock(clock.target), clock) for clock in latest]
    moved = [(old, new) for old, new in pairs if old and old.due_at and new.due_at and old.is_open]
    moved = [(old, new) for old, new in moved if old.due_at != new.due_at]
    if not moved:
        return Shift()
    moved.sort(key=lambda pair: (pair[1].target not in ("restore", "resolve"), ORDER.get(pair[1].target, len(ORDER))))
    old, new = moved[0]
    return Shift(new.target, old.due_at, new.due_at, uncounted(new, *between))


def out_of_date() -> list[Trouble]:
    """Tickets whose promises cannot be evaluated, the oldest trouble first."""
    return list(Trouble.objects.select_related("ticket__organisation").order_by("since_at"))
