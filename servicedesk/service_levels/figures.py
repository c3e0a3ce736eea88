"""All that the page, REST and the export say about the promises of a period, each figure read once, when asked for.

A constant number of statements. Decides nothing about looks and words.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from django.db.models import Count

from servicedesk.service_levels import open_now, peaks, selection
from servicedesk.service_levels.open_now import Holder
from servicedesk.service_levels.peaks import Peaks
from servicedesk.service_levels.period import Period
from sla import attainment
from sla.attainment import Row, Share, Tally, Week


class Figures:
    """Of one period, one selection, at one instant."""

    def __init__(self, period: Period, now: datetime) -> None:
        self.period, self.now, self.scope = period, now, period.scope

    @cached_property
    def _tally(self) -> Tally:
        return attainment.tally(self.scope, self.now)

    @cached_property
    def shares(self) -> dict[str, Share]:
        return self._tally.by_target()

    @cached_property
    def before(self) -> Mapping[str, Share]:
        """The period it is held against; empty when there is none."""
        scope = self.period.before
        return {} if scope is None else attainment.by_target(scope, self.now)

    @cached_property
    def severities(self) -> list[Row]:
        return self._tally.by_severity()

    def contracts(self, target: str = "") -> list[Row]:
        return self._tally.by_contract(target)

    @cached_property
    def weeks(self) -> list[Week]:
        return attainment.by_week(self.scope, self.now, self.period.zone)

    @cached_property
    def causes(self) -> list[tuple[str, int]]:
        return self._tally.causes()

    @cached_property
    def decided(self) -> Share:
        return attainment.total(self.shares)

    @cached_property
    def tickets(self) -> dict[int, int]:
        """Tickets reported in the period by the gravity of their level; 0: without one."""
        found = selection.tickets(self.period.keys)
        found = found.filter(received_at__gte=self.scope.start, received_at__lt=self.scope.end)
        rows = found.order_by().values_list("severity").annotate(n=Count("pk"))
        return {severity or 0: number for severity, number in rows}

    @cached_property
    def peaks(self) -> Peaks:
        """Over the whole weeks of the trend."""
        borders = attainment.last_weeks(min(self.scope.end, self.now), self.period.zone)
        return peaks.peaks(selection.tickets(self.period.keys), borders[0], borders[-1], self.period.zone)

    @cached_property
    def holders(self) -> list[Holder]:
        return open_now.holders(selection.tickets(self.period.keys), self.now)

    @cached_property
    def open(self) -> dict[str, int]:
        return open_now.totals(self.holders)
