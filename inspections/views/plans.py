"""Plans of inspections: what each contract owes in its year and how far it is, and the forms of the plans."""

from typing import Any

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
from inspections import reports, services
from inspections.forms.plans import ContractForm, PlanForm
from inspections.models import Plan
from inspections.policies import TABLE

MANAGE = "inspection.manage_plans"
MOST_YEARS = 20
PLACES = ("contract__organisation", "site", "unit__product", "checklist", "assignee")


@require_safe
@page_for("inspection.see_plans", TABLE)
def plans(request: HttpRequest) -> HttpResponse:
    """By contract; a customer sees those of his sites. `back`: so many of the contracts' years ago."""
    back = min(whole_number(request.GET.get("back", "")) or 0, MOST_YEARS)
    context = {
        "years": years_for(request, back),
        "back": back,
        "earlier": back + 1 if back < MOST_YEARS else None,
        "may_edit": may(actor(request), MANAGE, TABLE),
        "stages": reports.Stage,
    }
    assert isinstance(request.user, User)
    template = "inspections/plans.html" if request.user.is_staff_member else "inspections/plans_public.html"
    return render(request, template, context)


def years_for(request: HttpRequest, back: int) -> list[reports.Year]:
    assert isinstance(request.user, User)
    rows = Plan.objects.visible_to(request.user).select_related(*PLACES)
    today = timezone.localdate()
    rows = rows.order_by("contract__organisation__name", "contract__number", "site__name", "pk")
    found = reports.with_others(reports.years(rows, today=today, back=back), request.user, today=today, back=back)
    return [year for year in found if year.lines or year.more or not back]


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
        more={"row": row},
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


def saved(request: HttpRequest, row: Plan, values: dict[str, Any], seen: dict[str, Any] | None) -> Any:
    """What it owes soon stands in the list at once."""
    with transaction.atomic():
        found = services.save_plan(plan=row, values=values, by=actor(request), today=timezone.localdate(), seen=seen)
        services.generate(now=timezone.now(), only=found.row)
    return found


@require_POST
@page_for(MANAGE, TABLE)
def use(request: HttpRequest, pk: int) -> HttpResponse:
    services.set_active(plan=one(pk), is_active=request.POST.get("act") == "use", by=actor(request))
    return redirect("plans")


def one(pk: int) -> Plan:
    found = Plan.objects.select_related(*PLACES).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such plan."))
    return found
