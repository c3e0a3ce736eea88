"""Is this work covered, and why? One answer for a ticket, from contracts and warranty. Reads only; one statement.

The most particular contract wins: one that names the unit, then the site, then the whole organisation; of equals, one
limited to the ticket's category, then the latest.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from customers.models import Contract, Equipment, Organisation, Site


class Status(StrEnum):
    COVERED = "covered"
    IN_WARRANTY = "in_warranty"
    CHARGEABLE = "chargeable"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Coverage:
    """`contract` is the one in force, if any; `in_warranty` None: unknown."""

    status: Status
    reason: str
    contract: Contract | None = None
    in_warranty: bool | None = None


def decide(
    *, organisation: Organisation | None, site: Site | None, equipment: Equipment | None, category: str, on: date
) -> Coverage:
    """`on` is the local day of the report. A contract counts before the warranty: it promises the scheme."""
    if organisation is None:
        return Coverage(Status.UNKNOWN, _("The organisation is not known yet."))
    candidates = _candidates(organisation, site, equipment, category)
    in_warranty = _in_warranty(equipment, on)
    for contract in candidates:
        if contract.starts_on <= on and (contract.ends_on is None or on < contract.ends_on):
            return Coverage(Status.COVERED, _covered_reason(contract), contract, in_warranty)
    if in_warranty and equipment is not None and equipment.warranty_ends_on is not None:
        until = date_format(equipment.warranty_ends_on)
        reason = _("No contract, but in warranty until %(day)s.") % {"day": until}
        return Coverage(Status.IN_WARRANTY, reason, None, True)
    ended = [contract for contract in candidates if contract.ends_on is not None and contract.ends_on <= on]
    if ended:
        latest = max(ended, key=lambda contract: contract.ends_on or on)
        facts = {"number": latest.number, "day": date_format(latest.ends_on or on)}
        return Coverage(Status.LAPSED, _("Contract %(number)s ended on %(day)s.") % facts, None, in_warranty)
    if in_warranty is None and equipment is None:
        return Coverage(Status.UNKNOWN, _("No contract covers this and no unit is named."))
    return Coverage(Status.CHARGEABLE, _("No contract covers this and there is no warranty."), None, in_warranty)


def _candidates(
    organisation: Organisation, site: Site | None, equipment: Equipment | None, category: str
) -> list[Contract]:
    """All contracts that could cover it, at any time, the most particular first."""
    through_equipment = Contract.equipment.through._default_manager.filter(contract_id=OuterRef("pk"))
    through_sites = Contract.sites.through._default_manager.filter(contract_id=OuterRef("pk"))
    contracts = Contract.objects.filter(organisation=organisation).annotate(
        names_equipment=Exists(through_equipment),
        names_sites=Exists(through_sites),
        has_unit=Exists(through_equipment.filter(equipment_id=equipment.pk if equipment else -1)),
        has_site=Exists(through_sites.filter(site_id=site.pk if site else -1)),
    )
    ranked = []
    for contract in contracts:
        if contract.categories and category not in contract.categories and not contract.has_unit:
            continue
        if contract.has_unit:
            rank = 0
        elif contract.has_site:
            rank = 1
        elif not contract.names_equipment and not contract.names_sites:
            rank = 2
        else:
            continue
        ranked.append((rank, not contract.categories, -contract.starts_on.toordinal(), contract.pk, contract))
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])]


def _in_warranty(equipment: Equipment | None, on: date) -> bool | None:
    if equipment is None or equipment.warranty_starts_on is None or equipment.warranty_ends_on is None:
        return None
    return equipment.warranty_starts_on <= on < equipment.warranty_ends_on


def _covered_reason(contract: Contract) -> str:
    if contract.ends_on is None:
        return _("Contract %(number)s, open end.") % {"number": contract.number}
    return _("Contract %(number)s, until %(day)s.") % {"number": contract.number, "day": date_format(contract.ends_on)}
