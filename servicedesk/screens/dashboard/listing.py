"""What stands behind a number of the dashboard, by the same conditions, so that the counts agree.

Four kinds of lists: clocks with their tickets (the default), tickets reported in the period, faults reported at an hour
of the week, and what is open now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.whole_numbers import whole_number
from servicedesk import wording
from servicedesk.screens import levels
from servicedesk.service_levels import open_now, peaks, selection
from servicedesk.service_levels.period import Period
from sla import attainment, lateness
from sla.attainment import Scope
from sla.models import Clock
from sla.words import target_label
from tickets.kinds import Cause
from tickets.models import Ticket

OUTCOMES = {
    "": gettext_lazy("Decided clocks"),
    "met": gettext_lazy("Kept clocks"),
    "missed": gettext_lazy("Missed clocks"),
}
TITLES = {
    "reported": gettext_lazy("Tickets reported"),
    "faults": gettext_lazy("Faults reported"),
    "open": gettext_lazy("Open now"),
}
GROUPS = {
    "late": gettext_lazy("Past due"),
    "soon": gettext_lazy("Due within the hour"),
    "later": gettext_lazy("Due later"),
    "paused": gettext_lazy("Clock paused"),
    "rest": gettext_lazy("Without clock"),
}
PARAMETERS = ("show", "target", "outcome", "besides", "urgency", "owner", "weekday", "hour")
LARGEST, MOST_KEYS = 2**31 - 1, 50


@dataclass(frozen=True)
class Narrowed:
    """A period and its selection, narrowed further; `parameters` as in the address. What names nothing finds none."""

    period: Period
    parameters: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        return self.parameters.get(name, "")

    @property
    def show(self) -> str:
        return self.get("show")

    @property
    def is_of_clocks(self) -> bool:
        return self.show not in TITLES

    @property
    def is_of_period(self) -> bool:
        """What is open now and the weeks of the trend do not change with the period."""
        return self.show not in ("open", "faults")

    @property
    def scope(self) -> Scope:
        besides = tuple(
            key for part in self.get("besides").split(",")[:MOST_KEYS] if (key := _number(part)) is not None
        )
        return replace(self.period.scope, target=self.get("target"), besides=besides)

    @property
    def words(self) -> str:
        if self.show == "faults":
            return self._hour_words
        if not self.is_of_clocks:
            group = GROUPS.get(self.get("urgency"))
            return str(group if self.show == "open" and group else TITLES[self.show])
        outcome = str(OUTCOMES.get(self.get("outcome"), OUTCOMES[""]))
        if not self.get("target"):
            return outcome
        return _("%(target)s: %(outcome)s") % {"target": target_label(self.get("target")), "outcome": outcome}

    @property
    def query(self) -> str:
        return self.period.query(**self.parameters)

    @property
    def _hour_words(self) -> str:
        weekday, hour = _number(self.get("weekday")), _number(self.get("hour"))
        if weekday is None or weekday not in peaks.WEEKDAYS:
            return _("Faults reported in twelve weeks")
        day = {"weekday": wording.date_format().weekdays[weekday - 1], "hour": f"{hour or 0:02}"}
        if hour is None:
            return _("Faults reported in twelve weeks, %(weekday)s") % day
        return _("Faults reported in twelve weeks, %(weekday)s %(hour)s:00 to %(hour)s:59") % day


def narrow(query: Mapping[str, Any], period: Period) -> Narrowed:
    texts = {name: str(query.get(name, "")).replace("\0", "")[:254] for name in PARAMETERS}
    return Narrowed(period, {name: text for name, text in texts.items() if text})


def clocks(narrowed: Narrowed, now: datetime) -> QuerySet[Clock]:
    outcome = narrowed.get("outcome")
    if outcome == "missed":
        return attainment.missed(narrowed.scope, now)
    found = attainment.decided(narrowed.scope, now)
    if outcome == "met":
        found = found.filter(attainment.is_met())
    return attainment.with_next(found).order_by("-started_at", "pk")


def tickets(narrowed: Narrowed, now: datetime) -> QuerySet[Ticket]:
    """Of the lists that are not of clocks."""
    period, selected = narrowed.period, selection.tickets(narrowed.period.keys)
    if narrowed.show == "open":
        found = open_now.held(selected, now, narrowed.get("urgency"), narrowed.get("owner"))
    elif narrowed.show == "faults":
        borders = attainment.last_weeks(min(period.scope.end, now), period.zone)
        cell = _number(narrowed.get("weekday")), _number(narrowed.get("hour"))
        found = peaks.reported(selected, borders[0], borders[-1], period.zone, *cell)
    else:
        scope = period.scope
        found = selected.filter(received_at__gte=scope.start, received_at__lt=scope.end).order_by("-received_at", "pk")
    return found.select_related("organisation", "assignee")


def rows(found: Iterable[Clock], now: datetime) -> list[SimpleNamespace]:
    """What a line of the table of clocks shows."""
    shown = list(found)
    over = lateness.of([clock for clock in shown if not _is_replaced(clock)], now)
    return [
        SimpleNamespace(
            clock=clock,
            ticket=clock.ticket,
            label=target_label(clock.target, clock.ticket.scheme_code),
            badge=_badge(clock),
            is_missed=clock.state != "met",
            is_open=clock.stopped_at is None and not has_next(clock),
            has_next=has_next(clock),
            over=over.get(clock.pk, 0),
            cause=_cause(clock),
        )
        for clock in shown
    ]


def ticket_rows(found: Iterable[Ticket]) -> list[SimpleNamespace]:
    return [SimpleNamespace(ticket=ticket, badge=levels.of_ticket(ticket)) for ticket in found]


def has_next(clock: Clock) -> bool:
    """Asked of rows that `attainment.with_next` has read."""
    return bool(getattr(clock, "has_next", False))


def _is_replaced(clock: Clock) -> bool:
    """Nobody stops it any more, so it is not said to be late."""
    return clock.stopped_at is None and has_next(clock)


def _cause(clock: Clock) -> str:
    ticket = clock.ticket
    if ticket.cause:
        return str(Cause(ticket.cause).label) if ticket.cause in Cause.values else ticket.cause
    return _("Nobody assigned") if ticket.assignee_id is None and ticket.is_open else _("Not entered")


def _badge(clock: Clock) -> levels.Badge:
    ticket = clock.ticket
    severity = attainment.severity_of(ticket.scheme_code, ticket.scheme_version, clock.level)
    return levels.badge_of(ticket.scheme_code, ticket.scheme_version, clock.level, severity)


def _number(value: Any) -> int | None:
    number = whole_number(str(value or ""))
    return None if number is None else min(number, LARGEST)
