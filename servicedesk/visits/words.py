"""How far a visit is, in a word, for calendars of the desk and of customers, and what is wrong with its time, in the
same words wherever it is said. Text only.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from inspections.clashes import Why
from inspections.models import Appointment

WRONG = {
    Why.PAST: gettext_lazy("time that has passed"),
    Why.BEFORE_WINDOW: gettext_lazy("earlier than the contract owes it"),
    Why.AFTER_WINDOW: gettext_lazy("later than the contract owes it"),
    Why.WEEKEND: gettext_lazy("no working day at the site"),
    Why.HOLIDAY: gettext_lazy("holiday at the site"),
    Why.BUSY: gettext_lazy("engineer has another visit then"),
    Why.OFF_DUTY: gettext_lazy("engineer is not on duty then"),
    Why.SAME_UNIT: gettext_lazy("unit has another visit that day"),
    Why.SAME_SITE: gettext_lazy("site has another visit that day"),
    Why.NOTICE: gettext_lazy("notice to the customer is late"),
}


def state(row: Appointment) -> tuple[str, str]:
    """The word and its tone. Expects the ticket with its inspection and plan."""
    if row.is_over:
        return str(Appointment.Outcome(row.outcome).label), {"done": "met", "failed": "risk"}.get(row.outcome, "line")
    if row.has_offer:
        return _("other dates proposed"), "risk"
    if row.is_settled:
        return pgettext("a visit", "agreed"), "met"
    if row.is_agreed:
        return _("maker not confirmed"), "pause"
    return (_("announced"), "accent") if row.is_announced else (pgettext("a visit", "planned"), "line")


def wrong(why: Why) -> str:
    """What is wrong with a visit that is planned, in a few words."""
    return str(WRONG[why])


def closed(country: str) -> str:
    return _("closed in %(country)s") % {"country": country}


def worked(country: str) -> str:
    return _("worked in %(country)s") % {"country": country}
