"""From a ticket's log to what the engine is told: case, events, and the calendars of the place. Reads no clock.

Only the log counts, not the ticket's columns: a site that moves does not rewrite what was promised.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from common.calendars import CALENDARS, compile_calendar
from common.worktime import WorkTime
from sla import holidays
from sla.engine import Case, Event, missing_sequence_numbers
from sla.engine.vocabulary import ALL
from sla.models import CalendarOverride
from tickets.lifecycle import in_force, retractions
from tickets.models import TicketEvent

DEFAULT_ZONE, DEFAULT_COUNTRY = "Asia/Shanghai", "CN"
FIRST_YEAR, LAST_YEAR = 1990, 2090


class GapInLog(Exception):
    """The log lacks entries; planning it would invent a history."""


@dataclass(frozen=True)
class Place:
    """Where the case is: decides the calendar."""

    zone: str = DEFAULT_ZONE
    country: str = DEFAULT_COUNTRY

    def named(self, code: str) -> str:
        """A calendar here, as rows keep it; `calendar_named` reads it."""
        return f"{code} {self.zone} {self.country}"


def case_of(log: Sequence[TicketEvent]) -> Case:
    """What kind of case it is, as known today."""
    facts = _facts(log)
    return Case(
        kind=facts["kind"],
        channel=facts.get("channel") or None,
        category=facts.get("category") or None,
        cause=facts.get("cause") or None,
        in_warranty=facts.get("in_warranty"),
        travel_minutes=facts.get("travel_minutes"),
        local_loaner=bool(facts.get("local_loaner")),
    )


def place_of(log: Sequence[TicketEvent]) -> Place:
    facts = _facts(log)
    return Place(facts.get("zone") or DEFAULT_ZONE, facts.get("country") or DEFAULT_COUNTRY)


def scheme_of(log: Sequence[TicketEvent]) -> tuple[str, int]:
    facts = _facts(log)
    return facts["scheme"], facts["scheme_version"]


def events_of(log: Sequence[TicketEvent], *, is_whole: bool = True) -> list[Event]:
    """The events that can matter to a clock. Raises GapInLog when entries of a whole log are missing."""
    known = log if is_whole else ()
    gaps = missing_sequence_numbers(Event(event.type, event.occurred_at, event.seq) for event in known)
    if gaps:
        raise GapInLog(f"entries missing: {gaps[:5]}")
    found = []
    for event in _of_this_scheme(log):
        if event.type in ALL:
            data = event.data if event.type != "received" else _at_receipt(log)
            found.append(Event(event.type, event.occurred_at, event.seq, data, event.is_automatic))
    return found


def _facts(log: Sequence[TicketEvent]) -> dict[str, Any]:
    """Facts at receipt, overlaid by what triage said of the place and by later changes of category and cause."""
    facts = dict(_received(log).data)
    for event in in_force(log):
        if event.type == "placed":
            facts.update(event.data["facts"])
            if event.data.get("level"):
                facts["is_level_given"] = event.data["is_level_given"]
        elif event.type == "edited":
            facts.update({name: pair[1] for name, pair in event.data.get("changes", {}).items()})
    return facts


def _at_receipt(log: Sequence[TicketEvent]) -> dict[str, Any]:
    """What is known of the report; a level that nobody gave is left to the scheme's default, unconfirmed."""
    known = _facts(log)
    return known if known.get("is_level_given", True) else {**known, "level": None}


def _moved(log: Sequence[TicketEvent]) -> int:
    """Where in the log triage last gave the ticket another scheme; 0: never."""
    return max((event.seq for event in in_force(log) if _brings_scheme(event)), default=0)


def era_of(log: Sequence[TicketEvent]) -> str:
    """Sets the keys of what follows from a new scheme apart from those of the earlier one."""
    moved = _moved(log)
    return f"@{moved}" if moved else ""


def _of_this_scheme(log: Sequence[TicketEvent]) -> Sequence[TicketEvent]:
    """Without what was taken back, and without the levels, warnings, misses and raises of another scheme: one that the
    ticket had before triage gave it this one, or that triage gave it by mistake.
    """
    moved = _moved(log)
    gone = retractions(log)
    mistaken = [(event.seq, gone[event.seq]) for event in log if event.seq in gone and _brings_scheme(event)]

    def is_of_it(event: TicketEvent) -> bool:
        return event.seq > moved and not any(first < event.seq < last for first, last in mistaken)

    return [event for event in in_force(log) if is_of_it(event) or not _speaks_of_scheme(event)]


