"""How long a promise is, in words, in the same sum its ledger shows. Text only; counts nothing itself."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from servicedesk import wording
from sla.engine.terms import WorkingDays
from sla.reports import ClockView


def is_in_days(view: ClockView) -> bool:
    return view.clock.trace.run.promise.is_in_days


def promised(view: ClockView) -> str:
    """ "4h 30m", "2 working days, 42h" (the hours while they are certain); nothing for what is due before a date."""
    if not is_in_days(view):
        return wording.duration(view.clock.whole_seconds, days=False)
    length = view.clock.trace.run.promise.length
    if not isinstance(length, WorkingDays):
        return ""
    days = ngettext("%(n)d working day", "%(n)d working days", length.days) % {"n": length.days}
    counted = sum(part.seconds for part in view.explanation if part.kind == "counted")
    if view.due_at is None or not counted:
        return days
    return _("%(days)s, %(hours)s") % {"days": days, "hours": wording.duration(counted, days=False)}
