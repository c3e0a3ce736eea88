"""Organisations, sites, units, contracts and memberships: saved with their history, ended, and deleted while unused."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.contrib.admin.models import CHANGE
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import require
from accounts.services import records
from accounts.services.records import Saved
from common.errors import Illegal, Invalid, NotVisible
from customers.models import Contract, Equipment, Membership, Organisation, Product, Site
from customers.policies import TABLE
from customers.signals import access_notes_changed

Values = Mapping[str, Any]
P = TypeVar("P", Organisation, Site)
LONGEST_WARRANTY = 600  # months
LONGEST_TRAVEL = 60 * 24 * 7  # minutes
LONGEST_NOTES = 1000
ACTIONS: dict[type[models.Model], str] = {
    Organisation: "customer.manage_organisations",
    Site: "customer.manage_organisations",
    Equipment: "customer.manage_equipment",
    Product: "customer.manage_equipment",
    Contract: "customer.manage_contracts",
    Membership: "customer.manage_memberships",
}


def save_organisation(*, organisation: Organisation, values: Values, by: Actor, seen: Values | None = None) -> Saved:
    require(by, "customer.manage_organisations", TABLE)
    return records.save(row=organisation, values=values, by=by, seen=seen)


@transaction.atomic
def save_site(*, site: Site, values: Values, by: Actor, seen: Values | None = None) -> Saved:
    require(by, "customer.manage_organisations", TABLE)
    if (values.get("travel_minutes") or 0) > LONGEST_TRAVEL:
        raise Invalid.field("travel_minutes", _("Enter at most one week, 10080 minutes."))
    return _told(records.save(row=site, values=_with_plain_notes(values), by=by, seen=seen))


@transaction.atomic
def write_access_notes(*, site: Site, notes: str, by: Actor, seen: str | None = None) -> Saved:
    """How people get in: also by the customer himself, at his own sites. Raises NotVisible, Stale, Invalid."""
    require(by, "customer.write_access_notes", TABLE)
    if by.user is not None and not Site.objects.visible_to(by.user).filter(pk=site.pk).exists():
        raise NotVisible(_("There is no such site."))
    read = None if seen is None else _with_plain_notes({"access_notes": seen})
    return _told(records.save(row=site, values=_with_plain_notes({"access_notes": notes}), by=by, seen=read))


def _told(saved: Saved) -> Saved:
    if "access_notes" in saved.mine:
        access_notes_changed.send(sender=Site, site=saved.row)
    return saved


def _with_plain_notes(values: Values) -> Values:
    """Browsers end lines in their own way; the same text must look the same."""
    if "access_notes" not in values:
        return values
    return {**values, "access_notes": plain_notes(str(values["access_notes"]))}


def plain_notes(text: str) -> str:
    """As they are kept. Raises Invalid beside `access_notes`."""
    notes = text.replace("\r\n", "\n").strip()
    if len(notes) > LONGEST_NOTES:
        raise Invalid.field("access_notes", _("Shorten the text to %(most)d characters.") % {"most": LONGEST_NOTES})
    return notes


def save_equipment(*, unit: Equipment, values: Values, by: Actor, seen: Values | None = None) -> Saved:
    """Moved to another site it keeps its tickets: they name the place where they happened."""
    require(by, "customer.manage_equipment", TABLE)
    if (values.get("warranty_months") or 0) > LONGEST_WARRANTY:
        raise Invalid.field("warranty_months", _("Enter at most 600 months."))
    return records.save(row=unit, values=values, by=by, seen=seen)


@transaction.atomic
def accept_equipment(
    *, units: Sequence[Equipment], delivered_on: date | None, accepted_on: date, months: int | None, by: Actor
) -> list[Equipment]:
    """The customer has signed for them: once. The warranty counts from then on where the unit's papers say so.

    `months`: of a warranty nobody has written down yet. Raises Illegal when one was accepted before, NotVisible.
    """
    require(by, "customer.accept_equipment", TABLE)
    rows = Equipment.objects.select_for_update(of=("self",))
    if by.user is not None:
        rows = rows.visible_to(by.user)
    found = list(rows.filter(pk__in=[unit.pk for unit in units]).order_by("pk"))
    if len(found) != len(units):
        raise NotVisible(_("There is no such unit."))
    accepted = [unit.serial_number for unit in found if unit.accepted_on is not None]
    if accepted:
        raise Illegal(_("Accepted before: %(units)s.") % {"units": ", ".join(accepted)})
    for unit in found:
        arrived = unit.delivered_on or min(delivered_on or accepted_on, accepted_on)
        values: dict[str, Any] = {"accepted_on": accepted_on, "delivered_on": arrived}
        values |= {"warranty_months": months} if unit.warranty_months is None and months else {}
        records.save(row=unit, values=values, by=by)
    return found


def save_contract(*, contract: Contract, values: Values, by: Actor, seen: Values | None = None) -> Saved:
    """Tickets keep the contract they came in under; what is changed here counts for the next ones."""
    require(by, "customer.manage_contracts", TABLE)
    starts, ends = values.get("starts_on"), values.get("ends_on")
    if starts is not None and ends is not None and ends <= starts:
        raise Invalid.field("ends_on", _("Enter a day after the first one."))
    _check_scope(contract, values)
    return records.save(row=contract, values=values, by=by, seen=seen)


def _check_scope(contract: Contract, values: Values) -> None:
    owner = values.get("organisation") or contract.organisation
    if any(site.organisation_id != owner.pk for site in values.get("sites", ())):
        raise Invalid.field("sites", _("A contract covers sites of its own organisation."))
    if any(unit.site.organisation_id != owner.pk for unit in values.get("equipment", ())):
        raise Invalid.field("equipment", _("A contract covers units of its own organisation."))


def save_product(*, product: Product, values: Values, by: Actor, seen: Values | None = None) -> Saved:
    require(by, "customer.manage_equipment", TABLE)
    return records.save(row=product, values=values, by=by, seen=seen)


def make_product(*, name: str, by: Actor) -> Product:
    """The product of that name, made if there is none."""
    require(by, "customer.manage_equipment", TABLE)
    found = Product.objects.filter(name__iexact=name.strip()).first()
    if found is not None:
        return found
    code = base = slugify(name)[:44] or "product"
    number = 1
    while Product.objects.filter(code=code).exists():
        number += 1
        code = f"{base}-{number}"
    product: Product = records.save(row=Product(), values={"name": name.strip(), "code": code}, by=by).row
    return product


def add_membership(*, user: User, organisation: Organisation, site: Site | None, by: Actor) -> Membership:
    """Lets a customer see a site's tickets, or all. Twice is once. Raises Invalid for staff and foreign sites."""
    require(by, "customer.manage_memberships", TABLE)
    if user.is_staff_member:
        raise Invalid.field("user", _("Staff see every ticket; only customers belong to an organisation."))
    if site is not None and site.organisation_id != organisation.pk:
        raise Invalid.field("site", _("This site belongs to another organisation."))
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(user=user, organisation=organisation, site=site)
        if is_new:
            pair = ["", str(site or organisation)]
            records.note(row=user, by=by, flag=CHANGE, values={"memberships": pair})
            records.note(row=organisation, by=by, flag=CHANGE, values={"memberships": ["", str(membership)]})
    return membership


