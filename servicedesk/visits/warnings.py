"""What is said before a visit is moved: the clashes of its day, and a notice that cannot be in time any more.

Sentences for the staff. Nothing here stops anybody.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from inspections import clashes
from inspections.clashes import Clash, Why
from servicedesk import wording
from sla import reports
from tickets.models import Ticket, TicketEvent

NOTICE = "inspection_notice"


@dataclass(frozen=True)
class Warning:
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
    zone = clashes.zone_of(ticket)
    found = clashes.of(ticket=ticket, planned_at=planned_at, minutes=minutes, now=now)
    due_at = notice_due_at(ticket, log, planned_at, now)
    if due_at is not None and due_at < now:
        found.append(Clash(Why.NOTICE, due_at))
    return Outlook([Warning(clash.why, SAY[clash.why](clash, zone)) for clash in found], due_at)


def notice_due_at(ticket: Ticket, log: Sequence[TicketEvent], planned_at: datetime, now: datetime) -> datetime | None:
    """By when a visit of that time would have to be announced; None: nothing is promised, or it is announced."""
    booked = {"planned_at": planned_at.isoformat()}
    clocks = reports.foreseen(ticket, now, log, "visit_planned", booked).clocks
    return next((clock.due_at for clock in clocks if clock.target == NOTICE and clock.is_open), None)


def _day(clash: Clash, zone: ZoneInfo) -> str:
    return wording.date(clash.at, zone) if clash.at else ""


def _busy(clash: Clash, zone: ZoneInfo) -> str:
    assert clash.other is not None
    other = clash.other
    words = {
        "number": other.ticket.reference,
        "place": other.ticket.site or other.ticket.organisation or other.ticket.organisation_text,
        "time": wording.time_of_day(other.planned_at, zone),
    }
    return _("The engineer has another visit then: %(number)s, %(place)s, %(time)s.") % words


def _same_site(clash: Clash, zone: ZoneInfo) -> str:
    assert clash.other is not None
    words = {
        "number": clash.other.ticket.reference,
        "time": wording.time_of_day(clash.other.planned_at, zone),
    }
    return _("There is another visit at this site on that day: %(number)s, %(time)s.") % words


def _before(clash: Clash, zone: ZoneInfo) -> str:
    return _("The contract owes it from %(day)s on: that is earlier.") % {"day": _day(clash, zone)}


def _after(clash: Clash, zone: ZoneInfo) -> str:
    return _("The contract owes it before %(day)s: that is too late.") % {"day": _day(clash, zone)}


def _holiday(clash: Clash, zone: ZoneInfo) -> str:
    return _("%(day)s is a holiday at the site.") % {"day": wording.sentence_start(_day(clash, zone))}


def _weekend(clash: Clash, zone: ZoneInfo) -> str:
    return _("%(day)s is no working day at the site.") % {"day": wording.sentence_start(_day(clash, zone))}


def _notice(clash: Clash, zone: ZoneInfo) -> str:
    words = {"moment": wording.full_moment(clash.at, zone) if clash.at else ""}
    return _("The notice would have been due %(moment)s: it cannot be in time any more.") % words


SAY: Mapping[Why, Callable[[Clash, ZoneInfo], str]] = {
    Why.PAST: lambda clash, zone: _("This time has passed."),
    Why.BEFORE_WINDOW: _before,
    Why.AFTER_WINDOW: _after,
    Why.WEEKEND: _weekend,
    Why.HOLIDAY: _holiday,
    Why.BUSY: _busy,
    Why.OFF_DUTY: lambda clash, zone: _("The engineer is not on duty then."),
    Why.SAME_SITE: _same_site,
    Why.NOTICE: _notice,
}
