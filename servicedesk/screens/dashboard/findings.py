"""What the headings say: the finding, from rules; a neutral title where nothing stands out. Text only."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from servicedesk.screens.dashboard.chart import MAIN
from sla.attainment import Row, Share, Week, goal
from sla.wording import target_label
from tickets.kinds import Cause

WORTH_SAYING = 2  # weeks in a row


def weak_streak(weeks: Sequence[Week], target: str) -> int:
    """For how many weeks up to the last one with clocks the target has been under its goal."""
    shares = [week.shares[target].percent for week in weeks if target in week.shares and week.shares[target].total]
    streak = 0
    for percent in reversed(shares):
        if percent is None or percent >= goal(target):
            break
        streak += 1
    return streak


def focus(weeks: Sequence[Week]) -> str:
    """The target that needs looking at: the longest under its goal, else restore."""
    return max(reversed(MAIN), key=lambda target: weak_streak(weeks, target))


def of_trend(weeks: Sequence[Week]) -> str:
    target = focus(weeks)
    streak = weak_streak(weeks, target)
    if streak >= WORTH_SAYING:
        return ngettext(
            "%(target)s has been under target for %(weeks)d week",
            "%(target)s has been under target for %(weeks)d weeks",
            streak,
        ) % {"target": target_label(target), "weeks": streak}
    has_values = any(week.shares.get(code) for week in weeks for code in MAIN)
    if has_values and all(weak_streak(weeks, code) == 0 for code in MAIN):
        return _("Reply, arrival and restore were on target last week")
    return _("Kept in time, week by week")


def of_missed(shares: Mapping[str, Share], found: Sequence[tuple[str, int]]) -> str:
    """ "7 arrivals, 5 restores …. Most common cause: wear." """
    counts = [(target, share.missed) for target, share in shares.items() if share.missed]
    if not counts:
        return _("Every clock that was decided in this period was kept.")
    counts.sort(key=lambda pair: -pair[1])
    words = ", ".join(f"{target_label(target)} {number}" for target, number in counts[:4])
    if not found:
        return _("%(counts)s. No cause has been entered yet.") % {"counts": words}
    return _("%(counts)s. Most common cause: %(cause)s.") % {"counts": words, "cause": Cause(found[0][0]).label}


def of_contracts(rows: Sequence[Row]) -> str:
    weak = [row for row in rows if (row.total.percent or 0) < goal("")]
    if len(rows) < 2 or not weak:
        return _("Kept by contract")
    if len(weak) == 1:
        return _("%(name)s is below %(goal)d percent") % {
            "name": weak[0].name or _("No organisation"),
            "goal": goal(""),
        }
    return ngettext(
        "%(count)d contract is below %(goal)d percent", "%(count)d contracts are below %(goal)d percent", len(weak)
    ) % {"count": len(weak), "goal": goal("")}
