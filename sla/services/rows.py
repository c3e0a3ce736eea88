"""Clock and timer rows from plans: written only where they differ. A cache, so nothing is decided here."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from sla.engine import Clock as EngineClock
from sla.engine import Plan
from sla.models import Clock, Timer
from sla.plans import Planned
from tickets import services as tickets
from tickets.models import Ticket

CLOCK_FIELDS = (
    "level", "state", "started_at", "due_at", "warn_at", "stopped_at", "is_paused", "duration_seconds",
    "elapsed_seconds", "remaining_seconds", "over", "over_since_at", "over_calendar", "is_provisional", "edition",
)  # fmt: skip
Key = tuple[int, str, int]


def clock_rows(ticket: Ticket, planned: Planned) -> dict[Key, Clock]:
    """The clock rows this plan asks for."""
    return {(ticket.pk, clock.target, clock.run): _row(ticket, clock, planned) for clock in planned.plan.clocks}


def _row(ticket: Ticket, clock: EngineClock, planned: Planned) -> Clock:
    known = clock.due_at is not None or clock.is_paused
    return Clock(
        ticket_id=ticket.pk,
        target=clock.target,
        run=clock.run,
        level=clock.level,
        state=clock.state.value,
        started_at=clock.started_at,
        due_at=clock.due_at,
        warn_at=clock.warn_at,
        stopped_at=clock.stopped_at,
        is_paused=clock.is_paused,
        duration_seconds=clock.whole_seconds if known else None,
        elapsed_seconds=clock.elapsed_seconds if clock.is_paused or not clock.is_open else None,
        remaining_seconds=clock.remaining_seconds if clock.is_paused else None,
        over=clock.overrun.counted,
        over_since_at=clock.overrun.since_at,
        over_calendar=planned.over_calendar_of(clock),
        is_provisional=clock.is_provisional,
        edition=planned.edition_of(clock),
    )


def timer_rows(ticket: Ticket, plan: Plan) -> dict[Key, Timer]:
    """The next threshold of each run; of several the earliest."""
    rows: dict[Key, Timer] = {}
    for timer in sorted(plan.timers, key=lambda timer: (timer.at, timer.kind)):
        key = (ticket.pk, timer.target, timer.run)
        row = Timer(ticket_id=ticket.pk, target=timer.target, run=timer.run, kind=timer.kind, due_at=timer.at)
        rows.setdefault(key, row)
    return rows


def differences(have: QuerySet[Any], want: dict[Key, Any], fields: Sequence[str]) -> tuple[list[Any], list[int]]:
    """Rows to write and primary keys to delete, so that what is there becomes what is wanted."""
    found = have.values_list("pk", "ticket", "target", "run", *fields)
    known = {(ticket, target, run): (pk, values) for pk, ticket, target, run, *values in found}
    write = [
        row for key, row in want.items() if key not in known or known[key][1] != [getattr(row, name) for name in fields]
    ]
    return write, [pk for key, (pk, _) in known.items() if key not in want]


def write(planned: Sequence[tuple[Ticket, Planned]], *, are_new: bool = False) -> None:
    """Brings clock rows and timer rows in step; a constant number of statements."""
    clocks: dict[Key, Clock] = {}
    timers: dict[Key, Timer] = {}
    for ticket, outcome in planned:
        clocks |= clock_rows(ticket, outcome)
        timers |= timer_rows(ticket, outcome.plan)
    pks = [] if are_new else [ticket.pk for ticket, _ in planned]
    _store(Clock, pks, clocks, CLOCK_FIELDS)
    _store(Timer, pks, timers, ("kind", "due_at"))


def _store(model: Any, pks: Sequence[int], want: dict[Key, Any], fields: Sequence[str]) -> None:
    """`pks`: the tickets that may have rows; without any, nothing is read."""
    changed, gone = (
        differences(model.objects.filter(ticket__in=pks), want, fields) if pks else (list(want.values()), [])
    )
    if gone:
        model.objects.filter(pk__in=gone).delete()
    if changed:
        model.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["ticket", "target", "run"], update_fields=list(fields)
        )


def promised(plan: Plan) -> tickets.Promised:
    """What the ticket's own row says of its clocks."""
    due = (clock.target for clock in plan.clocks if clock.is_open and clock.due_at == plan.next_due_at)
    target = next(due, "") if plan.next_due_at is not None else ""
    return tickets.Promised(plan.next_due_at, target, plan.level, plan.severity, plan.is_level_confirmed)
