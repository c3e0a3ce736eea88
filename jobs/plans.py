"""Days of promised work: when each step is due, and how long before an acceptance it must be announced."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jobs.kinds import From
from jobs.kinds import Step as StepKind
from tickets import workdays

CLOSE = time(18)  # of a working day, as calendars have it
NOTICE = timedelta(hours=24)
LONGEST_HOLIDAY = timedelta(days=30)


def due_on(step: StepKind, begins_on: date, last_on: date, country: str) -> date:
    """What is done before or after the days of the work is due on a worked day: the one before, or the one after."""
    start, days = step.due
    day = (begins_on if start == From.FIRST else last_on) + timedelta(days=days)
    if days == 0:
        return day  # of the work itself, whatever day that is
    is_working = workdays.between(country, day - LONGEST_HOLIDAY, day + LONGEST_HOLIDAY)
    return worked_day(day, is_working, forward=days > 0)


def worked_day(day: date, is_working: workdays.IsWorking, *, forward: bool = False) -> date:
    """That day, or the next one worked on before it (`forward`: after it); within a holiday without end that day."""
    step = timedelta(days=1 if forward else -1)
    found = (day + step * n for n in range(LONGEST_HOLIDAY.days))
    return next((one for one in found if is_working(one)), day)


def notice_due_at(planned_at: datetime, zone: str, country: str) -> datetime:
    """A day's notice, whichever way it is read: 24 hours before, and before the close of the working day before."""
    here = ZoneInfo(zone)
    day = planned_at.astimezone(here).date()
    is_working = workdays.between(country, day - LONGEST_HOLIDAY, day)
    before = day - timedelta(days=1)
    while not is_working(before) and day - before < LONGEST_HOLIDAY:
        before -= timedelta(days=1)
    return min(planned_at - NOTICE, datetime.combine(before, CLOSE, here))
