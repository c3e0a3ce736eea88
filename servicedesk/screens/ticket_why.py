"""Why is this due then? The ledger of one clock, what changed it, what would move it, and all of it as text.

All of it comes from the plan and the scheme; nothing is counted here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from servicedesk import wording
from servicedesk.screens.promised import promised
from servicedesk.screens.ticket_case import Case
from sla import policy_text
from sla.engine import LevelChange, Stretch
from sla.reports import ClockView


@dataclass(frozen=True)
class Why:
    """The ledger of one clock; `text` is the same in words, for a mail."""

    title: str
    before: str  # the intro around the scheme's name, which is a link
    scheme: str
    after: str
    view: ClockView
    stretches: Sequence[Stretch]
    due_words: str
    zone: str
    changes: Sequence[str]
    what_moves_it: str
    text: str
    others: Sequence[ClockView] = field(default_factory=list)
    earlier: Sequence[ClockView] = field(default_factory=list)


def why(case: Case, key: str) -> Why | None:
    """The clock named by the address ("restore:1"), else the next one due, else the first that can explain itself."""
    able = [view for view in case.standing.clocks if view.explanation]
    if not able:
        return None
    chosen = next((view for view in able if view.clock.key == key), None) or _next(able) or able[0]
    current = {view.target: view for view in able}.values()  # the latest run of each target
    zone = case.site_zone or str(case.standing.place.zone)
    intro, scheme = _intro(case, chosen, zone), _scheme_name(case)
    return Why(
        title=_title(case, chosen),
        before=intro.partition(scheme)[0],
        scheme=scheme,
        after=intro.partition(scheme)[2],
        view=chosen,
        stretches=chosen.explanation,
        due_words=_due_words(chosen, zone),
        zone=zone,
        changes=[_change_words(change, zone) for change in _changes(case, chosen)],
        what_moves_it=_what_moves_it(case, chosen),
        text=_as_text(case, chosen, zone),
        others=[view for view in current if view is not chosen],
        earlier=[view for view in able if view is not chosen and view not in current],
    )


def _next(views: list[ClockView]) -> ClockView | None:
    due = [view for view in views if view.is_open and view.due_at is not None]
    return min(due, key=lambda view: view.due_at, default=None)


def _title(case: Case, view: ClockView) -> str:
    if view.due_at is None:
        return _("Why does %(clock)s have no due time now?") % {"clock": view.label.lower()}
    here = timezone.get_current_timezone()
    site = ZoneInfo(case.site_zone) if case.site_zone else here
    moment = wording.moment_for_site(view.due_at, case.now, here, site)
    return _("Why is %(clock)s due %(moment)s?") % {"clock": view.label.lower(), "moment": moment}


def _intro(case: Case, view: ClockView, zone: str) -> str:
    """Policy and version, how much is promised, by which calendar and whose clocks."""
    words = {
        "level": view.level,
        "scheme": _scheme_name(case),
        "version": case.ticket.scheme_version,
        "time": promised(view) or policy_text.duration(view.clock.trace.run.promise.length),
        "calendar": policy_text.calendar(view.clock.calendars[1]),
        "zone": _("%(city)s time") % {"city": wording.city(ZoneInfo(zone))},
    }
    return _("Level %(level)s on %(scheme)s, version %(version)s: %(time)s, counted %(calendar)s, %(zone)s.") % words


def _scheme_name(case: Case) -> str:
    return case.standing.scheme.name if case.standing.scheme else case.ticket.scheme_code


def _due_words(view: ClockView, zone: str) -> str:
    if view.due_at is None:
        return _("Counted so far")
    here = timezone.get_current_timezone()
    return _("Due %(moment)s") % {"moment": wording.full_moment_at_site(view.due_at, ZoneInfo(zone), here)}


def _changes(case: Case, view: ClockView) -> list[LevelChange]:
    plan = case.standing.plan
    return [change for change in plan.level_changes if change.target == view.target] if plan else []


def _change_words(change: LevelChange, zone: str) -> str:
    place = ZoneInfo(zone)
    outcomes = {
        "kept": _("the due time was kept"),
        "replaced": _("counted anew"),
        "restarted": _("started anew"),
        "started": _("began"),
        "dropped": _("no longer promised"),
    }
    words = {
        "at": wording.full_moment(change.at, place),
        "old": change.old_level,
        "new": change.new_level,
        "outcome": outcomes.get(change.outcome, change.outcome),
    }
    text = _("%(at)s: level %(old)s became %(new)s, %(outcome)s") % words
    if change.new_due_at is not None and change.new_due_at != change.old_due_at:
        text = policy_text.clauses(
            [text, _("due %(moment)s") % {"moment": wording.full_moment(change.new_due_at, place)}]
        )
    return text


def _what_moves_it(case: Case, view: ClockView) -> str:
    scheme = case.standing.scheme
    target = next((item for item in scheme.targets if item.code == view.target), None) if scheme else None
    if target is None or not view.is_open:
        return ""
    if target.is_paused_by_waiting:
        return _("Waiting for the customer stops this clock. A change of level can count it anew.")
    return _("Waiting for the customer does not stop this clock. A change of level can count it anew.")


def _as_text(case: Case, view: ClockView, zone: str) -> str:
    kinds = {"closed": _("closed"), "paused": _("paused")}
    lines = [policy_text.named(case.ticket.reference, _title(case, view)), _intro(case, view, zone)]
    total = 0
    lengths = wording.shown_lengths([(part.start, part.end, part.kind == "counted") for part in view.explanation])
    for part, seconds in zip(view.explanation, lengths, strict=True):
        period = wording.period(part.start, part.end, ZoneInfo(zone))
        if part.kind == "counted":
            total += seconds
            lines.append(wording.counted_line(period, seconds, total))
        else:
            over = _("over by %(time)s") % {"time": wording.counted(seconds)}
            lines.append(policy_text.named(period, over if part.kind == "over" else kinds.get(part.kind, part.kind)))
    return "\n".join([*lines, _due_words(view, zone)])
