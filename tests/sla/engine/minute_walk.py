"""A second, slow opinion on due times: walks minute by minute through local time. Shares no code with the engine."""

from datetime import timedelta

from tests.sla.engine.stories import CHINA, SHANGHAI

MINUTE = timedelta(minutes=1)


def _is_working(day):
    return day in CHINA.working or (day.weekday() < 5 and day not in CHINA.closed)


def is_open(calendar, instant):
    """Whether the minute that begins at the instant is open."""
    local = instant.astimezone(SHANGHAI)
    if calendar == "24x7":
        return True
    if not _is_working(local.date()):
        return False
    return calendar == "5x24" or 9 <= local.hour < 12 or 13 <= local.hour < 18


def walk(received, minutes, starts_on, counts_on, pauses):
    """The moved start, and the earliest end of so many open, unpaused minutes after it."""
    at = received
    while not is_open(starts_on, at):
        at += MINUTE
    start = at
    while minutes:
        if is_open(counts_on, at) and not any(begin <= at < end for begin, end in pauses):
            minutes -= 1
        at += MINUTE
    return start, at


def working_days(received, days, pauses):
    """The close of the n-th working day after the day of receipt, without days that lie in a pause altogether."""
    day = received.astimezone(SHANGHAI).replace(hour=0, minute=0)
    while days:
        day += timedelta(days=1)
        is_paused = any(begin <= day and day + timedelta(days=1) <= end for begin, end in pauses)
        if _is_working(day.date()) and not is_paused:
            days -= 1
    return day.replace(hour=18)