def remove_membership(*, membership: Membership, by: Actor) -> None:
    require(by, "customer.manage_memberships", TABLE)
    with transaction.atomic():
        place = str(membership.site or membership.organisation)
        records.note(row=membership.user, by=by, flag=CHANGE, values={"memberships": [place, ""]})
        records.note(row=membership.organisation, by=by, flag=CHANGE, values={"memberships": [str(membership), ""]})
        membership.delete()


def end(*, place: Organisation | Site, by: Actor) -> None:
    """Not served any more: what there was stays, nothing new is offered for it."""
    _serve(place, False, by, "ended")


def reopen(*, place: Organisation | Site, by: Actor) -> None:
    _serve(place, True, by, "reopened")


def _serve(place: Organisation | Site, is_active: bool, by: Actor, what: str) -> None:
    require(by, "customer.manage_organisations", TABLE)
    with transaction.atomic():
        row = records.lock(place)
        if row.is_active != is_active:
            row.is_active = is_active
            row.save(update_fields=["is_active"])
            records.note(row=row, by=by, flag=CHANGE, what=what)


def delete(*, row: models.Model, by: Actor) -> None:
    """Only what nothing names; a ticket that names it keeps it for ever. Raises Illegal."""
    require(by, ACTIONS[type(row)], TABLE)
    try:
        with transaction.atomic():
            records.delete(row=row, by=by)
    except ProtectedError as error:
        raise Illegal(
            _("Tickets or other records name it, so it stays. End it instead: then nothing new is offered for it.")
        ) from error
