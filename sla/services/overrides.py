"""The override table: an administrator's word on a day. Open tickets are planned anew from it.

What was announced or raised in the meantime stays on record; see docs/adr/0005.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Invalid
from sla.models import CalendarOverride
from sla.policies import TABLE
from sla.services.rebuild import rebuild


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
    return row


def withdraw_override(*, override: CalendarOverride, by: Actor) -> None:
    """Back to what the holiday data says."""
    require(by, "sla.override_calendar", TABLE)
    override.delete()


def replan_open(*, now: datetime) -> int:
    """Plans every open ticket anew, in batches; idempotent, so that it may be repeated after a crash."""
    return rebuild(now=now, only_open=True)
