"""What the reporter can choose from: the own sites and units, and the fault that is already open for a unit."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from accounts.models import User
from common.whole_numbers import whole_number
from customers.models import Equipment, Organisation, Site
from servicedesk.screens.report.drafts import NOT_LISTED, Draft
from sla import policy_text
from tickets.models import Ticket

SHORT_LIST = 6
LONG_LIST = 200


@dataclass(frozen=True)
class Where:
    """The place of a draft. All None: a guest, or somebody whose organisation we do not know yet."""

    organisation: Organisation | None = None
    site: Site | None = None
    unit: Equipment | None = None
    open_fault: Ticket | None = None


@dataclass(frozen=True)
class UnitChoice:
    value: str
    title: str
    place: str
    serial_number: str
    open_reference: str


@dataclass(frozen=True)
class UnitList:
    choices: list[UnitChoice]
    total: int
    sites: int


def units(user: User, query: str, *, is_whole: bool, chosen: str) -> UnitList:
    """The units with the most recent faults first; the chosen one always among them."""
    mine = Equipment.objects.visible_to(user).filter(
        is_retired=False, site__is_active=True, site__organisation__is_active=True
    )
    total, sites = mine.count(), mine.values("site").distinct().count()
    found = mine.select_related("product", "site").matching(query)
    of_unit = Ticket.objects.visible_to(user).filter(equipment=OuterRef("pk")).order_by("-received_at")
    latest = Subquery(of_unit.values("received_at")[:1])
    limit = LONG_LIST if is_whole or query else SHORT_LIST
    shown = list(found.order_by(latest.desc(nulls_last=True), "product__name", "pk")[:limit])
    key = whole_number(chosen)
    if key is not None and not any(unit.pk == key for unit in shown):
        shown = [*mine.select_related("product", "site").filter(pk=key), *shown]
    faults = _open_faults(user, shown)
    return UnitList([_choice(unit, faults.get(unit.pk)) for unit in shown], total, sites)


def _choice(unit: Equipment, fault: Ticket | None) -> UnitChoice:
    place = policy_text.clauses([part for part in (unit.site.name, unit.place) if part])
    return UnitChoice(str(unit.pk), unit.product.name, place, unit.serial_number, fault.reference if fault else "")


def _open_faults(user: User, shown: list[Equipment]) -> dict[int, Ticket]:
    """The latest open fault of each unit that this person may see."""
    found = Ticket.objects.visible_to(user).open().filter(kind="fault", equipment__in=shown).order_by("received_at")
    return {ticket.equipment_id: ticket for ticket in found if ticket.equipment_id}


def sites(user: User) -> list[Site]:
    return list(Site.objects.visible_to(user).select_related("organisation")[:LONG_LIST])


def where(user: User | None, draft: Draft) -> Where:
    """Looked up anew with each step, so that what was taken away meanwhile cannot be chosen any more."""
    if user is None:
        return Where()
    if draft.unit and draft.unit != NOT_LISTED:
        unit = Equipment.objects.visible_to(user).select_related("product", "site__organisation").filter(pk=draft.unit)
        found = unit.first()
        if found is not None:
            return Where(found.site.organisation, found.site, found, _open_faults(user, [found]).get(found.pk))
    mine = sites(user)
    chosen = next((site for site in mine if str(site.pk) == draft.site), mine[0] if len(mine) == 1 else None)
    if chosen is not None:
        return Where(chosen.organisation, chosen)
    own = list(Organisation.objects.visible_to(user)[:2]) if not user.is_staff_member else []
    return Where(own[0] if len(own) == 1 else None)
