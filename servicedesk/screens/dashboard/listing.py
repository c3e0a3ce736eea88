"""The clocks behind a number of the dashboard, with their tickets: the same conditions, so that the counts agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from servicedesk.screens import levels
from servicedesk.service_levels.period import Period
from sla import attainment
from sla.attainment import Scope
from sla.models import Clock
from sla.wording import target_label
from tickets import promises
from tickets.kinds import Cause

OUTCOMES = ("met", "missed")
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Narrowed:
    """A period, narrowed to a target, a gravity, a contract and an outcome; `parameters` as in the address."""

    scope: Scope
    outcome: str = ""

    @property
    def parameters(self) -> dict[str, Any]:
        scope = self.scope
        return {
            "target": scope.target,
            "severity": scope.severity,
            "contract": scope.contract,
            "outcome": self.outcome,
        }

    @property
    def words(self) -> str:
        outcome = {"met": _("Kept clocks"), "missed": _("Missed clocks")}.get(self.outcome, _("Decided clocks"))
        if not self.scope.target:
            return outcome
        return _("%(target)s: %(outcome)s") % {"target": target_label(self.scope.target), "outcome": outcome}


def narrow(query: Mapping[str, Any], period: Period) -> Narrowed:
    """A value that names nothing is kept and finds nothing."""
    scope = replace(
        period.scope,
        target=str(query.get("target", "")).replace("\0", "")[:40],
        severity=_number(query.get("severity")),
        contract=_number(query.get("contract")),
    )
    outcome = str(query.get("outcome", ""))
    return Narrowed(scope, outcome if outcome in OUTCOMES else "")


def clocks(narrowed: Narrowed, now: datetime) -> QuerySet[Clock]:
    if narrowed.outcome == "missed":
        return attainment.missed(narrowed.scope, now)
    found = attainment.decided(narrowed.scope, now)
    if narrowed.outcome == "met":
        found = found.filter(attainment.is_met())
    return attainment.with_next(found).order_by("-started_at", "pk")


def rows(found: Iterable[Clock], now: datetime) -> list[SimpleNamespace]:
    """What a line of the table shows."""
    return [
        SimpleNamespace(
            clock=clock,
            ticket=clock.ticket,
            label=target_label(clock.target),
            badge=_badge(clock),
            is_missed=clock.state != "met",
            is_open=clock.stopped_at is None and not has_next(clock),
            has_next=has_next(clock),
            over=_over(clock, now),
            cause=_cause(clock),
        )
        for clock in found
    ]


def has_next(clock: Clock) -> bool:
    """Asked of rows that `attainment.with_next` has read."""
    return bool(getattr(clock, "has_next", False))


def _over(clock: Clock, now: datetime) -> float:
    """Wall time past the due time, to the stop or to now."""
    if clock.due_at is None or (clock.stopped_at is None and has_next(clock)):
        return 0.0
    return max(0.0, ((clock.stopped_at or now) - clock.due_at).total_seconds())


def _cause(clock: Clock) -> str:
    ticket = clock.ticket
    if ticket.cause:
        return str(Cause(ticket.cause).label) if ticket.cause in Cause.values else ticket.cause
    return _("Nobody assigned") if ticket.assignee_id is None and ticket.is_open else _("Not entered")


def _badge(clock: Clock) -> levels.Badge:
    ticket = clock.ticket
    severity = attainment.severity_of(ticket.scheme_code, ticket.scheme_version, clock.level)
    try:
        names = promises.find(ticket.scheme_code, ticket.scheme_version).level_names
    except promises.UnknownPromise:
        names = {}
    return levels.badge(clock.level, severity, names.get(clock.level, ""))


def _number(value: Any) -> int | None:
    text = str(value or "")
    return min(int(text), LARGEST) if text.isascii() and text.isdecimal() else None
