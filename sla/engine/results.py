"""What the engine answers: clocks, timers, effects, stretches. Plain values without behaviour beyond reading them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sla.engine.facts import Event, key_of

if TYPE_CHECKING:
    from sla.engine.runs import Trace


class State(StrEnum):
    """How a clock stands. `running` also while its calendar is closed; `missed` is not stopped."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    MISSED_STOPPED = "missed_stopped"
    REPLACED = "replaced"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Overrun:
    """How far past its due time a clock is, at any instant until its log grows: `counted`, and what it counts from
    `since_at` on. None: it stands still.
    """

    counted: timedelta
    since_at: datetime | None


@dataclass(frozen=True, slots=True)
class Clock:
    """One run of one target. `due_at` is None while paused and where the calendar cannot tell (`is_undetermined`)."""

    target: str
    run: int
    level: str
    state: State
    begun_at: datetime  # the start event, before it was moved by `starts on`
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    warn_at: datetime | None
    is_open: bool  # somebody still has to stop it: running, paused, or missed and unstopped
    is_paused: bool  # also true of a missed clock while the ticket waits for the customer
    is_provisional: bool
    is_undetermined: bool
    elapsed_seconds: int
    remaining_seconds: int
    over_seconds: int
    overrun: Overrun
    whole_seconds: int  # what is promised; the same at every instant, which a sum of the three rounded ones is not
    trace: "Trace" = field(repr=False, compare=False)

    @property
    def calendars(self) -> tuple[str, str]:
        """The calendars its start was moved by and its time is counted in."""
        return self.trace.run.promise.starts_code, self.trace.run.promise.counts_code

    @property
    def key(self) -> str:
        """Unique within a ticket: `restore:1`."""
        return f"{self.target}:{self.run}"


@dataclass(frozen=True, slots=True)
class Timer:
    """The next moment at which a clock (or a delay without a clock: `target` is "") asks to be looked at again.

    `kind`: warn, miss, or the event that a consequence of the scheme will write (`loaner_requested`, `spare_needed`).
    """

    target: str
    run: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """An event the program has to write, stamped with the moment it became due, not with the moment it is noticed."""

    type: str
    at: datetime
    data: dict[str, Any]

    @property
    def key(self) -> str:
        """Unique within a ticket and the same however often it is planned."""
        return key_of(self.type, self.data)

    def as_event(self, seq: int) -> Event:
        """As it stands in the log."""
        return Event(self.type, self.at, seq, self.data, automatic=True)


@dataclass(frozen=True, slots=True)
class LevelChange:
    """What a change of level did to one target: kept, replaced, restarted, started, dropped."""

    at: datetime
    old_level: str
    new_level: str
    target: str
    run: int
    outcome: str
    old_due_at: datetime | None
    new_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that follows from the log at an instant.

    `effects` are the automatic events due at or before `now` that the log lacks, in order. All of them may be appended
    at once, but the list ends after the first that changes what follows: append, plan again, until there are none.
    """

    now: datetime
    level: str
    severity: int
    is_level_confirmed: bool
    clocks: tuple[Clock, ...]
    effects: tuple[Effect, ...]
    timers: tuple[Timer, ...]
    level_changes: tuple[LevelChange, ...]
    next_due_at: datetime | None
    is_paused: bool
    is_crisis_open: bool
    is_provisional: bool
    is_undetermined: bool

    def clock(self, target: str, run: int | None = None) -> Clock | None:
        """A clock by target and run, without a run the latest of the target."""
        found = [clock for clock in self.clocks if clock.target == target and run in (None, clock.run)]
        return found[-1] if found else None

    @property
    def next_timer_at(self) -> datetime | None:
        """When to plan again at the latest, if nothing happens before."""
        return min((timer.at for timer in self.timers), default=None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the explanation of a clock; `kind` is counted, closed, paused or over, `seconds` its wall length."""

    start: datetime
    end: datetime
    kind: str
    seconds: int
    why: str
    working_day: int | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """A story played to its end: all events, the automatic ones in their places, and the plan at the end."""

    events: tuple[Event, ...]
    plan: Plan
