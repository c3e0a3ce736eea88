"""What the simulator says in words: the sentence, the length of a promise, the counting as text. Text only."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from servicedesk import wording
from sla import policy_text
from sla.engine import Scheme
from sla.reports import ClockView

SOON = timedelta(hours=1)
SOLUTION = gettext_lazy("We propose a solution by %(moment)s.")
PROMISES: Mapping[str, LazyText] = {
    "respond": gettext_lazy("We reply by %(moment)s."),
    **dict.fromkeys(("diagnose", "reply", "solution"), SOLUTION),
    "start_remote": gettext_lazy("We begin work from afar by %(moment)s."),
    "arrive": gettext_lazy("We are with you by %(moment)s."),
    "restore": gettext_lazy("It works again by %(moment)s."),
    "resolve": gettext_lazy("It is solved by %(moment)s."),
}


def summary(views: Sequence[ClockView], received_at: datetime, zone: ZoneInfo) -> tuple[str, list[str]]:
    """ "Reported Friday 17:50, 10 minutes before we close." and what is promised by when."""
    first = [view for view in views if view.run == 1]
    at_once = [view for view in first if view.begun_at == received_at]
    lead = next(filter(None, (_lead(view, received_at, zone) for view in at_once)), _reported(received_at, zone))
    known = [view for view in first if view.target in PROMISES and view.due_at is not None]
    return lead, [
        str(PROMISES[view.target]) % {"moment": weekday_moment(view.due_at, received_at, zone)} for view in known
    ]


def _reported(at: datetime, zone: ZoneInfo) -> str:
    return _("Reported %(moment)s.") % {"moment": weekday_moment(at, at, zone)}


def _lead(view: ClockView, at: datetime, zone: ZoneInfo) -> str:
    """What a clock says of the moment; nothing where it simply runs."""
    if view.started_at > view.begun_at:
        words = {"moment": weekday_moment(at, at, zone), "start": weekday_moment(view.started_at, at, zone)}
        return _("Reported %(moment)s, outside working time: the clock starts %(start)s.") % words
    parts = view.explanation
    if len(parts) > 1 and parts[0].kind == "counted" and parts[1].kind == "closed" and parts[0].end - at <= SOON:
        minutes = int((parts[0].end - at).total_seconds()) // 60
        pattern = ngettext(
            "Reported %(moment)s, %(minutes)d minute before we close.",
            "Reported %(moment)s, %(minutes)d minutes before we close.",
            minutes,
        )
        return pattern % {"moment": weekday_moment(at, at, zone), "minutes": minutes}
    return ""


def weekday_moment(at: datetime, reported_at: datetime, zone: ZoneInfo) -> str:
    """ "Friday 17:50" in the six days after the report; later a weekday would name two days."""
    local = at.astimezone(zone)
    if (local.date() - reported_at.astimezone(zone).date()).days > wording.WEEKDAYS:
        return wording.full_moment(at, zone)
    words = {"weekday": formats.date_format(local, "l"), "time": wording.time_of_day(at, zone)}
    return _("%(weekday)s %(time)s") % words


def against(view: ClockView, former: datetime | None) -> str:
    """The due time against the version in force; nothing where they agree."""
    if former is None or view.due_at is None or former == view.due_at:
        return ""
    length = {"time": wording.duration(abs(view.due_at - former))}
    if view.due_at < former:
        return _("%(time)s earlier than the version in force") % length
    return _("%(time)s later than the version in force") % length


def called(scheme: Scheme, level: str) -> str:
    """Whom a warning or a miss calls."""
    step = scheme.ladder_for(level)
    return policy_text.listed(step.calls) if step else ""


def as_text(scheme: Scheme, lead: str, sentences: Sequence[str], views: Sequence[ClockView], zone: ZoneInfo) -> str:
    """All of it for a mail: what is promised, and each counting line by line."""
    lines = [scheme.name, lead, *sentences]
    for view in views:
        due = wording.full_moment(view.due_at, zone) if view.due_at else _("open while paused")
        lines += ["", policy_text.named(view.label, due), *_counting(view, zone)]
    return "\n".join(lines)


def _counting(view: ClockView, zone: ZoneInfo) -> list[str]:
    kinds = {"closed": _("closed"), "paused": _("paused"), "over": _("over")}
    lines, total = [], 0
    for part in view.explanation:
        period = wording.period(part.start, part.end, zone)
        if part.kind == "counted":
            total += part.seconds
            lines.append(wording.counted_line(period, part.seconds, total))
        else:
            lines.append(policy_text.named(period, kinds.get(part.kind, part.kind)))
    return lines
