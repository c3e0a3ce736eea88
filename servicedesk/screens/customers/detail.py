"""One customer: sites, people, units, contracts, open tickets, and what a fault on a unit would be worth today."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode

from accounts import reports
from accounts.policies import may
from accounts.views.access import actor, page_for
from customers import coverage
from customers.forms import MemberForm
from customers.kinds import Category
from customers.models import Equipment, Organisation
from customers.policies import TABLE
from customers.views.records import organisation_of
from servicedesk.templatetags.service_levels import day_words
from sla import library
from tickets.models import Ticket
from tickets.promises import UnknownPromise

ROWS = 50
SOON = timedelta(days=60)
MOST = 8


@dataclass(frozen=True)
class Answer:
    """`unit` None: there is no such unit here."""

    serial: str
    unit: Equipment | None = None
    reason: str = ""
    status: str = ""
    contract: str = ""
    scheme: str = ""


@page_for("customer.see_records", TABLE)
def customer(request: HttpRequest, code: str) -> HttpResponse:
    return page(request, organisation_of(code))


def page(request: HttpRequest, owner: Organisation, member: MemberForm | None = None) -> HttpResponse:
    """`member`: who could not be added, as it was given."""
    by = actor(request)
    today = timezone.localdate()
    text = request.GET.get("q", "")[:100]
    context: dict[str, Any] = {
        "organisation": owner,
        "sites": owner.sites.annotate(units=Count("equipment", filter=Q(equipment__is_retired=False))),
        "memberships": owner.memberships.select_related("user", "site").order_by("user__name", "pk")[:200],
        "page": Paginator(_units(owner, text), ROWS).get_page(request.GET.get("page")),
        "q": text,
        "query": urlencode({"q": text}) if text else "",
        "contracts": owner.contracts.annotate(
            units=Count("equipment", distinct=True), places=Count("sites", distinct=True)
        ).order_by("-starts_on", "pk"),
        "categories": Category.choices,
        "answer": _covered(owner, request.GET.get("serial", "").strip()[:80], request.GET.get("category", "")),
        "open_count": Ticket.objects.open().filter(organisation=owner).count(),
        "history": reports.history(owner, 10),
        "today": today,
        "soon": today + SOON,
        "may_manage": may(by, "customer.manage_organisations", TABLE),
        "member": member or MemberForm(organisation=owner),
        "now": timezone.now(),
    }
    return render(request, "screens/customers/customer.html", context, status=400 if member else 200)


def _units(owner: Organisation, text: str) -> QuerySet[Equipment]:
    rows = Equipment.objects.filter(site__organisation=owner).select_related("product", "site")
    return rows.matching(text).order_by("is_retired", "serial_number")


def _covered(owner: Organisation, serial: str, category: str) -> Answer | None:
    """What a ticket about that unit would be, were it reported now; the same rule that tickets use."""
    if not serial:
        return None
    units = Equipment.objects.select_related("site", "product").filter(site__organisation=owner)
    found_units = list(units.with_serial(serial)[:MOST])
    unit = next((one for one in found_units if one.serial_number == serial), next(iter(found_units), None))
    if unit is None:
        return Answer(serial)
    known = category if category in Category.values else ""
    found = coverage.decide(
        organisation=owner,
        site=unit.site,
        equipment=unit,
        category=known,
        on=timezone.localdate(timezone=ZoneInfo(unit.site.zone)),
    )
    reason = coverage.reason_words(found.reason, day_words)
    if found.contract is None:
        return Answer(serial, unit, reason, found.status)
    return Answer(serial, unit, reason, found.status, found.contract.number, _scheme_name(found.contract))


def _scheme_name(contract: Any) -> str:
    try:
        version = contract.scheme_version or library.version_in_force(contract.scheme_code)
        return f"{library.scheme(contract.scheme_code, version).name}, v{version}"
    except (UnknownPromise, library.BrokenScheme):
        return str(contract.scheme_code)
