"""What contracts owe in a year of their own, by their plans, and what came of each inspection. Reads only.

One rule says which inspections belong to a period: it owes those whose time begins in it, whenever they are done; and
what was done in it stands there too, though another period owed it or no plan did. A visit is done on the day of
`visit_done`, by the clocks of its site.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from customers.models import Contract, Equipment, Site
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


DONE = (Stage.DONE, Stage.ACCEPTED)


@dataclass(frozen=True)
class Line:
    """One inspection: owed by its plan, or done without one (then there is a ticket and neither `plan` nor `owed`).

    `is_owed`: by the period that is looked at; else it is there for having been done in it. `is_behind`: its time is
    over and it is not done. `is_stuck`: nobody will plan it, for its unit has moved.
    """

    stage: Stage
    plan: Plan | None = None
    owed: Owed | None = None
    ticket: Ticket | None = None
    done_on: date | None = None
    is_owed: bool = True
    is_behind: bool = False
    is_stuck: bool = False

    @property
    def day(self) -> date:
        """On which it was done, else on which it is to be visited."""
        found = self.done_on or (self.owed.visit_on if self.owed else None)
        assert found is not None  # neither owed nor done, it is no line
        return found

    @property
    def site(self) -> Site | None:
        return self.plan.site if self.plan else self.ticket.site if self.ticket else None

    @property
    def unit(self) -> Equipment | None:
        return self.plan.unit if self.plan else self.ticket.equipment if self.ticket else None

    @property
    def is_of_other_work(self) -> bool:
        """Without a plan, for something else asked for it: the check of a device before an event, say."""
        if self.plan is not None:
            return False
        inspection = getattr(self.ticket, "inspection", None)
        return inspection is not None and inspection.checklist_id is not None

    def is_done_in(self, begins: date, ends: date) -> bool:
        """Half-open."""
        return self.done_on is not None and begins <= self.done_on < ends


@dataclass(frozen=True)
class Earlier:
    """How many visits of an earlier year, `back` years ago, are behind and still open."""

    begins: date
    ends: date
    back: int
    count: int


@dataclass(frozen=True)
class Year:
    """A year of a contract, half-open, and what is owed or was done in it, by the days of the visits. `promised`: how
    much its scheme promises at least, beside what the plans make of it; `more`: of other work. `astray`: plans whose
    unit stands at another site; `refused`: others that the program could not plan; `earlier`: what is behind from
    before. All three are of the year around today alone.
    """

    contract: Contract
    begins: date
    ends: date
    lines: Sequence[Line]
    promised: Sequence[promises.Owed] = ()
    more: Sequence[promises.Owed] = ()
    astray: Sequence[Plan] = ()
    refused: Sequence[Plan] = ()
    earlier: Sequence[Earlier] = ()

    @property
    def is_short(self) -> bool:
        """Whether less is planned than its scheme promises."""
        return any(one.left for one in self.promised)

    @property
    def counts(self) -> dict[str, int]:
        """Of what it owes by stage, and all of it as "total"; "besides": what was done and not owed by it."""
        owed = [line for line in self.lines if line.is_owed]
        found = {str(stage): 0 for stage in Stage}
        for line in owed:
            found[line.stage] += 1
        more = {"total": len(owed), "besides": len(self.lines) - len(owed)}
        return found | more | {"behind": sum(line.is_behind for line in owed)}


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


def of_part(a_year: int, contract: Contract, begins: date, ends: date) -> int:
    """Of what is promised a year: of a year that the end of the contract cuts short as much of it, rounded up."""
    last = min(ends, contract.ends_on or ends)
    return max(0, -(-a_year * (last - begins).days // (ends - begins).days))


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
    refused = [plan for plan in plans if not back and plan not in astray and plan.is_stuck_on(today)]
    lines = _lines(plans, there, worked, begins, ends, today)
    earlier = [] if back else _earlier(contract, plans, there, today)
    return Year(contract, begins, ends, lines, astray=astray, refused=refused, earlier=earlier)


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
    """What these plans owe in [begins, ends), by the first day of its time, and what was done of them then."""
    return _lines(plans, _found(plans), WorkedDays(), begins, ends, today)


def in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.day, line.plan.pk if line.plan else 0, _key(line.ticket)))


def _key(ticket: Ticket | None) -> int:
    return ticket.pk if ticket else 0


def _lines(
    plans: Sequence[Plan],
    there: "There",
    worked: WorkedDays,
    begins: date,
    ends: date,
    today: date,
) -> list[Line]:
    lines = [line for plan in plans for line in _of_plan(plan, there.get(plan.pk, {}), worked, (begins, ends), today)]
    return in_order(line for line in lines if line.is_owed or line.is_done_in(begins, ends))


def _of_plan(
    plan: Plan, found: dict[str, "Found"], worked: WorkedDays, period: tuple[date, date], today: date
) -> Iterator[Line]:
    """Out of use, or of what is out of service, it owes nothing more than what is there."""
    standing = {key for key, made in found.items() if made.stage != Stage.CANCELLED}
    for one in with_those_there(plan, period[1], worked, [made.owed for made in found.values()], standing):
        if plan.is_owing or one.key in found:
            is_owed = period[0] <= one.opens_on < period[1]
            yield _line(plan, one, found.get(one.key), today, is_owed=is_owed)


def _line(plan: Plan, one: Owed, found: "Found | None", today: date, *, is_owed: bool) -> Line:
    """A visit that was called off is as little done as one that nobody planned."""
    stage = Stage.OWED if found is None else found.stage
    is_behind = stage not in DONE and one.closes_on <= today
    is_stuck = not found and plan.is_astray_on(today)
    if found is None:
        return Line(stage, plan, one, is_owed=is_owed, is_behind=is_behind, is_stuck=is_stuck)
    return Line(stage, plan, one, found.ticket, found.done_on, is_owed=is_owed, is_behind=is_behind)


@dataclass(frozen=True)
class Found:
    """The ticket of an owed inspection, how far it is, what it was made for, and when it was done."""

    ticket: Ticket
    stage: Stage
    owed: Owed
    done_on: date | None = None


There = dict[int, dict[str, Found]]


def _found(plans: Sequence[Plan]) -> There:
    """By plan and key."""
    found: There = {}
    sites = {plan.pk: plan.site for plan in plans}
    rows = how_far(Inspection.objects.filter(plan__in=plans).select_related("ticket")).annotate(done_at=done_at())
    for row in rows.order_by():
        plan = row.plan_id or 0
        made = Found(row.ticket, stage_of(row, row.ticket), as_owed(row), day_of(row.done_at, sites.get(plan)))
        found.setdefault(plan, {})[row.key] = made
    return found


def stage_of(row: Any, ticket: Ticket) -> Stage:
    """`row`: as `how_far` reads it."""
    if not row.is_visited:
        return Stage.CANCELLED if ticket.state in OVER_STATES else Stage.PLANNED
    is_accepted = row.is_read or (row.is_reported and ticket.state == State.CLOSED)
    return Stage.ACCEPTED if is_accepted else Stage.DONE


def day_of(done_at: datetime | None, site: Site | None) -> date | None:
    zone = ZoneInfo(site.zone if site else settings.TIME_ZONE)
    return done_at.astimezone(zone).date() if done_at else None


def how_far(rows: QuerySet[Any], *, ticket: str = "ticket", inspection: str = "pk") -> QuerySet[Any]:
    """With what of their logs says how far they are. `ticket`, `inspection`: where the rows have their keys."""
    events = TicketEvent.objects.in_force().filter(ticket=OuterRef(ticket))
    found: QuerySet[Any] = rows.annotate(
        is_visited=Exists(events.filter(type="visit_done")),
        is_reported=Exists(events.filter(type="report_sent")),
        is_read=Exists(Report.objects.filter(inspection=OuterRef(inspection), acknowledged_at__isnull=False)),
    )
    return found


def done_at(*, ticket: str = "ticket") -> Subquery:
    """When it was done first: a ticket that was opened again may be visited again."""
    events = TicketEvent.objects.in_force().filter(ticket=OuterRef(ticket), type="visit_done")
    return Subquery(events.order_by("occurred_at").values("occurred_at")[:1])
