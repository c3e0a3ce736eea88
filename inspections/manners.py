"""How an inspection is done, on site, by phone or remotely, and how its customer is told so: where nobody comes,
nothing says that somebody does. What is said of a visit on site stands where it is said.
"""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from inspections.models import Inspection, Plan
from tickets.kinds import Kind
from tickets.models import Ticket

ON_SITE, PHONE, REMOTE = Plan.Manner.ON_SITE.value, Plan.Manner.PHONE.value, Plan.Manner.REMOTE.value
AFAR: Mapping[str, Mapping[str, LazyText]] = {
    PHONE: {
        "proposed": _("We would like to call you on %(moment)s %(zone)s."),
        "prepare": _(
            "Nobody comes to your site. Please see to it that somebody who knows the equipment can be reached by phone."
        ),
        "question": _("We would like to call you on %(moment)s. Does that suit you?"),
        "agreed": _("We call you on %(moment)s. You agreed to it."),
        "planned": _("We call you %(at)s."),
        "title": _("An inspection by phone is booked"),
        "booked": _("An inspection by phone was booked."),
        "announced": _("Your inspection by phone is announced"),
        "moved": _("Your inspection by phone is at another time"),
        "where": _("We call you. Nobody comes to your site."),
        "today": _("Inspection by phone today"),
        "tomorrow": _("Inspection by phone tomorrow"),
        "on_day": _("Inspection by phone on %(day)s"),
        "summary": _("%(title)s (by phone)"),
    },
    REMOTE: {
        "proposed": _("We would like to inspect your equipment remotely on %(moment)s %(zone)s."),
        "prepare": _(
            "Nobody comes to your site. Please see to it that we can connect, and that somebody who knows the "
            "equipment can be reached by phone."
        ),
        "question": _("We would like to inspect your equipment remotely on %(moment)s. Does that suit you?"),
        "agreed": _("We inspect your equipment remotely on %(moment)s. You agreed to it."),
        "planned": _("We inspect your equipment remotely %(at)s."),
        "title": _("A remote inspection is booked"),
        "booked": _("A remote inspection was booked."),
        "announced": _("Your remote inspection is announced"),
        "moved": _("Your remote inspection is at another time"),
        "where": _("We connect to your equipment. Nobody comes to your site."),
        "today": _("Remote inspection today"),
        "tomorrow": _("Remote inspection tomorrow"),
        "on_day": _("Remote inspection on %(day)s"),
        "summary": _("%(title)s (remote)"),
    },
}


def by_ticket(tickets: Iterable[Ticket]) -> dict[int, str]:
    """Ticket -> phone or remote; those on site are left out, and all that are no inspections. One statement or none."""
    asked = [ticket.pk for ticket in tickets if ticket.kind == Kind.INSPECTION]
    rows = Inspection.objects.filter(ticket__in=asked, plan__manner__in=AFAR) if asked else Inspection.objects.none()
    return dict(rows.order_by().values_list("ticket", "plan__manner"))


def of(ticket: Ticket) -> str:
    return by_ticket([ticket]).get(ticket.pk, ON_SITE)
