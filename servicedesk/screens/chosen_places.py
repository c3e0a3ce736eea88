"""The customer, site and unit that a form of the agents has chosen so far, as far as they fit together. Reads only."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from customers.models import Equipment, Organisation, Site
from servicedesk.screens.report.places import Where


def of(given: QueryDict) -> Where:
    """A site of another customer falls away, and so does a unit of another site."""
    organisation = _one(Organisation.objects.all(), given.get("organisation"))
    if organisation is None:
        return Where()
    site = _one(Site.objects.filter(organisation=organisation), given.get("site"))
    units = Equipment.objects.filter(site__organisation=organisation).select_related("site")
    unit = _one(units.filter(site=site) if site else units, given.get("equipment"))
    return Where(organisation, site or (unit.site if unit else None), unit)


def _one(rows: QuerySet[Any], pk: str | None) -> Any:
    try:
        return rows.filter(pk=pk).first() if pk else None
    except (ValueError, OverflowError, ValidationError):
        return None
