"""The calendars every scheme may name, as data, and how one becomes business time at a place.

A fifth calendar is another `CalendarSpec`; holidays come from outside as a `DayStatus`.
"""

from dataclasses import dataclass
from datetime import date

from common.worktime import DayStatus, Rules, WorkTime, compile
from common.worktime.rules import Weekly, Window

_MONDAY_TO_FRIDAY = range(5)
_OFFICE_HOURS = (Window.parse("09:00-12:00"), Window.parse("13:00-18:00"))
_WHOLE_DAY = (Window.parse("00:00-24:00"),)


@dataclass(frozen=True)
class CalendarSpec:
    """The hours of a named calendar; `always` stands for round the clock, without a rule for days."""

    code: str
    weekly: Weekly
    uses_holidays: bool
    always: bool = False


CALENDARS: dict[str, CalendarSpec] = {
    spec.code: spec
    for spec in (
        CalendarSpec("24x7", dict.fromkeys(range(7), _WHOLE_DAY), uses_holidays=False, always=True),
        CalendarSpec("5x24", dict.fromkeys(_MONDAY_TO_FRIDAY, _WHOLE_DAY), uses_holidays=True),
        CalendarSpec("5x8", dict.fromkeys(_MONDAY_TO_FRIDAY, _OFFICE_HOURS), uses_holidays=True),
        # For durations in working days; its hours say when a day opens and closes.
        CalendarSpec("working-days", dict.fromkeys(_MONDAY_TO_FRIDAY, _OFFICE_HOURS), uses_holidays=True),
    )
}


def compile_calendar(
    spec: CalendarSpec, zone: str, days: DayStatus, first: date, last: date, official_until: date | None
) -> WorkTime:
    """Business time of a calendar in a zone, for the local days first to last."""
    return compile(
        zone=zone,
        rules=Rules(spec.weekly, days if spec.uses_holidays else DayStatus()),
        first=first,
        last=last,
        official_until=official_until if spec.uses_holidays else None,
        always=spec.always,
    )
