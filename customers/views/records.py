"""Forms of organisations, sites and units; ending and deleting. Administrators only."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import Illegal, NotVisible
from customers import services
from customers.forms import EquipmentForm, OrganisationForm, SiteForm
from customers.models import Contract, Equipment, Organisation, Product, Site
from customers.policies import TABLE

ORGANISATIONS, EQUIPMENT = "customer.manage_organisations", "customer.manage_equipment"
KINDS: dict[str, Any] = {
    "organisation": Organisation,
    "site": Site,
    "unit": Equipment,
    "contract": Contract,
    "product": Product,
}


def organisation_of(code: str) -> Organisation:
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise NotVisible(_("There is no such customer."))
    return found


def one(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is nothing of that name."))
    return found


def address(organisation: Organisation, part: str = "") -> str:
    return reverse("customer", args=[organisation.code]) + (f"#{part}" if part else "")


def back_to(organisation: Organisation, part: str = "") -> tuple[str, str]:
    return address(organisation, part), organisation.name


def _more(kind: str, row: Any, organisation: Organisation | None) -> dict[str, Any]:
    return {"kind": kind, "row": row, "organisation": organisation}


@page_for(ORGANISATIONS, TABLE)
def new_organisation(request: HttpRequest) -> HttpResponse:
    page = Page(_("New customer"), _("Add customer"), (reverse("customers"), _("Customers")))
    return answer(
        request,
        form=OrganisationForm(request.POST or None),
        save=lambda values, _seen: services.save_organisation(
            organisation=Organisation(), values=values, by=actor(request)
        ),
        page=page,
        done=lambda saved: address(saved.row),
    )


@page_for(ORGANISATIONS, TABLE)
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    row = organisation_of(code)
    page = Page(
        row.name,
        _("Save customer"),
        back_to(row),
        template="customers/record.html",
        more=_more("organisation", row, row),
    )
    return answer(
        request,
        form=OrganisationForm(request.POST or None, instance=organisation_of(code)),
        save=lambda values, seen: services.save_organisation(
            organisation=Organisation(pk=row.pk), values=values, by=actor(request), seen=seen
        ),
        page=page,
        done=lambda saved: address(saved.row),
    )


@page_for(ORGANISATIONS, TABLE)
def new_site(request: HttpRequest, code: str) -> HttpResponse:
    return _site(request, organisation_of(code), None)


@page_for(ORGANISATIONS, TABLE)
def site(request: HttpRequest, pk: int) -> HttpResponse:
    row = one(Site.objects.select_related("organisation"), pk)
    return _site(request, row.organisation, row)


def _site(request: HttpRequest, owner: Organisation, row: Site | None) -> HttpResponse:
    title, button = (row.name, _("Save site")) if row else (_("New site"), _("Add site"))
    form = SiteForm(request.POST or None, instance=row or Site(organisation=owner))

    def save(values: dict[str, Any], seen: dict[str, Any] | None) -> services.Saved:
        place = Site(pk=row.pk if row else None, organisation=owner)
        return services.save_site(site=place, values=values, by=actor(request), seen=seen)

    more = _more("site", row, owner)
    page = Page(title, button, back_to(owner, "sites"), lead=owner.name, template="customers/record.html", more=more)
    return answer(request, form=form, save=save, page=page, done=lambda saved: address(owner, "sites"))


@page_for(EQUIPMENT, TABLE)
def new_unit(request: HttpRequest, code: str) -> HttpResponse:
    return _unit(request, organisation_of(code), None)


@page_for(EQUIPMENT, TABLE)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    row = one(Equipment.objects.select_related("site__organisation", "product"), pk)
    return _unit(request, row.site.organisation, row)


def _unit(request: HttpRequest, owner: Organisation, row: Equipment | None) -> HttpResponse:
    title, button = (row.serial_number, _("Save unit")) if row else (_("New unit"), _("Add unit"))
    lead = str(row.product) if row else owner.name
    form = EquipmentForm(request.POST or None, instance=row, organisation=owner)

    def save(values: dict[str, Any], seen: dict[str, Any] | None) -> services.Saved:
        if not values.get("product"):
            values["product"] = services.make_product(name=form.cleaned_data["new_product"], by=actor(request))
        machine = Equipment(pk=row.pk if row else None)
        return services.save_equipment(unit=machine, values=values, by=actor(request), seen=seen)

    more = _more("unit", row, owner)
    page = Page(title, button, back_to(owner, "equipment"), lead=lead, template="customers/record.html", more=more)
    return answer(request, form=form, save=save, page=page, done=lambda saved: address(owner, "equipment"))


@require_POST
@page_for(ORGANISATIONS, TABLE)
def serve(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Ends an organisation or a site, or opens it again."""
    if kind not in ("organisation", "site"):
        raise NotVisible(_("There is nothing of that name."))
    row = one(KINDS[kind].objects.all(), pk)
    act: Callable[..., None] = services.reopen if request.POST.get("act") == "reopen" else services.end
    act(place=row, by=actor(request))
    return redirect(address(row if kind == "organisation" else row.organisation))


@require_POST
@page_for(ORGANISATIONS, TABLE)
def delete(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in KINDS:
        raise NotVisible(_("There is nothing of that name."))
    row = one(KINDS[kind].objects.all(), pk)
    stay, leave = _around(kind, row)
    try:
        services.delete(row=row, by=actor(request))
    except Illegal as illegal:
        messages.error(request, illegal.detail)
        return redirect(stay)
    messages.success(request, _("Deleted."))
    return redirect(leave)


def _around(kind: str, row: Any) -> tuple[str, str]:
    """Where to go on when it stays, and when it is gone."""
    if kind == "product":
        return reverse("product", args=[row.pk]), reverse("products")
    if kind == "organisation":
        return address(row), reverse("customers")
    owner = row.site.organisation if kind == "unit" else row.organisation
    return address(owner), address(owner)
