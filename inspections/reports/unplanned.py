"""Inspections that were done without a plan: asked for by hand, or by other work. Reads only.

They owe nobody anything, so that they stand where they were done; before that the lists of tickets show them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from customers.models import Contract
from inspections.reports.years import Line, Year, day_of, done_at, how_far, in_order, stage_of
from tickets.kinds import Kind
from tickets.models import Ticket

ONE_DAY = timedelta(days=1)


def done_without_plan(
    contracts: Collection[Contract], begins: date, ends: date, seen: QuerySet[Ticket] | None = None
) -> Mapping[int, Sequence[Line]]:
    """By contract, what was done in [begins, ends) by the days of the sites. One statement. `seen`: what of all tickets
    is looked at.
    """
    rows = of_no_plan(seen).filter(contract__in=contracts, **_around(begins, ends))
    rows = how_far(rows, ticket="pk", inspection="inspection").select_related(
        "site", "equipment__product", "inspection"
    )
    found: dict[int, list[Line]] = {}
    for ticket in rows.order_by():
        line = Line(stage_of(ticket, ticket), ticket=ticket, done_on=day_of(ticket.done_at, ticket.site), is_owed=False)
        if line.is_done_in(begins, ends):
            found.setdefault(ticket.contract_id or 0, []).append(line)
    return {contract: in_order(lines) for contract, lines in found.items()}


def of_no_plan(seen: QuerySet[Ticket] | None = None) -> QuerySet[Any]:
    """Tickets of inspections without a plan, with `done_at`."""
    rows = Ticket.objects.all() if seen is None else seen
    rows = rows.filter(kind=Kind.INSPECTION, inspection__plan__isnull=True, contract__isnull=False)
    return rows.annotate(done_at=done_at(ticket="pk"))


def _around(begins: date, ends: date) -> dict[str, datetime]:
    """Moments between which those days lie, wherever the site is."""
    first, last = begins - ONE_DAY, ends + ONE_DAY
    return {"done_at__gte": _start(first), "done_at__lt": _start(last)}


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def with_done(year: Year, lines: Sequence[Line]) -> Year:
    """With those of these that were done in it."""
    of_year = [line for line in lines if line.is_done_in(year.begins, year.ends)]
    return replace(year, lines=in_order([*year.lines, *of_year])) if of_year else year
