"""The words of a scheme: levels, durations, targets, consequences, ladder. Values only; see `scheme` for the whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sla.engine.facts import Case


@dataclass(frozen=True, slots=True)
class Level:
    """A fault level. Its code says nothing about gravity, `severity` does: 1 is gravest."""

    code: str
    severity: int
    name: str
    description: str = ""


# --- durations as a scheme writes them, and what they come to for a ticket


@dataclass(frozen=True, slots=True)
class Counted:
    """So much open time. `is_at_once` only says how the scheme words it."""

    us: int
    is_at_once: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """To the close of the n-th working day after the day of the start."""

    days: int


@dataclass(frozen=True, slots=True)
class Months:
    """To the same day and time n months later, or the last day of that month."""

    months: int


@dataclass(frozen=True, slots=True)
class Until:
    """To an instant that the starting event carries."""

    field: str


@dataclass(frozen=True, slots=True)
class WorkingDaysBefore:
    """To the close of the n-th working day before the day of an instant that the starting event carries."""

    days: int
    field: str


@dataclass(frozen=True, slots=True)
class Travel:
    """The site's travel time plus something; for a near site perhaps a fixed time instead."""

    plus_us: int
    near_up_to_minutes: int | None = None
    near_us: int | None = None

    def for_case(self, case: Case) -> Counted:
        """The time for that site; an unknown travel time counts as none."""
        minutes = case.travel_minutes or 0
        if self.near_us is not None and self.near_up_to_minutes is not None and minutes <= self.near_up_to_minutes:
            return Counted(self.near_us)
        return Counted(minutes * 60_000_000 + self.plus_us)


Length = Counted | WorkingDays | Months | Until | WorkingDaysBefore
Duration = Length | Travel


@dataclass(frozen=True, slots=True)
class Condition:
    """When a target applies; an empty set means any."""

    kinds: frozenset[str]
    channels: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    causes: frozenset[str] = frozenset()
    in_warranty: bool | None = None

    def holds(self, case: Case) -> bool:
        """Whether all that is asked is true of the ticket."""
        return (
            case.kind in self.kinds
            and (not self.channels or case.channel in self.channels)
            and (not self.categories or case.category in self.categories)
            and (not self.causes or case.cause in self.causes)
            and (self.in_warranty is None or case.in_warranty is self.in_warranty)
        )


@dataclass(frozen=True, slots=True)
class Target:
    """One promise. Several may share a code: the first whose condition holds for the ticket is the one that counts."""

    code: str
    name: str
    description: str
    starts: frozenset[str]
    stops: frozenset[str]
    voids: frozenset[str]
    within: Mapping[str, Duration]  # level code -> duration; a level without one has no such target
    starts_on: Mapping[str, str]  # level code -> calendar code
    counts_on: Mapping[str, str]
    condition: Condition
    warn_percent: int
    is_paused_by_waiting: bool = True
    survives_closing: bool = False
    repeats: bool = False  # each stop, and each miss at its deadline, starts the next run
    raises_level: bool = False  # a miss raises the level one step
    reopens: str = "never"  # never | always | if_down


@dataclass(frozen=True, slots=True)
class Consequence:
    """An event the program writes by itself: after a miss, after a share of a target, or some time after an event."""

    event: str
    once: str  # ticket | round | run
    missed: str | None = None  # target whose miss it follows
    share_of: str | None = None  # target of which `percent` is used up
    percent: int = 0
    after: str | None = None  # event it follows, `delay_us` later
    delay_us: int = 0
    levels: frozenset[str] = frozenset()  # empty: at every level
    unless: frozenset[str] = frozenset()  # events that make it needless
    unless_local_loaner: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """Whom a warning or a miss calls at a level, and how long they have before the next step."""

    level: str
    calls: tuple[str, ...]
    handling_us: int | None = None


@dataclass(frozen=True, slots=True)
class Warranty:
    """For the policy page and for coverage: how long, from what, and what is chargeable after."""

    months: int | None = None
    counts_from: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class PolicyText:
    """Plain language for customers: what the scheme is, what it covers, what it leaves out, what else it promises."""

    summary: str = ""
    description: str = ""
    flow: tuple[str, ...] = ()
    promises: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
