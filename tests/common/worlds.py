"""Calendars and clock times for the tests of business time."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from common.calendars import CALENDARS, compile_calendar
from common.worktime import DayStatus, Rules, WorkTime, compile

SHANGHAI = "Asia/Shanghai"
BERLIN = "Europe/Berlin"
MONDAY_TO_FRIDAY = range(5)


def days(*texts: str) -> frozenset[date]:
    """Dates from "2025-01-28", or from spans such as "2025-01-28/02-04"."""
    found: set[date] = set()
    for text in texts:
        first, _, last = text.partition("/")
        start = date.fromisoformat(first)
        end = date.fromisoformat(f"{start.year}-{last}") if last else start
        found |= {start + timedelta(days=n) for n in range((end - start).days + 1)}
    return frozenset(found)


# The decreed plans, written down by hand so that these tests do not lean on the data they would check.
CHINA = DayStatus(
    closed=days(
        "2024-01-01", "2024-02-10/02-17", "2024-04-04/04-06", "2024-05-01/05-05", "2024-06-08/06-10",
        "2024-09-15/09-17", "2024-10-01/10-07",
        "2025-01-01", "2025-01-28/02-04", "2025-04-04/04-06", "2025-05-01/05-05", "2025-05-31/06-02",
        "2025-10-01/10-08",
        "2026-01-01/01-03", "2026-02-15/02-23", "2026-04-04/04-06", "2026-05-01/05-05", "2026-06-19/06-21",
        "2026-09-25/09-27", "2026-10-01/10-07",
    ),
    working=days(
        "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
        "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    ),
)  # fmt: skip


def named(code: str, zone: str = SHANGHAI) -> WorkTime:
    """One of the shipped calendars on Chinese working days, 2024 to 2026."""
    return compile_calendar(CALENDARS[code], zone, CHINA, date(2024, 1, 1), date(2026, 12, 31), None)


def weekly(
    zone: str, *windows: str, on=MONDAY_TO_FRIDAY, first="2024-01-01", last="2026-12-31", status=None
) -> WorkTime:
    """A calendar with the same windows on each of the weekdays."""
    rules = Rules.same_hours(on, *windows, days=status)
    return compile(zone=zone, rules=rules, first=date.fromisoformat(first), last=date.fromisoformat(last))


def at(text: str, zone: str = SHANGHAI) -> datetime:
    """A wall time there, such as "2025-03-04 11:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def hours(n: float) -> timedelta:
    return timedelta(hours=n)
