"""How far clocks are past their due time: from their rows, and to the second what the engine says. Writes nothing."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sla import facts
from sla.models import Clock


def of(clocks: Collection[Clock], now: datetime) -> dict[int, int]:
    """Seconds over by row; 0 for what is not late. At most one statement: the overridden days."""
    overrides = facts.LazyOverrides()
    return {clock.pk: (clock.over + _since(clock, now, overrides)) // timedelta(seconds=1) for clock in clocks}


def _since(clock: Clock, now: datetime, overrides: facts.LazyOverrides) -> timedelta:
    since = clock.over_since_at
    if since is None or since >= now:
        return timedelta()
    if not clock.over_calendar:
        return now - since
    return facts.calendar_named(clock.over_calendar, [since, now], overrides).between(since, now)
