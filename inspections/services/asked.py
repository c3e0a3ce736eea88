"""Inspections that no plan owes: something else asked for them, such as an event to stand by for."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.actors import SYSTEM
from inspections.models import Checklist, Inspection
from tickets import services as tickets


@transaction.atomic
def ask(*, intake: tickets.Intake, checklist: Checklist | None, visit: tickets.Visit, now: datetime) -> Inspection:
    """A ticket of kind inspection with its visit booked; asked for twice with the same token there is one.

    `checklist`: the list it is done by.
    """
    booked = replace(intake, visit=visit)
    ticket = tickets.report(intake=booked, by=SYSTEM, at=now, now=now)
    row, _is_new = Inspection.objects.get_or_create(ticket=ticket, defaults={"checklist": checklist})
    return row
