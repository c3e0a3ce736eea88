"""How many due timers a second one sweep fires, and what several sweeps at once do.

    python -m benchmarks.sweep [--due 10000 100000] [--sweeps 1 2 4] [--profile]

With their effects: events, level, clocks, new timers, mails and notices as rows. Aim: 1,000 timers/s, linear from
10,000 to 100,000, each effect exactly once however many sweeps run.
"""

import argparse
import cProfile
import os
import pstats
from datetime import UTC, datetime, timedelta
from time import perf_counter

from django.db import connection
from django.db.models import Count, Max

from benchmarks import due, figures, ground
from notifications.models import Delivery, Notice
from sla import services as sla
from sla.models import Timer
from tickets.models import TicketEvent

SPREAD = timedelta(minutes=50)  # shorter than from a raise to the next warning, so that each timer fires once


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--sweeps", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    print(figures.machine())
    with ground.database():
        for count in chosen.due:
            for sweeps in chosen.sweeps:
                measure(count, sweeps, is_profiled=chosen.profile)


def measure(count: int, sweeps: int, *, is_profiled: bool) -> None:
    ground.empty()
    now = datetime.now(UTC).replace(microsecond=0)
    step = SPREAD / count
    due.make([now + step * (number + 1) for number in range(count)], now)
    ground.settle_down()
    then, first = now + SPREAD, TicketEvent.objects.aggregate(pk=Max("pk"))["pk"]
    assert Timer.objects.filter(due_at__lte=then).count() == count
    used = processor_seconds()
    began = perf_counter()
    if is_profiled:
        ours = r"/(sla|tickets|notifications|accounts|common)/|bulk_create|fetch_all|execute|commit"
        with cProfile.Profile() as profile:
            sla.fire_due(now=then)
        pstats.Stats(profile).sort_stats("tottime").print_stats(25).sort_stats("cumtime").print_stats(ours, 45)
    else:
        in_children(sweeps, then)
    seconds = perf_counter() - began
    python, postgres = (1000 * (late - early) / count for late, early in zip(processor_seconds(), used, strict=True))
    tell(count, sweeps, seconds, first)
    print(f"    processor time of a timer: {python:.2f} ms Python, {postgres:.2f} ms PostgreSQL", flush=True)


def processor_seconds() -> tuple[float, float]:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system, ground.postgres_seconds()


def in_children(sweeps: int, then: datetime) -> None:
    """Each sweep in a process of its own, all at once; again until all is done, as the beat would."""
    connection.close()
    children = [fork_sweep(then) for _ in range(sweeps)]
    for child in children:
        assert os.waitpid(child, 0)[1] == 0
    while sla.fire_due(now=then).fired:
        pass


def fork_sweep(then: datetime) -> int:
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        sla.fire_due(now=then)
        code = 0
    finally:
        os._exit(code)


def tell(count: int, sweeps: int, seconds: float, first: int) -> None:
    found = due.effects_after(first)
    doubled = TicketEvent.objects.filter(key__isnull=False).values("ticket", "key").annotate(n=Count("pk"))
    doubles = doubled.filter(n__gt=1).count()
    verdict = "exactly once" if found == due.expected(count) and not doubles else f"WRONG: {found}, {doubles} doubled"
    rows = sum(found.values()), Delivery.objects.count(), Notice.objects.count()
    print(
        f"{count:7,} due, {sweeps} sweep(s): {count / seconds:6,.0f} timers/s ({seconds:6.1f} s); "
        f"{rows[0]:,} events, {rows[1]:,} mails, {rows[2]:,} notices; effects {verdict}",
        flush=True,
    )


if __name__ == "__main__":
    main()
