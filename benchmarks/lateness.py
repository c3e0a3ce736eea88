"""How late a timer fires at a steady rate, through the worker and the beat of `up`.

    python -m benchmarks.lateness [--rate 50] [--seconds 60]

Two figures: from the deadline to the instant in the log (`recorded_at`, when the sweep began), and to the moment when
another connection can see the event, which is what a person can notice. Aim: p99 under 2 s at 50/s.
"""

import argparse
import time
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import Max

from benchmarks import due, figures, ground
from sla.models import Timer
from tickets.models import TicketEvent

LOOK_EVERY = 0.02
PATIENCE = timedelta(seconds=30)
PREPARATION = timedelta(seconds=30)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    chosen = parser.parse_args()
    print(figures.machine())
    count = chosen.rate * chosen.seconds
    with ground.database():
        ground.empty()
        now = datetime.now(UTC)
        # Made before the desk runs: what takes the processor now is not what is measured.
        begin = now + PREPARATION + timedelta(seconds=count / 100)
        due.make([begin + timedelta(seconds=n / chosen.rate) for n in range(count)], now)
        ground.settle_down()
        first = TicketEvent.objects.aggregate(pk=Max("pk"))["pk"]
        with ground.desk(workers=2):
            assert datetime.now(UTC) < begin, "preparing took too long; try again on a calmer machine"
            seen = watch(first, begin + timedelta(seconds=chosen.seconds) + PATIENCE)
        tell(first, seen, count)


def watch(first: int, until: datetime) -> dict[int, datetime]:
    """When each event could first be seen from outside."""
    seen: dict[int, datetime] = {}
    while datetime.now(UTC) < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            now = cursor.fetchone()[0]
        recent = TicketEvent.objects.filter(pk__gt=first, recorded_at__gt=now - PATIENCE).values_list("pk", flat=True)
        for pk in recent:
            seen.setdefault(pk, now)
        if not Timer.objects.filter(due_at__lt=until - PATIENCE).exists():
            break
        time.sleep(LOOK_EVERY)
    return seen


def tell(first: int, seen: dict[int, datetime], count: int) -> None:
    facts = TicketEvent.objects.filter(pk__gt=first).values_list("pk", "occurred_at", "recorded_at")
    recorded = [(at - occurred).total_seconds() for _, occurred, at in facts]
    visible = [(seen[pk] - occurred).total_seconds() for pk, occurred, _ in facts if pk in seen]
    found = due.effects_after(first)
    verdict = "each effect exactly once" if found == due.expected(count) else f"WRONG: {found}"
    for name, values in (("recorded", recorded), ("visible", visible)):
        p50, p99, most = figures.quantile(values, 0.5), figures.quantile(values, 0.99), max(values)
        print(f"{name:9} p50 {p50:5.2f} s  p99 {p99:5.2f} s  max {most:5.2f} s  ({len(values):,} events)")
    print(f"{count:,} timers; {verdict}; {figures.machine()}")


if __name__ == "__main__":
    main()
