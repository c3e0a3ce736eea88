"""The state of a fold: what is known of the ticket after the events so far. Holds, does not decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from common.worktime import WorkTime
from sla.engine.arithmetic import Pause, Pauses
from sla.engine.facts import Case, Event, key_of
from sla.engine.results import Effect, LevelChange
from sla.engine.runs import Promise, Run
from sla.engine.scheme import Scheme
from sla.engine.terms import Consequence, Level, Target, Travel


@dataclass(slots=True, eq=False)
class Track:
    """All runs of one target. `waiting_start` is a start event at a level that has no such target (yet)."""

    target: Target
    order: int
    marks: tuple[tuple[int, int], ...]  # consequences that follow a share of it: their number and percent
    interests: frozenset[str]  # events that start, stop or void it
    runs: list[Run] = field(default_factory=list)
    waiting_start: int | None = None
    instants: dict[str, int] = field(default_factory=dict)
    unused_stops: set[str] = field(default_factory=set)

    @property
    def open_run(self) -> Run | None:
        """The run that somebody still has to stop."""
        return self.runs[-1] if self.runs and self.runs[-1].result is None else None


@dataclass(slots=True, eq=False)
class Due:
    """Something that a moment brings besides the thresholds of runs; `rank` orders what comes at one instant."""

    at: int
    rank: int
    act: str  # announce, raise, consequence
    run: Run | None = None
    rule: Consequence | None = None


@dataclass(slots=True, eq=False)
class Book:
    """Everything the fold remembers. `write` takes what the program has to announce: into the log, or as a proposal."""

    scheme: Scheme
    calendars: Mapping[str, WorkTime]
    case: Case
    level: Level
    tracks: dict[str, Track]
    recorded: dict[str, int]  # keys of the program's events on record -> when
    write: Callable[[Effect, Run | None], None]
    happened: set[str] = field(default_factory=set)  # keys of the program's events so far
    awaited: str | None = None  # the key of one that is on record for this instant: time stands still until it happened
    is_level_confirmed: bool = False
    pauses: list[Pause] = field(default_factory=list)
    paused_since: int | None = None
    standing: set[str] = field(default_factory=set)  # events of this round that nothing has undone
    ever: set[str] = field(default_factory=set)
    round: int = 1
    crisis_since: int | None = None
    queue: list[Due] = field(default_factory=list)
    delays: dict[int, int] = field(default_factory=dict)  # number of the consequence -> when it falls due
    changes: list[LevelChange] = field(default_factory=list)
    promises: dict[tuple[str, str], Promise | None] = field(default_factory=dict)
    is_dirty: bool = True  # something changed since the next threshold was looked up
    next_due: Due | None = None

    def promise(self, track: Track, level: Level | None = None) -> Promise | None:
        """What a level (the present one, if none is named) promises for a target."""
        level = level or self.level
        key = track.target.code, level.code
        if key not in self.promises:
            self.promises[key] = self._promise(track.target, level)
        return self.promises[key]

    def _promise(self, target: Target, level: Level) -> Promise | None:
        duration = target.within.get(level.code)
        if duration is None:
            return None
        starts, counts = target.starts_on[level.code], target.counts_on[level.code]
        return Promise(
            target=target,
            level=level,
            length=duration.for_case(self.case) if isinstance(duration, Travel) else duration,
            starts_code=starts,
            counts_code=counts,
            starts_on=self.calendars[starts],
            counts_on=self.calendars[counts],
        )

    def is_pause_before(self, at: int) -> bool:
        """Whether a pause is open and began before that instant."""
        return self.paused_since is not None and self.paused_since < at

    def pauses_upto(self, at: int) -> Pauses:
        """The pauses, the open one ended at that instant."""
        if self.paused_since is None or at <= self.paused_since:
            return self.pauses
        return [*self.pauses, (self.paused_since, at)]

    def is_paused(self, run: Run) -> bool:
        """Whether a running clock stands still, rather than having run out before the pause."""
        if self.paused_since is None or not run.is_running or not run.is_pausable:
            return False
        return run.due is None or run.due > self.paused_since


def new_book(
    scheme: Scheme,
    calendars: Mapping[str, WorkTime],
    case: Case,
    events: list[tuple[int, Event]],
    write: Callable[[Effect, Run | None], None],
) -> Book:
    """An empty book for a ticket; of targets that share a code the first that applies counts."""
    tracks: dict[str, Track] = {}
    for order, target in enumerate(scheme.targets):
        if target.code not in tracks and target.condition.holds(case):
            tracks[target.code] = Track(
                target,
                order,
                marks=tuple((n, c.percent) for n, c in enumerate(scheme.consequences) if c.share_of == target.code),
                interests=target.starts | target.stops | target.voids,
            )
    recorded: dict[str, int] = {}
    for us, event in events:
        if event.is_by_program:
            recorded.setdefault(key_of(event.type, event.data), us)
    return Book(scheme, calendars, case, scheme.default_level, tracks, recorded, write)
