"""Teams and the duty list: who works together, and who is called under a name of the escalation ladder, when."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Duty, Team
from accounts.policies import TABLE, require
from accounts.services import records
from accounts.services.records import Saved
from common.errors import Invalid


def save_team(*, team: Team, values: Mapping[str, Any], by: Actor, seen: Mapping[str, Any] | None = None) -> Saved:
    require(by, "account.manage_teams", TABLE)
    return records.save(row=team, values=values, by=by, seen=seen)


def save_duty(*, duty: Duty, values: Mapping[str, Any], by: Actor, seen: Mapping[str, Any] | None = None) -> Saved:
    require(by, "account.manage_duties", TABLE)
    starts, ends = values.get("starts_at"), values.get("ends_at")
    if starts is not None and ends is not None and ends <= starts:
        raise Invalid.field("ends_at", _("Enter an end after the beginning."))
    return records.save(row=duty, values=values, by=by, seen=seen)


def end_duty(*, duty: Duty, by: Actor, now: datetime) -> None:
    """Over from now on; one that has not begun is taken off the list. Ending twice is ending."""
    require(by, "account.manage_duties", TABLE)
    with transaction.atomic():
        row = records.lock(duty)
        if row.starts_at is not None and row.starts_at >= now:
            records.delete(row=row, by=by)
        elif row.ends_at is None or row.ends_at > now:
            row.ends_at = now
            row.save(update_fields=["ends_at"])
            records.note(row=row, by=by, flag=CHANGE, what="ended")
