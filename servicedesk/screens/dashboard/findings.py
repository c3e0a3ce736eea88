"""What the headings say: the finding, from rules; a neutral title where nothing stands out. Text only."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from servicedesk.screens.dashboard.cards import Line
from servicedesk.screens.dashboard.chart import MAIN
from servicedesk.service_levels import peaks
from servicedesk.service_levels.open_now import Holder
from servicedesk.service_levels.peaks import Peaks
from sla import policy_text
from sla.attainment import NOTHING, Row, Share, Week, goal
from sla.words import target_label
from tickets.kinds import Cause

WORTH_SAYING = 2  # weeks in a row
WORTH_POINTS = 2.0  # of loss against the period before
ENOUGH = 5  # decided clocks
Shares = Mapping[str, Share]


def weak_streak(weeks: Sequence[Week], target: str) -> int:
    """For how many weeks up to the last one with clocks the target has been under its goal."""
    shares = [week.shares[target].percent for week in weeks if target in week.shares and week.shares[target].total]
    streak = 0
    for percent in reversed(shares):
        if percent is None or percent >= goal(target):
            break
        streak += 1
    return streak


def fallen(now: Shares, before: Shares) -> str:
    """The target under its goal that lost most against the period before; empty: none lost much."""
    losses = {code: loss for code in MAIN if (loss := _loss(code, now, before)) >= WORTH_POINTS}
    return max(losses, key=lambda code: losses[code], default="")


def _loss(target: str, now: Shares, before: Shares) -> float:
    percent, former = now.get(target, NOTHING).percent, before.get(target, NOTHING).percent
    if percent is None or former is None or percent >= goal(target):
        return 0.0
    return former - percent


def _weak(now: Shares) -> str:
    """The target farthest under its goal; empty: all that were decided reached it."""
    gaps = {code: goal(code) - percent for code in MAIN if (percent := now.get(code, NOTHING).percent) is not None}
    under = {code: gap for code, gap in gaps.items() if gap > 0}
    return max(under, key=lambda code: under[code], default="")


def focus(weeks: Sequence[Week], now: Shares, before: Shares) -> str:
    """The target that the heading speaks of, whose goal is drawn; restore where nothing stands out."""
    longest = max(reversed(MAIN), key=lambda target: weak_streak(weeks, target))
    if weak_streak(weeks, longest) >= WORTH_SAYING:
        return longest
    return fallen(now, before) or _weak(now) or "restore"


def of_trend(weeks: Sequence[Week], now: Shares, before: Shares) -> str:
    target = focus(weeks, now, before)
    streak = weak_streak(weeks, target)
    words = {"target": target_label(target), "weeks": streak, "percent": f"{now.get(target, NOTHING).percent or 0:.1f}"}
    if streak >= WORTH_SAYING:
        return (
            ngettext(
                "%(target)s has been under target for %(weeks)d week",
                "%(target)s has been under target for %(weeks)d weeks",
                streak,
            )
            % words
        )
    if target == fallen(now, before):
        words["points"] = f"{_loss(target, now, before):.1f}"
        return _("%(target)s fell by %(points)s points, to %(percent)s percent") % words
    if target == _weak(now):
        return _("%(target)s is under target, at %(percent)s percent") % words
    if any(now.get(code, NOTHING).total for code in MAIN):
        return _("Reply, arrival and restore are on target")
    return _("Kept in time, week by week")


def of_severities(lines: Sequence[Line]) -> str:
    """The cell farthest under its goal, of those with enough clocks to speak of."""
    cells = [(line, cell) for line in lines[:-1] for cell in line.cells if cell is not None and cell.is_below]
    known = [(line, cell) for line, cell in cells if cell.share.total >= ENOUGH]
    if not known:
        return _("Kept by gravity")
    line, cell = min(known, key=lambda pair: pair[1].value - pair[1].goal)
    words = {"target": cell.label, "level": line.name.lower(), "percent": cell.percent}
    return _("%(target)s is weakest where the fault is %(level)s: %(percent)s percent") % words


def of_holders(holders: Sequence[Holder]) -> str:
    nobodys = sum(holder.counts["late"] for holder in holders if not holder.email)
    if not nobodys:
        return _("Who holds what")
    return ngettext("%(n)d late ticket belongs to nobody", "%(n)d late tickets belong to nobody", nobodys) % {
        "n": nobodys
    }


def of_missed(shares: Shares, found: Sequence[tuple[str, int]]) -> str:
    """ "Arrival 7, restore 5. Most common cause: wear." """
    counts = [(target, share.missed) for target, share in shares.items() if share.missed]
    if not counts:
        return _("Every clock that was decided in this period was kept.")
    counts.sort(key=lambda pair: -pair[1])
    words = policy_text.listed([f"{target_label(target)} {number}" for target, number in counts[:4]])
    if not found:
        return _("%(counts)s. No cause has been entered yet.") % {"counts": words}
    return _("%(counts)s. Most common cause: %(cause)s.") % {"counts": words, "cause": Cause(found[0][0]).label}


def of_contracts(rows: Sequence[Row], target: str) -> str:
    mark = goal(target)
    weak = [row for row in rows if (row.share(target).percent or 0) < mark and row.share(target).total >= ENOUGH]
    if len(rows) < 2 or not weak:
        return _("Kept by contract")
    if len(weak) == 1:
        words = {"name": weak[0].name or _("No organisation"), "goal": mark}
        return _("%(name)s is below %(goal)d percent") % words
    return ngettext(
        "%(count)d contract is below %(goal)d percent", "%(count)d contracts are below %(goal)d percent", len(weak)
    ) % {"count": len(weak), "goal": mark}


WEEKDAYS = {
    1: gettext_lazy("Mondays"),
    2: gettext_lazy("Tuesdays"),
    3: gettext_lazy("Wednesdays"),
    4: gettext_lazy("Thursdays"),
    5: gettext_lazy("Fridays"),
    6: gettext_lazy("Saturdays"),
    7: gettext_lazy("Sundays"),
}
SPELLED = {
    6: gettext_lazy("six"),
    7: gettext_lazy("seven"),
    8: gettext_lazy("eight"),
    9: gettext_lazy("nine"),
    10: gettext_lazy("ten"),
    11: gettext_lazy("eleven"),
    12: gettext_lazy("noon"),
}


def of_peaks(found: Peaks) -> str:
    """The hour of the week with the most faults, where it has clearly more than an hour usually has."""
    cells = sorted(found.counts.items(), key=lambda item: -item[1])
    if not cells or cells[0][1] < ENOUGH or (len(cells) > 1 and cells[0][1] == cells[1][1]):
        return _("When faults are reported")
    weekday, hour = cells[0][0]
    if cells[0][1] < 3 * found.total / (len(peaks.WEEKDAYS) * len(peaks.HOURS)):
        return _("When faults are reported")
    return _("%(weekdays)s at %(hour)s are the peak") % {
        "weekdays": WEEKDAYS[weekday],
        "hour": SPELLED.get(hour, f"{hour:02}:00"),
    }
