"""When the next inspection is, as a report says it: the appointed visit, else between which days it is owed.

Reads only.
"""

from datetime import date, datetime, timedelta, tzinfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from inspections.models import Appointment, Inspection
from inspections.planning import Owed
from inspections.plans import WorkedDays, due
from servicedesk import wording

LOOK_AHEAD = 3  # years


def told(row: Inspection, on: date, zone: tzinfo, now: datetime) -> str:
    """A sentence. `on`: the day of the visit that the report is of, `zone`: that of its site."""
    visit, owed = _appointed(row, now), _owed(row, on)
    if visit is not None and (owed is None or visit.planned_at.astimezone(zone).date() < owed.closes_on):
        moment = {"moment": wording.full_moment(visit.planned_at, zone)}
        if visit.is_announced or visit.is_agreed:
            return _("The next inspection takes place on %(moment)s.") % moment
        return _("The next inspection is planned for %(moment)s. We announce it to you beforehand.") % moment
    if owed is None:
        return _("No further inspection is planned yet.")
    first, last = owed.opens_on, owed.closes_on - timedelta(days=1)
    if first == last:
        return _("The next inspection is planned for %(day)s.") % {"day": wording.days(first, first)}
    days = {"first": wording.days(first, first), "last": wording.days(last, last)}
    return _("The next inspection is planned between %(first)s and %(last)s.") % days


def _appointed(row: Inspection, now: datetime) -> Appointment | None:
    """The first one to come: of the same plan; of a visit that was asked for by hand of the same unit, or the site."""
    rows: QuerySet[Appointment] = Appointment.objects.filter(outcome="", planned_at__gt=now, ticket__kind="inspection")
    if row.plan_id is not None:
        rows = rows.filter(ticket__inspection__plan=row.plan_id)
    else:
        rows = rows.filter(ticket__site=row.ticket.site_id, ticket__equipment=row.ticket.equipment_id)
    return rows.exclude(ticket=row.ticket_id).order_by("planned_at").first()


def _owed(row: Inspection, on: date) -> Owed | None:
    plan = row.plan
    if plan is None or not plan.is_active:
        return None
    until = on.replace(year=on.year + LOOK_AHEAD, day=1)
    ahead = (one for one in due(plan, until, WorkedDays()) if one.visit_on > on and one.key != row.key)
    return next(ahead, None)
