"""The override table: an administrator's word on a day. Open tickets are planned anew from it.

What was announced or raised in the meantime stays on record; see docs/adr/0005.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Invalid
from sla.models import CalendarOverride, Sweep
from sla.policies import TABLE
from sla.services.rebuild import CHUNK
from sla.services.settle import settle_tickets
from tickets.models import Ticket


@transaction.atomic
def override_day(
    *, country: str, day: date, status: str, by: Actor, name: str = "", announced_on: date | None = None
) -> CalendarOverride:
    """Says that `day` is closed or worked in `country`; a second word on the same day replaces the first."""
    require(by, "sla.override_calendar", TABLE)
    if status not in CalendarOverride.Status.values:
        raise Invalid.field("status", _("Choose closed or worked."))
    values = {"status": status, "name": name, "announced_on": announced_on}
    row, _is_new = CalendarOverride.objects.update_or_create(country=country.upper(), day=day, defaults=values)
    _want_replan()
    return row


@transaction.atomic
def withdraw_override(*, override: CalendarOverride, by: Actor) -> None:
    """Back to what the holiday data says."""
    require(by, "sla.override_calendar", TABLE)
    override.delete()
    _want_replan()


def _want_replan() -> None:
    """Written with the change itself, so that no crash and no dead broker can lose it."""
    if not Sweep.objects.filter(id=1).update(replan_from=0):
        never = datetime(2000, 1, 1, tzinfo=UTC)
        Sweep.objects.create(id=1, seen_at=never, watermark_at=never, full_at=never, replan_from=0)


def replan_open(*, now: datetime, is_time_over: Callable[[], bool] = lambda: False) -> int:
    """Plans the open tickets anew that a change of the calendars is still owed to. Returns how many.

    In order of primary key, a chunk at a time, remembering how far it came: killed or out of time, it goes on there. A
    change that comes meanwhile begins anew.
    """
    count = 0
    while (done := Sweep.objects.filter(id=1).values_list("replan_from", flat=True).first()) is not None:
        pks = list(Ticket.objects.open().filter(pk__gt=done).order_by("pk").values_list("pk", flat=True)[:CHUNK])
        if pks:
            settle_tickets(pks=pks, now=now)
        Sweep.objects.filter(id=1, replan_from=done).update(replan_from=pks[-1] if pks else None)
        count += len(pks)
        if is_time_over():
            break
    return count
