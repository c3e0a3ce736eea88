"""Inspections that no plan owes: something else asked for them, such as an event to stand by for."""

from datetime import datetime

from django.db import transaction

from accounts.actors import SYSTEM
from inspections.models import Checklist, Inspection
from tickets import services as tickets


@transaction.atomic
def ask(*, intake: tickets.Intake, checklist: Checklist | None, planned_at: datetime, now: datetime) -> Inspection:
    """A ticket of kind inspection with its visit booked; asked for twice with the same token there is one.

    `checklist`: the list it is done by.
    """
    ticket = tickets.report(intake=intake, by=SYSTEM, at=now, now=now)
    row, is_new = Inspection.objects.get_or_create(ticket=ticket, defaults={"checklist": checklist})
    if is_new:
        fields = {"planned_at": planned_at}
        tickets.record(ticket=ticket, type="visit_planned", by=SYSTEM, at=now, now=now, fields=fields)
    return row
