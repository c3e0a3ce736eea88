"""What contracts owe in a year of their own, by their plans, and what came of each inspection. Reads only."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from customers.models import Contract
from inspections import promises
from inspections.models import Inspection, Plan, Report
from inspections.planning import Owed
from inspections.planning.rhythm import add_months
from inspections.plans import WorkedDays, as_owed, with_those_there
from tickets.kinds import OVER_STATES, State
from tickets.models import Ticket, TicketEvent


class Stage(StrEnum):
    """How far an owed inspection has come. Accepted: the customer has acknowledged its report, or the ticket was closed
    after it was sent. Cancelled: over, and nobody was there.
    """

    OWED = "owed"
    PLANNED = "planned"
    DONE = "done"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Line:
    """One owed inspection. `is_behind`: its time is over and it is not done. `is_stuck`: nobody will plan it, for its
    unit has moved.
    """

    plan: Plan
    owed: Owed
    ticket: Ticket | None
    stage: Stage
    is_behind: bool
    is_stuck: bool = False


@dataclass(frozen=True)
class Earlier:
    """How many visits of an earlier year, `back` years ago, are behind and still open."""

    begins: date
    ends: date
    back: int
    count: int


@dataclass(frozen=True)
class Year:
    """A year of a contract, half-open, and what is owed in it, by the days of the visits. `promised`: how much its
    scheme promises at least, beside what the plans make of it; `more`: of other work. `astray`: plans whose
    unit stands at another site; `earlier`: what is behind from before. Both are of the year around today alone.
    """

    contract: Contract
    begins: date
    ends: date
    lines: Sequence[Line]
    promised: Sequence[promises.Owed] = ()
    more: Sequence[promises.Owed] = ()
    astray: Sequence[Plan] = ()
    earlier: Sequence[Earlier] = ()

    @property
    def is_short(self) -> bool:
        """Whether less is planned than its scheme promises."""
        return any(one.left for one in self.promised)

    @property
    def counts(self) -> dict[str, int]:
        """By stage, and all of them as "total"."""
        found = {str(stage): 0 for stage in Stage}
        for line in self.lines:
            found[line.stage] += 1
        return found | {"total": len(self.lines), "behind": sum(line.is_behind for line in self.lines)}


def years(plans: Iterable[Plan], *, today: date, back: int = 0) -> list[Year]:
    """The contracts' years around today, or so many years back (negative: ahead), each with the plans it has. Expects
    plans with their contract and its organisation, site, unit and checklist.
    """
    of_contract: dict[Contract, list[Plan]] = {}
    for plan in plans:
        of_contract.setdefault(plan.contract, []).append(plan)
    there = _found([plan for found in of_contract.values() for plan in found])
    worked = WorkedDays()
    return [_year(contract, found, there, worked, today, back) for contract, found in of_contract.items()]


def year_around(contract: Contract, day: date) -> tuple[date, date]:
    """The contract's year that holds the day, half-open; before the contract begins, its first."""
    number = max(0, day.year - contract.starts_on.year)
    if number and add_months(contract.starts_on, 12 * number) > day:
        number -= 1
    return add_months(contract.starts_on, 12 * number), add_months(contract.starts_on, 12 * (number + 1))


def _year(
    contract: Contract,
    plans: list[Plan],
    there: "There",
    worked: WorkedDays,
    today: date,
    back: int,
) -> Year:
    begins, ends = year_around(contract, add_months(today, -12 * back))
    astray = [plan for plan in plans if not back and plan.is_astray_on(today)]
    lines = _lines(plans, there, worked, begins, ends, today)
    earlier = [] if back else _earlier(contract, plans, there, today)
    return Year(contract, begins, ends, lines, astray=astray, earlier=earlier)


def _earlier(contract: Contract, plans: Sequence[Plan], there: "There", today: date) -> list[Earlier]:
    """The last year first. Nobody forgets a visit because an anniversary has passed."""
    this = year_around(contract, today)[0]
    waiting = [one for plan in plans for one in there.get(plan.pk, {}).values() if one.stage == Stage.PLANNED]
    late = [one.owed.opens_on for one in waiting if one.owed.closes_on <= today and one.owed.opens_on < this]
    counts = Counter(year_around(contract, day) for day in late)
    return [
        Earlier(begins, ends, this.year - begins.year, counts[begins, ends])
        for begins, ends in sorted(counts, reverse=True)
    ]


def owed_between(plans: Sequence[Plan], begins: date, ends: date, *, today: date) -> list[Line]:
    """What was owed in [begins, ends), by the first day of its time, and what came of it."""
    return _lines(plans, _found(plans), WorkedDays(), begins, ends, today)


def _lines(
    plans: Sequence[Plan],
    there: "There",
    worked: WorkedDays,
    begins: date,
    ends: date,
    today: date,
) -> list[Line]:
    lines = [line for plan in plans for line in _of_plan(plan, there.get(plan.pk, {}), worked, ends, today)]
    lines = [line for line in lines if begins <= line.owed.opens_on]
    return sorted(lines, key=lambda line: (line.owed.visit_on, line.plan.pk))


def _of_plan(plan: Plan, found: dict[str, "Found"], worked: WorkedDays, until: date, today: date) -> Iterator[Line]:
    """Out of use, or of what is out of service, it owes nothing more than what is there."""
    for one in with_those_there(plan, until, worked, [made.owed for made in found.values()]):
        if plan.is_owing or one.key in found:
            yield _line(plan, one, found.get(one.key), today)


def _line(plan: Plan, one: Owed, found: "Found | None", today: date) -> Line:
    """A visit that was called off is as little done as one that nobody planned."""
    stage = Stage.OWED if found is None else found.stage
    is_behind = stage not in (Stage.DONE, Stage.ACCEPTED) and one.closes_on <= today
    return Line(plan, one, found.ticket if found else None, stage, is_behind, not found and plan.is_astray_on(today))


@dataclass(frozen=True)
class Found:
    """The ticket of an owed inspection, how far it is, and what it was made for."""

    ticket: Ticket
    stage: Stage
    owed: Owed


There = dict[int, dict[str, Found]]


def _found(plans: Sequence[Plan]) -> There:
    """By plan and key."""
    found: There = {}
    for row in how_far(Inspection.objects.filter(plan__in=plans).select_related("ticket")).order_by():
        is_over = row.ticket.state in OVER_STATES
        is_accepted = row.is_read or (row.is_reported and row.ticket.state == State.CLOSED)
        stage = Stage.ACCEPTED if is_accepted else Stage.DONE
        if not row.is_visited:
            stage = Stage.CANCELLED if is_over else Stage.PLANNED
        found.setdefault(row.plan_id or 0, {})[row.key] = Found(row.ticket, stage, as_owed(row))
    return found


def how_far(rows: QuerySet[Inspection]) -> QuerySet[Any]:
    """With what of their logs says how far they are."""
    events = TicketEvent.objects.in_force().filter(ticket=OuterRef("ticket"))
    return rows.annotate(
        is_visited=Exists(events.filter(type="visit_done")),
        is_reported=Exists(events.filter(type="report_sent")),
        is_read=Exists(Report.objects.filter(inspection=OuterRef("pk"), acknowledged_at__isnull=False)),
    )