def _brings_scheme(event: TicketEvent) -> bool:
    return event.type == "placed" and bool(event.data.get("level"))


def _speaks_of_scheme(event: TicketEvent) -> bool:
    return event.type == "level_confirmed" or (event.is_automatic and event.type != "resumed")


def _received(log: Sequence[TicketEvent]) -> TicketEvent:
    for event in log:
        if event.type == "received":
            return event
    raise GapInLog("the log does not begin with its report")


@dataclass(frozen=True)
class Overrides:
    """The override table, read once per piece of work."""

    by_country: Mapping[str, tuple[holidays.DayOverride, ...]]

    @classmethod
    def load(cls) -> "Overrides":
        found: dict[str, tuple[holidays.DayOverride, ...]] = {}
        for row in CalendarOverride.objects.order_by("country", "day"):
            entry = holidays.DayOverride(row.day, row.status, row.announced_on)  # type: ignore[arg-type]
            found[row.country] = (*found.get(row.country, ()), entry)
        return cls(found)


class Calendars(Mapping[str, WorkTime]):
    """The named calendars at a place, compiled when first asked for and shared between tickets of a process.

    `first` and `last` bound the instants that will be asked; the range is widened to whole years around them.
    """

    def __init__(
        self, place: Place, first: datetime, last: datetime, overrides: "LazyOverrides", today: date | None = None
    ) -> None:
        self._place = place
        self._years = max(first.year - 1, FIRST_YEAR), min(last.year + 3, LAST_YEAR)
        self._today = today or last.date()
        self._overrides = overrides
        self._found: dict[str, WorkTime] = {}

    def __getitem__(self, code: str) -> WorkTime:
        if code not in self._found:
            self._found[code] = self._find(code)
        return self._found[code]

    def _find(self, code: str) -> WorkTime:
        spec = CALENDARS[code]
        country = self._place.country
        overrides = self._overrides.of(country) if spec.uses_holidays else ()
        return _compiled(code, self._place.zone, country, self._years, self._today.year, overrides)

    def __iter__(self) -> Iterator[str]:
        return iter(CALENDARS)

    def __len__(self) -> int:
        return len(CALENDARS)


class LazyOverrides:
    """Reads the override table when a calendar with holidays is first asked for; round-the-clock promises never do."""

    def __init__(self) -> None:
        self._loaded: Overrides | None = None

    def of(self, country: str) -> tuple[holidays.DayOverride, ...]:
        if self._loaded is None:
            self._loaded = Overrides.load()
        return self._loaded.by_country.get(country, ())

    def edition(self, country: str) -> str:
        """What a due time was computed from: the data's edition, and which days were overridden."""
        return _edition(self.of(country)) if self._loaded is not None else holidays.edition()


@lru_cache(maxsize=256)
def _edition(overrides: tuple[holidays.DayOverride, ...]) -> str:
    if not overrides:
        return holidays.edition()
    words = "|".join(f"{entry.day} {entry.status} {entry.announced_at}" for entry in overrides)
    return f"{holidays.edition()} +{len(overrides)} {hashlib.sha256(words.encode()).hexdigest()[:8]}"


@lru_cache(maxsize=256)
def _compiled(
    code: str,
    zone: str,
    country: str,
    years: tuple[int, int],
    this_year: int,
    overrides: tuple[holidays.DayOverride, ...],
) -> WorkTime:
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    days = holidays.day_status(country, first, last, overrides)
    official_until = holidays.official_until(country, date(this_year, 1, 1))
    return compile_calendar(CALENDARS[code], zone, days, first, last, official_until)


def calendars_for(
    place: Place, instants: Iterable[datetime], overrides: LazyOverrides | None = None, today: date | None = None
) -> Calendars:
    """Calendars that answer for all these instants and two years beyond. `today`, else the last instant's day, tells
    which days are decreed."""
    known = list(instants)
    return Calendars(place, min(known), max(known), overrides or LazyOverrides(), today)


def calendar_named(name: str, instants: Iterable[datetime], overrides: LazyOverrides) -> WorkTime:
    """The calendar that `Place.named` names, for these instants."""
    code, zone, country = name.split()
    return calendars_for(Place(zone, country), instants, overrides)[code]
