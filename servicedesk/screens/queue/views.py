"""The default views of the queue: a name for a filter and an order. Pure choice of rows; draws nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.kinds import OPEN_STATES, OVER_STATES, State
from tickets.models import Ticket
from tickets.querysets import TicketQuerySet

Tickets = TicketQuerySet[Ticket]
Choose = Callable[[User, datetime], Q]
IS_OPEN = Q(state__in=sorted(OPEN_STATES))
IS_OVER = Q(state__in=OVER_STATES)
DONE = frozenset({State.RESTORED, State.RESOLVED})
# Something is promised still, also of a ticket that is closed, or there is work. What the index ticket_owed_by_due has.
IS_NEXT = Q(next_due_at__isnull=False) | Q(state__in=sorted(OPEN_STATES - DONE))
# Open, or closed with a promise that runs on, such as a written report.
IS_OWED = Q(next_due_at__isnull=False) | IS_OPEN
ON_SITE = (State.VISIT_BOOKED, State.ON_THE_WAY, State.ON_SITE)
RECENT = timedelta(days=7)


@dataclass(frozen=True)
class View:
    """`order` is a key of ORDERS; `chooses` gives the rows."""

    code: str
    label: str | LazyText
    chooses: Choose
    order: str = "due"
    is_of_open_work: bool = True


VIEWS = (
    View("due", _("Due next"), lambda user, now: IS_NEXT),
    View("mine", _("Assigned to me"), lambda user, now: IS_OWED & Q(assignee=user.pk)),
    View("unassigned", _("Unassigned"), lambda user, now: IS_OPEN & Q(assignee__isnull=True)),
    View("triage", _("Triage"), lambda user, now: IS_OPEN & Q(organisation__isnull=True)),
    View("waiting", _("Waiting for customer"), lambda user, now: Q(state=State.WAITING)),
    View("parts", _("Waiting for parts"), lambda user, now: Q(state=State.WAITING_PART)),
    View("on-site", _("On site today"), lambda user, now: Q(state__in=ON_SITE)),
    View("open", _("All open"), lambda user, now: IS_OPEN, order="received"),
    View(
        "closed",
        _("Recently closed"),
        lambda user, now: IS_OVER & Q(updated_at__gt=now - RECENT),
        order="changed",
        is_of_open_work=False,
    ),
)
BY_CODE = {view.code: view for view in VIEWS}
DEFAULT = VIEWS[0]
EVERYTHING = View("all", _("Search results"), lambda user, now: Q())
