"""What it costs to plan ahead: 2,000 plans over five years, as owed instances, and as tickets with all that follows.

    python -m benchmarks.plans [--plans 2000] [--years 5] [--made N] [--profile]

First what the plans owe, as the year page and the generator work it out; then the tickets of the next 60 days, which is
what the worker makes of new plans at once, each with its log, clocks and appointment, once; then the worker's pass when
nothing is missing. `--made`: so many tickets and no idle pass.
"""

import argparse
import cProfile
import pstats
import time
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from benchmarks import figures, ground
from customers.models import Contract, Organisation, Site
from inspections import services
from inspections.models import Appointment, Checklist, Inspection, Plan
from inspections.plans import WorkedDays, due
from tickets.models import Ticket

BEGINS = date(2026, 11, 1)
NOW = datetime(2026, 11, 2, 2, tzinfo=UTC)
RHYTHMS = (
    Plan.Rhythms.MONTH, Plan.Rhythms.QUARTER, Plan.Rhythms.HALF_YEAR, Plan.Rhythms.YEAR, Plan.Rhythms.QUARTER,
)  # fmt: skip
SITES = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plans", type=int, default=2000)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--made", type=int, default=0)
    parser.add_argument("--profile", action="store_true")
    chosen = parser.parse_args()
    print(figures.machine())
    with ground.database():
        clear()
        make(chosen.plans)
        owe(chosen.years)
        profile = cProfile.Profile() if chosen.profile else None
        if profile:
            profile.enable()
        fill(chosen.made)
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("cumulative").print_stats(60)
        if not chosen.made:
            idle()
    print(figures.machine())


def clear() -> None:
    ground.empty()
    Plan.objects.all().delete()
    Contract.objects.filter(number="BENCH-PLANS").delete()


def make(count: int) -> None:
    organisation, _is_new = Organisation.objects.get_or_create(code="bench-plans", defaults={"name": "Benchmark"})
    contract = Contract.objects.create(
        organisation=organisation, number="BENCH-PLANS", scheme_code="telecom", starts_on=BEGINS
    )
    if not User.objects.filter(role=Role.ADMINISTRATOR).exists():
        User.objects.create_user("bench@plans.test", name="Bench", role=Role.ADMINISTRATOR)  # whom a miss calls
    sites = [
        Site.objects.get_or_create(
            code=f"bench-{number}", defaults={"organisation": organisation, "name": f"S {number}"}
        )[0]
        for number in range(SITES)
    ]
    checklist = Checklist.objects.get(code="yearly-system")
    Plan.objects.bulk_create(
        Plan(
            contract=contract, site=sites[number % SITES], checklist=checklist, every=RHYTHMS[number % len(RHYTHMS)],
            begins_on=BEGINS + timedelta(days=number % 28), made_on=BEGINS,
        )
        for number in range(count)
    )  # fmt: skip


def owe(years: int) -> None:
    """What all of them owe in so many years."""
    plans = list(Plan.objects.select_related("contract", "site"))
    until, worked = date(BEGINS.year + years, BEGINS.month, BEGINS.day), WorkedDays()
    spent = Spent()
    owed = sum(len(due(plan, until, worked)) for plan in plans)
    print(f"schedule of {years} years: {len(plans)} plans owe {owed}; {spent}")


def fill(count: int) -> None:
    """Tickets as the worker makes them, up to so many; 0: all that are wanted today."""
    made, spent = 0, Spent()
    while new := services.generate(now=NOW, limit=min(500, count - made) if count else 500):
        made += new
        if made == count:
            break
    print(f"first fill: {made} tickets, {made / spent.seconds():.0f}/s; {spent}")
    kept = Ticket.objects.count(), Inspection.objects.count(), Appointment.objects.count()
    assert set(kept) == {made}, kept


def idle() -> None:
    """What the worker does every ten minutes when nothing is missing."""
    with CaptureQueriesContext(connection) as captured:
        services.generate(now=NOW)
    spent = Spent()
    made = services.generate(now=NOW)
    print(f"idle pass: {len(captured)} statements; {spent}")
    assert made == 0


class Spent:
    """Since it was made: on the clock, of processor here, and of processor in PostgreSQL."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.used = time.process_time()
        self.database = ground.postgres_seconds()

    def seconds(self) -> float:
        return time.perf_counter() - self.began

    def __str__(self) -> str:
        here, there = time.process_time() - self.used, ground.postgres_seconds() - self.database
        return f"{self.seconds():.2f} s, {here:.2f} s of processor and {there:.2f} s in PostgreSQL"


if __name__ == "__main__":
    main()
