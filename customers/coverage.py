"""Is this work covered, and why? One answer for a ticket, from contracts and warranty. Reads only; one statement.

The reason is kept in English, whoever writes; `reason_words` says it in the reader's language.

The most particular contract wins: one that names the unit, then the site, then the whole organisation; of equals, one
limited to the ticket's category, then the latest.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext, gettext_noop

from customers.models import Contract, Equipment, Organisation, Site


class Status(StrEnum):
    COVERED = "covered"
    IN_WARRANTY = "in_warranty"
    CHARGEABLE = "chargeable"
    LAPSED = "lapsed"
    UNKNOWN = "unknown"


# %(day)s is always the last day that counts.
UNKNOWN_ORGANISATION = gettext_noop("The organisation is not known yet.")
OPEN_END = gettext_noop("Contract %(number)s, open end.")
UNTIL = gettext_noop("Contract %(number)s, until %(day)s.")
IN_WARRANTY = gettext_noop("No contract, but in warranty until %(day)s.")
LAPSED = gettext_noop("Contract %(number)s ended on %(day)s.")
NO_UNIT = gettext_noop("No contract covers this and no unit is named.")
NOTHING = gettext_noop("No contract covers this and there is no warranty.")
REASONS = (UNKNOWN_ORGANISATION, OPEN_END, UNTIL, IN_WARRANTY, LAPSED, NO_UNIT, NOTHING)
_PARTS = {"%(number)s": "(?P<number>.+)", "%(day)s": r"(?P<day>\d{4}-\d\d-\d\d)"}


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
        return Coverage(Status.UNKNOWN, UNKNOWN_ORGANISATION)
    candidates = _candidates(organisation, site, equipment, category)
    in_warranty = _in_warranty(equipment, on)
    for contract in candidates:
        if contract.starts_on <= on and (contract.ends_on is None or on < contract.ends_on):
            return Coverage(Status.COVERED, _covered_reason(contract), contract, in_warranty)
    if in_warranty and equipment is not None and equipment.warranty_ends_on is not None:
        reason = IN_WARRANTY % {"day": _last_day(equipment.warranty_ends_on)}
        return Coverage(Status.IN_WARRANTY, reason, None, True)
    ended = [contract for contract in candidates if contract.ends_on is not None and contract.ends_on <= on]
    if ended:
        latest = max(ended, key=lambda contract: contract.ends_on or on)
        facts = {"number": latest.number, "day": _last_day(latest.ends_on or on)}
        return Coverage(Status.LAPSED, LAPSED % facts, None, in_warranty)
    if in_warranty is None and equipment is None:
        return Coverage(Status.UNKNOWN, NO_UNIT)
    return Coverage(Status.CHARGEABLE, NOTHING, None, in_warranty)


def owed_by(contract: Contract, found: Coverage) -> Coverage:
    """Of work that this contract owes: inspections, whichever contract covers faults there."""
    return Coverage(Status.COVERED, _covered_reason(contract), contract, found.in_warranty)


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
    ranked = [
        (rank, contract)
        for contract in contracts
        if (
            rank := _rank(
                contract,
                contract.has_unit,
                contract.has_site,
                category,
                contract.names_equipment or contract.names_sites,
            )
        )
    ]
    return [contract for _rank_, contract in sorted(ranked, key=lambda entry: entry[0])]


def _rank(contract: Contract, has_unit: bool, has_site: bool, category: str, names_any: bool) -> tuple[int, ...]:
    """The smallest comes first; empty: it cannot cover this."""
    if contract.categories and category not in contract.categories and not has_unit:
        return ()
    if not has_unit and not has_site and names_any:
        return ()
    nearness = 0 if has_unit else 1 if has_site else 2
    return nearness, not contract.categories, -contract.starts_on.toordinal(), contract.pk


def contracts_of(units: Sequence[Equipment], on: date) -> dict[int, Contract]:
    """Of each unit the contract that `decide` names for work of no category, by the unit's key; three statements.
    Expects units with their site.
    """
    rows = Contract.objects.filter(organisation__in={unit.site.organisation_id for unit in units}).in_force(on)
    contracts = list(rows)
    named_units = _named(Contract.equipment.through, "equipment_id", contracts)
    named_sites = _named(Contract.sites.through, "site_id", contracts)
    found: dict[int, Contract] = {}
    for unit in units:
        ranked = []
        for contract in contracts:
            if contract.organisation_id == unit.site.organisation_id:
                of_units, of_sites = named_units.get(contract.pk, set()), named_sites.get(contract.pk, set())
                names_any = bool(of_units or of_sites)
                rank = _rank(contract, unit.pk in of_units, unit.site_id in of_sites, "", names_any)
                ranked += [(rank, contract)] if rank else []
        if ranked:
            found[unit.pk] = min(ranked, key=lambda entry: entry[0])[1]
    return found


def _named(through: Any, column: str, contracts: Sequence[Contract]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = through._default_manager.filter(contract__in=contracts)
    for contract, named in rows.values_list("contract_id", column):
        found.setdefault(contract, set()).add(named)
    return found


def _in_warranty(equipment: Equipment | None, on: date) -> bool | None:
    if equipment is None or equipment.warranty_starts_on is None or equipment.warranty_ends_on is None:
        return None
    return equipment.warranty_starts_on <= on < equipment.warranty_ends_on


def _covered_reason(contract: Contract) -> str:
    if contract.ends_on is None:
        return OPEN_END % {"number": contract.number}
    return UNTIL % {"number": contract.number, "day": _last_day(contract.ends_on)}


def _last_day(ends_on: date) -> date:
    """Intervals are half-open: the day that is kept is the first one that does not count."""
    return ends_on - timedelta(days=1)


def reason_words(reason: str, day_words: Callable[[date], str]) -> str:
    """A kept reason in the language that is active; `day_words` writes the day. One we do not know stays as it is."""
    for pattern in REASONS:
        found = re.fullmatch(_expression(pattern), reason)
        if found:
            facts = found.groupdict()
            if "day" in facts:
                facts["day"] = day_words(date.fromisoformat(facts["day"]))
            return gettext(pattern) % facts
    return reason


def _expression(pattern: str) -> str:
    expression = re.escape(pattern)
    for part, value in _PARTS.items():
        expression = expression.replace(re.escape(part), value)
    return expression
