"""From the log to clocks, effects and timers."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from common.worktime import WorkTime
from sla.engine.facts import Case, Event
from sla.engine.results import Plan
from sla.engine.scheme import Scheme

Calendars = Mapping[str, WorkTime]


def plan(scheme: Scheme, calendars: Calendars, case: Case, events: Iterable[Event], now: datetime) -> Plan:
    """Everything that follows from the log at `now`."""
    raise NotImplementedError
