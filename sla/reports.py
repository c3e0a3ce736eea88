"""Read models of service levels: how a ticket stands, what a change of level would do. Writes nothing.

Planned live from the log, so that what is shown can explain itself; lists read the cached rows instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from sla import facts, plans, words
from sla.engine import Clock, Event, Plan, Scheme, Stretch, explain, plan
from sla.models import Trouble
from sla.wording import ORDER, target_label
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent


@dataclass(frozen=True)
class ClockView:
    """A clock with its words and, when asked, its explanation."""

    clock: Clock
    plan: Plan = field(repr=False)

    @property
    def target(self) -> str:
        return self.clock.target

    @property
    def label(self) -> str:
        return target_label(self.clock.target)

    @cached_property
    def explanation(self) -> tuple[Stretch, ...]:
        return explain(self.plan, self.clock)

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
    return Standing(planned.plan, scheme, views(planned.plan), trouble, facts.place_of(history))


def views(outcome: Plan) -> list[ClockView]:
    """The clocks in the order people read them: reply, arrival, restore ...; runs of a target in their order."""
    ordered = sorted(outcome.clocks, key=lambda clock: (ORDER.get(clock.target, len(ORDER)), clock.target, clock.run))
    return [ClockView(clock, outcome) for clock in ordered]


def preview_level(ticket: Ticket, level: str, at: datetime, now: datetime) -> list[ClockView]:
    """What the clocks would be if the level were confirmed as `level` at `at`. Empty when it cannot be told."""
    return preview(ticket, Event("level_confirmed", at, ticket.last_seq + 1, {"level": level}), now)


def preview(ticket: Ticket, event: Event, now: datetime) -> list[ClockView]:
    """What the clocks would be if that happened too."""
    history = tickets.read_logs([ticket])[ticket.pk]
    try:
        planned = plans.read(history, now)
        return views(plan(planned.scheme, planned.calendars, planned.case, [*planned.events, event], now))
    except Exception:
        return []


def out_of_date() -> list[Trouble]:
    """Tickets whose promises cannot be evaluated, the oldest trouble first."""
    return list(Trouble.objects.select_related("ticket__organisation").order_by("since_at"))
