"""What the template draws: figures with their comparison and their links, rows with cells. No SQL, no decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from servicedesk.screens.dashboard.chart import MAIN
from servicedesk.screens.levels import Badge
from servicedesk.service_levels.period import Period
from sla.attainment import NOTHING, Row, Share, goal
from sla.wording import target_label

LIST = "/dashboard/tickets/?"
KPI_NAMES = {
    "respond": gettext_lazy("Replied in time"),
    "arrive": gettext_lazy("Arrived in time"),
    "restore": gettext_lazy("Restored in time"),
}
SEVERITIES = {
    1: gettext_lazy("Gravest"),
    2: gettext_lazy("Grave"),
    3: gettext_lazy("Moderate"),
    4: gettext_lazy("Light"),
}


@dataclass(frozen=True)
class Figure:
    """One share with everything said about it. `points`: against the period before, None where there is none."""

    label: str
    share: Share
    goal: float
    address: str
    missed_address: str
    points: float | None = None

    @property
    def percent(self) -> str:
        return "" if self.share.percent is None else f"{self.share.percent:.1f}"

    @property
    def value(self) -> float:
        return self.share.percent or 0.0

    @property
    def is_below(self) -> bool:
        return self.share.percent is not None and self.share.percent < self.goal

    @property
    def comparison(self) -> str:
        if self.points is None:
            return "–"
        if abs(self.points) < 0.05:
            return _("as before")
        pattern = _("up %(points).1f points") if self.points > 0 else _("down %(points).1f points")
        return pattern % {"points": abs(self.points)}


def figure(label: str, target: str, share: Share, period: Period, before: Share | None = None, **more: Any) -> Figure:
    points = None
    if before is not None and before.percent is not None and share.percent is not None:
        points = share.percent - before.percent
    return Figure(
        label=label,
        share=share,
        goal=goal(target),
        address=LIST + period.query(target=target, **more),
        missed_address=LIST + period.query(target=target, outcome="missed", **more),
        points=points,
    )


def kpis(now: Mapping[str, Share], before: Mapping[str, Share], period: Period) -> list[Figure]:
    return [
        figure(str(KPI_NAMES[code]), code, now.get(code, NOTHING), period, before.get(code, NOTHING)) for code in MAIN
    ]


def promises(now: Mapping[str, Share], before: Mapping[str, Share], period: Period) -> list[Figure]:
    """Every target that was decided at least once."""
    return [
        figure(target_label(code), code, share, period, before.get(code, NOTHING))
        for code, share in now.items()
        if share.total
    ]


@dataclass(frozen=True)
class Line:
    """A row of a table: its cells in the order of MAIN (None: nothing decided), and all targets together."""

    name: str
    detail: str
    badge: Badge | None
    cells: Sequence[Figure | None]
    whole: Figure


def severity_lines(rows: Sequence[Row], everything: Mapping[str, Share], period: Period) -> list[Line]:
    lines = [_line(row, str(SEVERITIES.get(row.key, row.key)), period, severity=row.key) for row in rows]
    return [*lines, _line(Row(0, everything), _("All levels"), period)] if rows else []


def contract_lines(rows: Sequence[Row], period: Period) -> list[Line]:
    return [_line(row, row.name or _("No organisation"), period, contract=row.key) for row in rows]


def _line(row: Row, name: str, period: Period, **more: Any) -> Line:
    cells = [
        figure(target_label(code), code, share, period, **more)
        if (share := row.shares.get(code, NOTHING)).total
        else None
        for code in MAIN
    ]
    severity = more.get("severity")
    badge = Badge(str(severity), severity, "") if severity else None
    return Line(name, row.detail, badge, cells, figure(name, "", row.total, period, **more))
