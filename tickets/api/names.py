"""From names in a body or a parameter to rows: only what this person may see; the rest is unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.models import Team, User
from common.errors import Invalid
from customers.models import Equipment, Membership, Organisation, Site
from tickets.models import Ticket

ALIKE = 20  # units whose numbers differ in their hyphens only


@dataclass
class Places:
    organisation: Organisation | None = None
    site: Site | None = None
    equipment: Equipment | None = None


def places(person: User, organisation: str | None, site: str | None, equipment: str | None) -> Places:
    """As few statements as the names allow: a unit brings its site, a site its organisation.

    A customer who names nothing gets his own organisation, and his site where he has only one.
    """
    found = Places()
    if equipment:
        found.equipment = unit_of(person, equipment)
        found.site, found.organisation = found.equipment.site, found.equipment.site.organisation
    if site and (found.site is None or found.site.code != site):
        found.site = site_of(person, site)
        found.organisation = found.organisation or found.site.organisation
    if organisation and (found.organisation is None or found.organisation.code != organisation):
        found.organisation = organisation_of(person, organisation)
    if not person.is_staff_member:
        _fill_in_own(person, found)
    return found


def _fill_in_own(person: User, found: Places) -> None:
    own = Membership.objects.select_related("organisation", "site")
    prefetch_related_objects([person], Prefetch("memberships", own))
    memberships = list(person.memberships.all())
    if found.organisation is None:
        owners = {membership.organisation_id: membership.organisation for membership in memberships}
        if len(owners) != 1:
            raise Invalid.field("organisation", _("Say for which organisation."))
        found.organisation = next(iter(owners.values()))
    ours = [membership for membership in memberships if membership.organisation_id == found.organisation.pk]
    if found.site is None and len(ours) == 1:
        found.site = ours[0].site


def moved(person: User, ticket: Ticket, given: Mapping[str, Any]) -> Places:
    """Where a ticket is once some of its places are named anew, for staff.

    What is not named stays as long as it fits: another organisation leaves the site behind, another site the unit.
    """
    found = places(person, given.get("organisation"), given.get("site"), given.get("equipment"))
    if found.organisation is None and "organisation" not in given:
        found.organisation = ticket.organisation
    if found.organisation == ticket.organisation:
        if found.site is None and "site" not in given:
            found.site = ticket.site
        if found.site == ticket.site and "equipment" not in given:
            found.equipment = ticket.equipment
    return found


def unit_of(person: User, serial_number: str, field: str = "equipment") -> Equipment:
    """Typed as it stands or without its hyphens; where several numbers read the same, as it stands."""
    visible = Equipment.objects.visible_to(person).select_related("site__organisation", "product")
    units = list(visible.with_serial(serial_number)[:ALIKE])
    exact = [unit for unit in units if unit.serial_number == serial_number] or units
    if len(exact) != 1:
        raise Invalid.field(field, _("There is no unit with this serial number."))
    return exact[0]


def units_of(person: User, serial_number: str) -> list[Equipment]:
    """For a filter: every unit whose number reads like this one."""
    units = list(Equipment.objects.visible_to(person).with_serial(serial_number)[:ALIKE])
    if not units:
        raise Invalid.field("equipment", _("There is no unit with this serial number."))
    return units


def site_of(person: User, code: str, field: str = "site") -> Site:
    site = Site.objects.visible_to(person).select_related("organisation").filter(code=code).first()
    if site is None:
        raise Invalid.field(field, _("There is no such site."))
    return site


def organisation_of(person: User, code: str, field: str = "organisation") -> Organisation:
    organisation = Organisation.objects.visible_to(person).filter(code=code).first()
    if organisation is None:
        raise Invalid.field(field, _("There is no such organisation."))
    return organisation


def team_of(code: str, field: str = "team") -> Team:
    team = Team.objects.filter(code=code).first()
    if team is None:
        raise Invalid.field(field, _("There is no such team."))
    return team


def staff_of(email: str, field: str = "assignee") -> User:
    user = User.objects.staff().filter(email__iexact=email).first()
    if user is None:
        raise Invalid.field(field, _("There is nobody with this address on the staff."))
    return user


def resolve_owner(changes: dict[str, Any]) -> None:
    """`assignee` and `team` by name, both refused at once."""
    errors: dict[str, list[str]] = {}
    for name, find in (("assignee", staff_of), ("team", team_of)):
        if changes.get(name) is not None:
            try:
                changes[name] = find(changes[name])
            except Invalid as error:
                errors.update(error.errors)
    if errors:
        raise Invalid(errors)
