"""The form of a contract: what it promises comes from the schemes in force, which live above `customers`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import Invalid
from customers import services
from customers.forms import AgreementForm
from customers.models import Contract, Organisation
from customers.policies import TABLE
from customers.views.records import address, back_to, one, organisation_of
from sla import library
from tickets.promises import UnknownPromise


@page_for("customer.manage_contracts", TABLE)
def new(request: HttpRequest, code: str) -> HttpResponse:
    return _contract(request, organisation_of(code), None)


@page_for("customer.manage_contracts", TABLE)
def contract(request: HttpRequest, pk: int) -> HttpResponse:
    row = one(Contract.objects.select_related("organisation"), pk)
    return _contract(request, row.organisation, row)


def _contract(request: HttpRequest, owner: Organisation, row: Contract | None) -> HttpResponse:
    title, button = (row.number, _("Save contract")) if row else (_("New contract"), _("Add contract"))
    schemes = [(version.code, f"{version.name} ({version.code}, v{version.version})") for version in library.in_force()]
    instance = row or Contract(organisation=owner)
    form = AgreementForm(request.POST or None, instance=instance, organisation=owner, schemes=schemes)

    def save(values: dict[str, Any], seen: dict[str, Any] | None) -> services.Saved:
        if "scheme_code" in values or "scheme_version" in values:
            _check_version(form.cleaned_data["scheme_code"], form.cleaned_data.get("scheme_version"))
        agreement = Contract(pk=row.pk if row else None, organisation=owner)
        return services.save_contract(contract=agreement, values=values, by=actor(request), seen=seen)

    more = {"kind": "contract", "row": row, "organisation": owner}
    page = Page(
        title, button, back_to(owner, "contracts"), lead=owner.name, template="customers/record.html", more=more
    )
    return answer(request, form=form, save=save, page=page, done=lambda saved: address(owner, "contracts"))


def _check_version(code: str, version: int | None) -> None:
    if version is None:
        return
    try:
        library.scheme(code, version)
    except UnknownPromise:
        raise Invalid.field("scheme_version", _("This scheme has no such version.")) from None
    except library.BrokenScheme:
        raise Invalid.field("scheme_version", _("This version cannot be read. Choose another one.")) from None
