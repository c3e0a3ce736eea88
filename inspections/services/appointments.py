"""Keeping the appointments in step with the logs they are worked out of. Callers hold the tickets' locks."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef

from inspections.models import DEFAULT_MINUTES, LONGEST_MINUTES, Appointment
from tickets import appointments, lifecycle
from tickets import services as tickets
from tickets.kinds import Kind
from tickets.models import Ticket, TicketEvent

MOST_AT_ONCE = 20_000
KEPT = (
    "planned_at", "minutes", "sequence", "booking", "changed_at", "outcome", "is_announced", "is_agreed", "has_offer",
    "maker", "maker_contact",
)  # fmt: skip


def keep_appointments(*, events: Iterable[TicketEvent], logs: Mapping[int, Sequence[TicketEvent]]) -> None:
    """After something was written to these logs."""
    moved = {event.ticket_id: event.ticket for event in events if event.type in appointments.TOLD_BY}
    write([ticket for ticket in moved.values() if ticket.kind == Kind.INSPECTION], logs)


def write(rows: Iterable[Ticket], logs: Mapping[int, Sequence[TicketEvent]]) -> None:
    """One statement, however many."""
    found = [row for ticket in rows if (row := of_log(ticket, logs[ticket.pk])) is not None]
    if found:
        Appointment.objects.bulk_create(found, update_conflicts=True, unique_fields=["ticket"], update_fields=KEPT)


def of_log(ticket: Ticket, log: Sequence[TicketEvent]) -> Appointment | None:
    """None while no visit was ever booked: a booking that is taken back leaves its last day, over."""
    told = [event for event in log if event.type in appointments.TOLD_BY]
    booked = [event for event in told if event.type == appointments.BOOKED]
    if not booked:
        return None
    terms = appointments.of(lifecycle.in_force(log))
    last = terms if terms.planned_at else appointments.of(booked[-1:])
    if last.planned_at is None:
        return None
    return Appointment(
        ticket=ticket,
        planned_at=last.planned_at,
        minutes=min(last.minutes or DEFAULT_MINUTES, LONGEST_MINUTES),
        sequence=sum(event.type in appointments.MOVES for event in told) - 1,
        booking=last.seq,
        changed_at=max(event.recorded_at for event in told),
        outcome=terms.outcome or ("" if terms.planned_at else Appointment.Outcome.CANCELLED),
        is_announced=terms.is_announced,
        is_agreed=terms.is_agreed,
        has_offer=terms.offer is not None,
        maker=terms.maker,
        maker_contact=terms.maker_contact[:200],
    )


def differing(*, limit: int = 1000) -> list[Ticket]:
    """Inspections whose appointment is not what their log says; for checks."""
    rows = list(Ticket.objects.filter(kind=Kind.INSPECTION).select_related("appointment").order_by("-pk")[:limit])
    logs = tickets.read_logs(rows)
    return [row for row in rows if not _is_same(getattr(row, "appointment", None), of_log(row, logs[row.pk]))]


def _is_same(kept: Appointment | None, said: Appointment | None) -> bool:
    if kept is None or said is None:
        return kept is said
    return all(getattr(kept, name) == getattr(said, name) for name in KEPT)


def rewrite(*, rows: Sequence[Ticket]) -> None:
    """From their logs, as if each had just been written."""
    write(rows, tickets.read_logs(rows))


def fill_missing() -> int:
    """Of inspections whose visit was booked before appointments were kept. Returns how many."""
    booked = TicketEvent.objects.filter(ticket=OuterRef("pk"), type=appointments.BOOKED)
    missing = Ticket.objects.filter(Exists(booked), kind=Kind.INSPECTION, appointment=None)
    rows = list(missing[:MOST_AT_ONCE])
    rewrite(rows=rows)
    return len(rows)
