"""What speaks against the time of a visit: its clashes, and a notice to the customer that is late. Stops nobody.

`outlook`: of a time that somebody thinks of, for pages and REST; `among`: of those that stand in the calendar. The
reasons and their words are the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from inspections import clashes
from inspections.clashes import Clash, Slot, Why
from inspections.models import Appointment
from servicedesk import wording
from servicedesk.visits import words
from sla import policy_text, reports
from sla.models import Clock
from tickets import workdays
from tickets.models import Ticket, TicketEvent

NOTICE = "inspection_notice"


@dataclass(frozen=True)
class Warning:
    """`text`: what the calendar says in short, then what it is about."""

    code: str
    text: str


@dataclass(frozen=True)
class Outlook:
    """What planning it for that time means. `notice_due_at`: by when it must be announced, if that is promised."""

    warnings: Sequence[Warning]
    notice_due_at: datetime | None = None


def outlook(
    *, ticket: Ticket, log: Sequence[TicketEvent], planned_at: datetime, minutes: int, now: datetime
) -> Outlook:
    """Expects the ticket with its site, organisation and assignee."""
    found = clashes.of(ticket=ticket, planned_at=planned_at, minutes=minutes, now=now)
    due_at = notice_due_at(ticket, log, planned_at, now)
    if due_at is not None and due_at < now:
        found.append(Clash(Why.NOTICE, at=due_at))
    keys = [clash.other.pk for clash in found if clash.other is not None]
    rows = Appointment.objects.select_related("ticket__site", "ticket__organisation").in_bulk(keys) if keys else {}
    said = [_said(clash, clashes.zone_of(ticket), rows) for clash in found]
    return Outlook([Warning(clash.why, text) for clash, text in zip(found, said, strict=True)], due_at)


def among(found: Sequence[Slot], is_working: Mapping[str, workdays.IsWorking], now: datetime) -> dict[int, list[Why]]:
    """Of what is to come, by the keys of the appointments. Two statements at most, however many."""
    wrong = clashes.among(found, is_working, now)
    for pk in _unannounced(clashes.ahead(found, now), now):
        wrong.setdefault(pk, []).append(Why.NOTICE)
    return wrong


def _unannounced(coming: Iterable[Slot], now: datetime) -> list[int]:
    """Those whose notice should have been sent by now, and was not."""
    keys = {slot.ticket: slot.pk for slot in coming}
    if not keys:
        return []
    late = Clock.objects.filter(ticket__in=keys, target=NOTICE).unanswered().filter(due_at__lt=now).order_by()
    return [keys[ticket] for ticket in late.values_list("ticket", flat=True).distinct()]


def notice_due_at(ticket: Ticket, log: Sequence[TicketEvent], planned_at: datetime, now: datetime) -> datetime | None:
    """By when a visit of that time would have to be announced; None: nothing is promised, or it is announced."""
    booked = {"planned_at": planned_at.isoformat()}
    clocks = reports.foreseen(ticket, now, log, "visit_planned", booked).clocks
    return next((clock.due_at for clock in clocks if clock.target == NOTICE and clock.is_open), None)


Rows = Mapping[int, Appointment]


def _said(clash: Clash, zone: ZoneInfo, rows: Rows) -> str:
    reason = wording.sentence_start(words.wrong(clash.why))
    about = ABOUT.get(clash.why)
    return policy_text.named(reason, about(clash, zone, rows)) if about else reason


def _day(clash: Clash, zone: ZoneInfo, rows: Rows) -> str:
    return wording.date_of(clash.day) if clash.day else ""


def _other(clash: Clash, zone: ZoneInfo, rows: Rows) -> str:
    assert clash.other is not None
    row = rows[clash.other.pk]
    words = {
        "number": row.ticket.reference,
        "place": row.ticket.site or row.ticket.organisation or row.ticket.organisation_text,
        "time": wording.time_of_day(row.planned_at, zone),
    }
    return _("%(number)s, %(place)s, %(time)s") % words


ABOUT: Mapping[Why, Callable[[Clash, ZoneInfo, Rows], str]] = {
    Why.BEFORE_WINDOW: lambda *of: _("from %(day)s on") % {"day": _day(*of)},
    Why.AFTER_WINDOW: lambda *of: _("before %(day)s") % {"day": _day(*of)},
    Why.WEEKEND: _day,
    Why.HOLIDAY: _day,
    Why.BUSY: _other,
    Why.SAME_UNIT: _other,
    Why.SAME_SITE: _other,
    Why.NOTICE: lambda clash, zone, rows: (
        _("due %(moment)s") % {"moment": wording.full_moment(clash.at, zone) if clash.at else ""}
    ),
}
