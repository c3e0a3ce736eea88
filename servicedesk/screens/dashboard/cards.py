"""What the template draws: figures with their comparison and their links, rows with cells. No SQL, no decisions."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from servicedesk.screens.dashboard.chart import MAIN
from servicedesk.screens.levels import Badge
from servicedesk.service_levels.period import Period
from servicedesk.service_levels.selection import NONE, SEVERITIES
from sla import library, policy_text
from sla.attainment import NOTHING, Row, Share, goal
from sla.words import target_label

LIST = "/dashboard/tickets/?"
KPI_NAMES = {
    "respond": gettext_lazy("Replied in time"),
    "arrive": gettext_lazy("Arrived in time"),
    "restore": gettext_lazy("Restored in time"),
}
SHOWN_CONTRACTS = 7


@dataclass(frozen=True)
class Figure:
    """One share with everything said about it. `points`: against the period before, None where there is none."""

    label: str
    share: Share
    goal: float
    address: str
    met_address: str
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
    def is_above(self) -> bool:
        """By what is written: the same tenth is on target."""
        return round(self.value, 1) > self.goal

    @property
    def comparison(self) -> str:
        if self.points is None:
            return ""
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
        met_address=LIST + period.query(target=target, outcome="met", **more),
        missed_address=LIST + period.query(target=target, outcome="missed", **more),
        points=points,
    )


def kpis(now: Mapping[str, Share], before: Mapping[str, Share], period: Period) -> list[Figure]:
    return [figure(str(KPI_NAMES[code]), code, now.get(code, NOTHING), period, before.get(code)) for code in MAIN]


def promises(now: Mapping[str, Share], before: Mapping[str, Share], period: Period) -> list[Figure]:
    """Every target that was decided at least once."""
    names = labels(now)
    return [figure(names[code], code, share, period, before.get(code)) for code, share in now.items() if share.total]


def labels(targets: Collection[str]) -> dict[str, str]:
    """Names that stand side by side: two that are the same say whose scheme promises them."""
    found = {code: target_label(code) for code in targets}
    often = Counter(found.values())
    alike = {code for code, label in found.items() if often[label] > 1}
    schemes = library.promised_by(alike) if alike else {}
    return {code: policy_text.clauses([label, *schemes.get(code, ())]) for code, label in found.items()}


@dataclass(frozen=True)
class Line:
    """A row of a table: its cells in the order of MAIN (None: nothing decided), and all targets together.

    `tickets` and `tickets_address`: how many were reported, of a level.
    """

    name: str
    detail: str
    badge: Badge | None
    cells: Sequence[Figure | None]
    whole: Figure
    tickets: int = 0
    tickets_address: str = ""


def severity_lines(
    rows: Sequence[Row], everything: Mapping[str, Share], tickets: Mapping[int, int], period: Period
) -> list[Line]:
    """One for each gravity that was met, and all together."""
    shares = {row.key: row.shares for row in rows}
    found = sorted({*shares, *(severity for severity in tickets if severity)})
    lines = [
        _level(Row(key, shares.get(key, {})), str(SEVERITIES.get(key, key)), tickets.get(key, 0), period)
        for key in found
    ]
    whole = _level(Row(0, everything), _("All levels"), sum(tickets.values()), period)
    return [*lines, whole] if lines else []


def _level(row: Row, name: str, tickets: int, period: Period) -> Line:
    more: dict[str, Any] = {"level": row.key} if row.key else {}
    cells = [
        figure(target_label(code), code, share, period, **more)
        if (share := row.shares.get(code, NOTHING)).total
        else None
        for code in MAIN
    ]
    badge = Badge(str(row.key), row.key, "") if row.key else None
    whole = figure(name, "", row.total, period, **more)
    return Line(name, "", badge, cells, whole, tickets, LIST + period.query(show="reported", **more))


@dataclass(frozen=True)
class Contracts:
    """The table by contract: its lines, and in one figure those that are too small to be shown (None: all are)."""

    lines: Sequence[Line]
    smaller: Figure | None = None
    smaller_count: int = 0


def contracts(rows: Sequence[Row], target: str, period: Period, is_whole: bool) -> Contracts:
    """Lowest first. With many contracts only the largest have a line: of a few clocks a share says little."""
    if is_whole or len(rows) <= SHOWN_CONTRACTS + 1:
        return Contracts([_contract(row, target, period) for row in rows])
    known = [row for row in rows if row.key]
    largest = sorted(known, key=lambda row: -row.share(target).total)[:SHOWN_CONTRACTS]
    rest = [row for row in rows if row not in largest]
    share = sum((row.share(target) for row in rest), NOTHING)
    besides = ",".join(str(row.key) for row in largest)
    smaller = figure("", target, share, period, besides=besides)
    return Contracts([_contract(row, target, period) for row in rows if row in largest], smaller, len(rest))


def _contract(row: Row, target: str, period: Period) -> Line:
    more: dict[str, Any] = {"contract": row.number or NONE, "organisation": row.organisation or NONE}
    name = row.name or _("No organisation")
    return Line(name, row.detail or row.number, None, (), figure(name, target, row.share(target), period, **more))
