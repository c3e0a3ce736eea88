"""Is this work covered, and why? One answer for a ticket, from contracts and warranty. Reads only; one statement.

The reason is kept in English, whoever writes; `reason_words` says it in the reader's language.

The most particular contract wins: one that names the unit, then the site, then the whole organisation; of equals, one
limited to the ticket's category, then the latest.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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
