"""The stage for engine tests: Chinese calendars, the shipped schemes, and short ways to tell and to play a story."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from common.calendars import CALENDARS, compile_calendar
from common.worktime import DayStatus
from sla.engine import Case, Event, Plan, Scheme, Story, plan, simulate
from sla.engine.shipped import shipped_documents

SHANGHAI = ZoneInfo("Asia/Shanghai")


def _days(*spans):
    found = set()
    for first, last in spans:
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last):
            found.add(day)
            day += timedelta(days=1)
    return frozenset(found)


# The decrees for 2025 and 2026, copied by hand so that the tests do not depend on the holiday package.
CHINA = DayStatus(
    closed=_days(
        ("2025-01-01", "2025-01-01"), ("2025-01-28", "2025-02-04"), ("2025-04-04", "2025-04-06"),
        ("2025-05-01", "2025-05-05"), ("2025-05-31", "2025-06-02"), ("2025-10-01", "2025-10-08"),
        ("2026-01-01", "2026-01-03"), ("2026-02-15", "2026-02-23"), ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"), ("2026-06-19", "2026-06-21"), ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ),
    working=frozenset(
        date.fromisoformat(day)
        for day in ("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14",
                    "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
    ),
)  # fmt: skip


@cache
def calendars(zone="Asia/Shanghai", first=date(2024, 6, 1), last=date(2027, 12, 31)):
    return {
        code: compile_calendar(spec, zone, CHINA, first, last, date(2026, 12, 31)) for code, spec in CALENDARS.items()
    }


@cache
def scheme(code):
    return Scheme.from_document(shipped_documents()[code])


def at(text, zone=SHANGHAI):
    """`at("2026-11-20 17:50")`, local time of Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def local(instant):
    """Back to the text that `at` takes; seconds only where there are any."""
    if instant is None:
        return None
    text = instant.astimezone(SHANGHAI).isoformat(sep=" ", timespec="auto").removesuffix("+08:00")
    return text.removesuffix(":00") if text.count(":") == 2 else text


def tell(*lines):
    """Events from lines such as `("2026-11-20 17:50", "received", {"level": "3"})`, numbered as told."""
    return [
        Event(line[1], at(line[0]), number, line[2] if len(line) > 2 else {}) for number, line in enumerate(lines, 1)
    ]


def played(code, *lines, until, case=None) -> Story:
    """A story played with the program up all the time."""
    return simulate(_scheme(code), calendars(), case or Case(), tell(*lines), at(until))


def planned(code, *lines, until, case=None, log=()) -> Plan:
    """What the engine says of a log at one moment."""
    return plan(_scheme(code), calendars(), case or Case(), [*tell(*lines), *log], at(until))


def swept(chosen, events, now, case=None, one_by_one=False):
    """What a sweep does: append what is missing, plan again, until nothing is missing. Returns log and plan."""
    log = list(events)
    for _ in range(10_000):
        found = plan(chosen, calendars(), case or Case(), log, now)
        if not found.effects:
            return log, found
        for effect in found.effects[: 1 if one_by_one else None]:
            log.append(effect.as_event(max(event.seq for event in log) + 1))
    raise AssertionError("the sweep does not come to an end")


def automatic(story_or_log):
    """The program's events as text: `2026-11-21 17:50 level_raised 2`."""
    events = story_or_log.events if isinstance(story_or_log, Story) else story_or_log
    written = sorted((e for e in events if e.automatic), key=lambda e: e.at)
    return [f"{local(e.at)} {e.type} {_detail(e)}".strip() for e in written]


def _detail(event):
    if event.type == "level_raised":
        return event.data["level"]
    return f"{event.data['target']}:{event.data['run']}" if "target" in event.data else ""


def _scheme(code):
    return code if isinstance(code, Scheme) else scheme(code)


def clock(played_or_planned, target, run=None):
    """A clock of a story or a plan."""
    found = played_or_planned.plan if isinstance(played_or_planned, Story) else played_or_planned
    return found.clock(target, run)


def brief(clock):
    """How a clock stands, in one line: `met 3 2026-11-20 17:50 > 2026-11-21 17:50 # 2026-11-20 18:00`."""
    if clock is None:
        return None
    text = f"{clock.state} {clock.level} {local(clock.started_at)} > {local(clock.due_at)}"
    return f"{text} # {local(clock.stopped_at)}" if clock.stopped_at else text


def briefs(played_or_planned, target):
    """All runs of a target."""
    found = played_or_planned.plan if isinstance(played_or_planned, Story) else played_or_planned
    return [brief(clock) for clock in found.clocks if clock.target == target]
