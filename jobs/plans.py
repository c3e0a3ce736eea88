"""Days of promised work: when each step is due, and how long before an acceptance it must be announced."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.kinds import From
from jobs.kinds import Step as StepKind
from tickets import workdays

CLOSE = time(18)  # of a working day, as calendars have it
NOTICE = timedelta(hours=24)
LONGEST_HOLIDAY = timedelta(days=30)


def due_on(step: StepKind, begins_on: date, last_on: date) -> date:
    start, days = step.due
    return (begins_on if start == From.FIRST else last_on) + timedelta(days=days)


def notice_due_at(planned_at: datetime, zone: str, country: str) -> datetime:
    """A day's notice, whichever way it is read: 24 hours before, and before the close of the working day before."""
    here = ZoneInfo(zone)
    day = planned_at.astimezone(here).date()
    is_working = workdays.between(country, day - LONGEST_HOLIDAY, day)
    before = day - timedelta(days=1)
    while not is_working(before) and day - before < LONGEST_HOLIDAY:
        before -= timedelta(days=1)
    return min(planned_at - NOTICE, datetime.combine(before, CLOSE, here))
