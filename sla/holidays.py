"""Which dates are closed or worked in a country: the pinned `holidays` data, with the override table on top.

Only public holidays count. Where no plan has been decreed yet, `official_until` says so, because the data
goes on without make-up days and without a word. Reads no tables and no clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import import_module, metadata
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, Literal

import holidays
from holidays.registry import COUNTRIES, EntityLoader

from common.worktime import DayStatus

# Countries whose make-up working days are decreed year by year, late in the year before.
_DECREED_YEARLY = frozenset({"CN"})
_YEARS_OF_DATA = range(1950, 2101)


@dataclass(frozen=True, slots=True)
class DayOverride:
    """A date an administrator knows better; `announced_at` is the day it became known (None: it always was)."""

    day: date
    status: Literal["closed", "working"]
    announced_at: date | None = None


@cache  # asked for at every settling; reading the package's metadata takes milliseconds
def edition() -> str:
    """The data a due time was computed from."""
    return f"holidays {metadata.version('holidays')}"


def day_status(
    country: str,
    first: date,
    last: date,
    overrides: Iterable[DayOverride] = (),
    *,
    as_of: date | None = None,
) -> DayStatus:
    """The dates from first to last that differ from their weekday; `as_of` leaves out what was announced later."""
    closed: set[date] = set()
    working: set[date] = set()
    for year in range(first.year, last.year + 1):
        year_closed, year_working = _year(country.upper(), year)
        closed |= year_closed
        working |= year_working
    # The latest word on a date wins; at the same moment, the later entry.
    for entry in sorted(overrides, key=lambda entry: entry.announced_at or date.min):
        if as_of is not None and entry.announced_at is not None and entry.announced_at > as_of:
            continue
        (working if entry.status == "working" else closed).add(entry.day)
        (closed if entry.status == "working" else working).discard(entry.day)
    return DayStatus(
        closed=frozenset(day for day in closed if first <= day <= last),
        working=frozenset(day for day in working if first <= day <= last),
    )


def official_until(country: str, today: date) -> date:
    """The last day whose status is decreed, not guessed; `date.min` for a country without data."""
    code = country.upper()
    if not _has_data(code):
        return date.min
    if code not in _DECREED_YEARLY:
        return date(today.year + 1, 12, 31)
    return date(_last_decreed_year(code), 12, 31)


def _has_data(country: str) -> bool:
    return country in EntityLoader.get_country_codes(include_aliases=False)


@lru_cache(maxsize=1024)
def _year(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Closed and make-up dates of one year."""
    if not _has_data(country) or year not in _YEARS_OF_DATA:
        return frozenset(), frozenset()
    data = _country(country)(years=year, categories=("public",), expand=False)
    working = frozenset(day for day in data.weekend_workdays if day.year == year)
    return frozenset(day for day in data if day.year == year) - working, working


@lru_cache(maxsize=16)
def _last_decreed_year(country: str) -> int:
    """The last year with a plan: its entries name the days off and the days worked in exchange."""
    plans: dict[int, object] = _country(country)().special_public_holidays
    return max(plans)


@cache
def _country(code: str) -> Any:
    """The package's class for a country, read in by itself: asked the usual way, the package reads in all of its 250
    countries for one, 8 MiB in every process.
    """
    module, name = next((module, names[0]) for module, names in COUNTRIES.items() if code in names)
    file = Path(holidays.__file__).parent / "countries" / f"{module}.py"
    spec = spec_from_file_location(f"holidays_of_{module}", file)
    if spec is None or spec.loader is None:  # another layout of the package: the usual way still leads there
        return getattr(import_module(f"holidays.countries.{module}"), name)
    country = module_from_spec(spec)
    spec.loader.exec_module(country)
    return getattr(country, name)
