"""What it costs to plan ahead: 2,000 plans over five years, as owed instances, and as tickets with all that follows.

    python -m benchmarks.plans [--plans 2000] [--years 5] [--made 500] [--profile]

First what the plans owe, as the year page and the generator work it out; then tickets as the worker makes them, of as
many as asked for: each with its log, clocks and appointment, once. The worker never makes more than 60 days at a time.
"""

import argparse
import cProfile
import pstats
import time
from datetime import UTC, date, datetime, timedelta

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
    parser.add_argument("--made", type=int, default=500)
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
        generate(chosen.made)
        if profile:
            profile.disable()
            pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
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
    began, used = time.perf_counter(), time.process_time()
    owed = sum(len(due(plan, until, worked)) for plan in plans)
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    print(f"{len(plans)} plans, {years} years: {owed} owed in {seconds:.1f} s ({processor:.1f} s of processor)")


def generate(count: int) -> None:
    """Tickets as the worker makes them."""
    began, used, made = time.perf_counter(), time.process_time(), 0
    while made < count:
        new = services.generate(now=NOW, limit=min(500, count - made))
        made += new
        if not new:
            break
    seconds, processor = time.perf_counter() - began, time.process_time() - used
    kept = Ticket.objects.count(), Inspection.objects.count(), Appointment.objects.count()
    assert set(kept) == {made}, kept
    print(
        f"{made} tickets in {seconds:.1f} s: {made / seconds:.0f}/s, {1000 * processor / made:.1f} ms of processor each"
    )
    began = time.perf_counter()
    again = services.generate(now=NOW, limit=1) if made < count else 0
    print(f"asked once more with nothing to do: {again} made in {time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    main()
