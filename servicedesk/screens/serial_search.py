"""A serial number in a form of the agents: the unit that has it fills in customer, site and unit. Reads only.

Only a whole number that one unit has decides by itself; anything else is offered, and a person chooses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.models import Equipment
from customers.querysets import EquipmentQuerySet

MOST = 8


@dataclass(frozen=True)
class Found:
    """What is still open about the number that was typed; `units` may be the one. Empty: nothing is."""

    typed: str = ""
    units: Sequence[Equipment] = ()

    @property
    def problem(self) -> str:
        if not self.typed:
            return ""
        if not self.units:
            return _("No unit in service has this serial number. Empty the field and write it into the description.")
        if len(self.units) == MOST:
            return _("Several units match, some of them are below. Choose one, or type more of the number.")
        return _("Choose the unit that is meant.")


def fill(given: QueryDict) -> tuple[QueryDict, Found]:
    """The form with the place of its serial number filled in, which then has done its work and is empty."""
    typed = given.get("serial", "").strip()
    if not typed:
        return given, Found()
    exact = list(_units().with_serial(typed)[:MOST])
    units = exact or list(_units().containing_serial(typed)[:MOST])
    meant = units if len(exact) == 1 else [unit for unit in units if str(unit.pk) == given.get("match")]
    if not meant:
        return given, Found(typed, units)
    filled, unit = given.copy(), meant[0]
    for name, key in (("organisation", unit.site.organisation_id), ("site", unit.site_id), ("equipment", unit.pk)):
        filled[name] = str(key)
    filled["serial"] = ""
    return filled, Found()


def _units() -> EquipmentQuerySet[Equipment]:
    known = Equipment.objects.select_related("product", "site__organisation")
    return known.filter(is_retired=False, site__is_active=True, site__organisation__is_active=True)
