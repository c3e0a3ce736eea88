"""Plans of inspections: what each contract owes in its year and how far it is, and the forms of the plans."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.policies import may
from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import NotVisible
from common.whole_numbers import whole_number
from customers.models import Contract
from inspections import prospects, reports, services
from inspections.forms.plans import ContractForm, PlanForm
from inspections.models import Plan
from inspections.planning.rhythm import add_months
from inspections.policies import TABLE
from inspections.promises import Owed

MANAGE = "inspection.manage_plans"
MOST_YEARS = 20
CONTRACTS, LINES, LINES_OF_ONE = 20, 12, 100  # on a page; of each contract beside others, of one alone


@require_safe
@page_for("inspection.see_plans", TABLE)
def plans(request: HttpRequest) -> HttpResponse:
    """By contract; a customer sees those of his sites. `back`: so many of the contracts' years ago."""
    person, today, back = _person(request), timezone.localdate(), _back(request)
    day = add_months(today, -12 * back)
    of_schemes = reports.promises_of_schemes()
    rows = reports.contracts_of(person, day, of_schemes)
    if back:
        rows = rows.filter(starts_on__lte=day)
    is_manager = person.is_staff_member and not back
    behind = reports.falling_behind(today, of_schemes) if is_manager else set()
    is_narrow = is_manager and request.GET.get("show") == "behind"
    if is_narrow:
        rows = rows.filter(pk__in=behind)
    page = Paginator(rows, CONTRACTS).get_page(request.GET.get("page"))
    found = reports.years_of(list(page), person, of_schemes, today=today, back=back)
    context = {
        "years": [(year, reports.foremost(year, LINES)) for year in found],
        "page": page,
        "query": urlencode({**({"back": back} if back else {}), **({"show": "behind"} if is_narrow else {})}),
        "behind": len(behind),
        "is_narrow": is_narrow,
    }
    return _page(request, "plans", back, context)


@require_safe
@page_for("inspection.see_plans", TABLE)
def contract_year(request: HttpRequest, pk: int) -> HttpResponse:
    """All of one contract's year."""
    person, today, back = _person(request), timezone.localdate(), _back(request)
    of_schemes = reports.promises_of_schemes()
    contract = reports.contracts_of(person, add_months(today, -12 * back), of_schemes).filter(pk=pk).first()
    if contract is None:
        raise NotVisible(_("There is no such contract."))
    [year] = reports.years_of([contract], person, of_schemes, today=today, back=back)
    page = Paginator(year.lines, LINES_OF_ONE).get_page(request.GET.get("page"))
    context = {"year": year, "lines": list(page), "page": page, "query": f"back={back}" if back else ""}
    return _page(request, "year_page", back, context)


def _page(request: HttpRequest, name: str, back: int, context: dict[str, Any]) -> HttpResponse:
    more = {
        "back": back,
        "earlier": back + 1 if back < MOST_YEARS else None,
        "may_edit": may(actor(request), MANAGE, TABLE),
    }
    name = name if _person(request).is_staff_member else f"{name}_public"
    return render(request, f"inspections/{name}.html", context | more)


def _back(request: HttpRequest) -> int:
    return min(whole_number(request.GET.get("back", "")) or 0, MOST_YEARS)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # page_for
    return request.user


@page_for(MANAGE, TABLE)
def new(request: HttpRequest) -> HttpResponse:
    """First of which contract; then the plan."""
    form = ContractForm(request.GET if "contract" in request.GET else None, today=timezone.localdate())
    if form.is_valid():
        return redirect("plan_new_of", form.cleaned_data["contract"].pk)
    status = 400 if form.is_bound else 200
    return render(request, "inspections/plan_contract.html", {"form": form}, status=status)


@page_for(MANAGE, TABLE)
def new_of(request: HttpRequest, pk: int) -> HttpResponse:
    contract = Contract.objects.select_related("organisation").filter(pk=pk).first()
    if contract is None:
        raise NotVisible(_("There is no such contract."))
    return _plan(request, Plan(contract=contract), _("New plan"), _("Make plan"))


@page_for(MANAGE, TABLE)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    return _plan(request, one(pk), _("Inspection plan"), _("Save plan"))


def _plan(request: HttpRequest, row: Plan, title: str, button: str) -> HttpResponse:
    contract = row.contract
    page = Page(
        title,
        button,
        (reverse("plans"), _("Plans")),
        lead=f"{contract.organisation.name}, {contract.number}",
        template="inspections/plan.html",
        more={"row": row, "short": _short(request, contract), "prospect": _prospect(row)},
    )
    initial = {} if row.pk else {"begins_on": timezone.localdate(), "every": Plan.Rhythms.HALF_YEAR}
    return answer(
        request,
        form=PlanForm(
            request.POST or None, instance=one(row.pk) if row.pk else row, contract=contract, initial=initial
        ),
        save=lambda values, seen: saved(request, one(row.pk) if row.pk else Plan(contract=contract), values, seen),
        page=page,
        done=lambda saved: reverse("plans"),
    )


def _prospect(row: Plan) -> prospects.Prospect | None:
    return prospects.of(row, timezone.localdate()) if row.pk else None


def _tell_what_it_owes(request: HttpRequest, row: Plan) -> None:
    found = prospects.of(row, timezone.localdate())
    say = messages.warning if found.is_worth_a_look else messages.info
    say(request, found.words)


def _short(request: HttpRequest, contract: Contract) -> list[Owed]:
    """Of what its scheme promises this year, that of which less is planned."""
    [year] = reports.years_of([contract], _person(request), reports.promises_of_schemes(), today=timezone.localdate())
    return [one for one in year.promised if one.left]


def _tell_what_is_missing(request: HttpRequest, contract: Contract) -> None:
    for one in _short(request, contract):
        words = {"label": one.label, "owed": one.owed, "planned": one.used, "missing": one.left}
        said = _("%(label)s: promised %(owed)s, planned %(planned)s — %(missing)s missing") % words
        messages.warning(request, f"{contract.number} · {said}")


def saved(request: HttpRequest, row: Plan, values: dict[str, Any], seen: dict[str, Any] | None) -> Any:
    """What it owes soon stands in the list at once."""
    with transaction.atomic():
        now = timezone.now()
        today = timezone.localdate(now)
        found = services.save_plan(plan=row, values=values, by=actor(request), today=today, now=now, seen=seen)
        services.generate(now=now, only=found.row)
    if found.mine:
        _tell_what_it_owes(request, one(found.row.pk))
    _tell_what_is_missing(request, found.row.contract)
    return found


@require_POST
@page_for(MANAGE, TABLE)
def use(request: HttpRequest, pk: int) -> HttpResponse:
    is_active = request.POST.get("act") == "use"
    services.set_active(plan=one(pk), is_active=is_active, by=actor(request), today=timezone.localdate())
    return redirect("plans")


def one(pk: int) -> Plan:
    found = Plan.objects.select_related(*reports.PLACES).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such plan."))
    return found
