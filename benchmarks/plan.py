"""How long `plan` takes for tickets with 10, 100 and 1,000 events; the aim is under 1 ms at 100.

Processor time of one core, so that a busy machine does not blur it.
Run: .venv/bin/python -m benchmarks.plan [--profile]
"""

import cProfile
import pstats
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from common.calendars import CALENDARS, compile_calendar
from common.worktime import DayStatus, WorkTime
from sla.engine import Case, Event, Plan, Scheme, explain, plan
from sla.engine.shipped import shipped_documents

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
# What people do all day on a long ticket; the rest of its log are notes, mails and assignments.
DAY = ("note", "waiting", "resumed", "note", "remote_failed", "departed", "arrived", "note", "visit_failed", "assigned")


def calendars() -> dict[str, WorkTime]:
    """As for a site in China, without holidays: they do not change the cost."""
    return {
        code: compile_calendar(spec, "Asia/Shanghai", DayStatus(), date(2025, 1, 1), date(2028, 12, 31), None)
        for code, spec in CALENDARS.items()
    }


def ticket(scheme: Scheme, count: int) -> list[Event]:
    """A log of that many events, half an hour apart."""
    events = [Event("received", START, 1, {"level": scheme.default_level.code})]
    halves = range(2, count + 1)
    return events + [Event(DAY[n % len(DAY)], START + timedelta(minutes=30 * n), n) for n in halves]


def with_effects(run: Callable[[list[Event]], Plan], events: list[Event]) -> list[Event]:
    """The same log after the sweeps."""
    log = list(events)
    while effects := run(log).effects:
        log += [effect.as_event(len(log) + 1 + i) for i, effect in enumerate(effects)]
    return log


def main() -> None:
    worktimes = calendars()
    for code, document in shipped_documents().items():
        scheme = Scheme.from_document(document)
        for count in (10, 100, 1000):
            now = START + timedelta(minutes=30 * count + 60)

            def run(log: list[Event], scheme: Scheme = scheme, now: datetime = now) -> Plan:
                return plan(scheme, worktimes, Case(), log, now)

            report(code, count, run, with_effects(run, ticket(scheme, count)[:count]))


def report(code: str, count: int, run: Callable[[list[Event]], Plan], log: list[Event]) -> None:
    """One line: median and slowest tenth in milliseconds."""
    times = []
    for _ in range(max(5, 20_000 // len(log))):
        started = time.process_time()
        found = run(log)
        times.append((time.process_time() - started) * 1000)
    started = time.process_time()
    for clock in found.clocks:
        explain(found, clock)
    explained = (time.process_time() - started) * 1000
    p90 = statistics.quantiles(times, n=10)[-1]
    print(
        f"{code:15} {count:5} events ({len(log):5} with effects, {len(found.clocks):4} clocks): "
        f"median {statistics.median(times):7.3f} ms  p90 {p90:7.3f} ms  explain all {explained:7.3f} ms"
    )


if __name__ == "__main__":
    if "--profile" in sys.argv:
        with cProfile.Profile() as profile:
            main()
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
    else:
        main()
