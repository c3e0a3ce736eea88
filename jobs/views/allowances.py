"""How many events and trainings a contract promises a year, where it promises more than its scheme."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.views.access import actor, page_for
from common.errors import Invalid, NotVisible
from customers.models import Contract
from jobs import reports, services
from jobs.forms.periods import AllowanceForm
from jobs.policies import TABLE


@page_for("job.manage_allowances", TABLE)
def allowances(request: HttpRequest, pk: int) -> HttpResponse:
    contract = Contract.objects.select_related("organisation").prefetch_related("allowances").filter(pk=pk).first()
    if contract is None:
        raise NotVisible(_("There is no such contract."))
    promised = {str(kind): reports.promised(contract, kind) for kind in reports.KINDS}
    form = AllowanceForm(request.POST or None, initial=promised)
    if request.method == "POST" and form.is_valid() and _saved(request, form, contract, promised):
        messages.success(request, _("Saved."))
        return redirect("plans")
    status = 400 if form.is_bound else 200
    return render(request, "jobs/allowances.html", {"form": form, "contract": contract}, status=status)


@transaction.atomic
def _saved(request: HttpRequest, form: AllowanceForm, contract: Contract, before: dict[str, int]) -> bool:
    """What stays as the scheme has it gets no number of its own."""
    for kind in reports.KINDS:
        wanted = form.cleaned_data[kind]
        if wanted == before[kind]:
            continue
        try:
            services.save_allowance(contract=contract, kind=kind, per_year=wanted, by=actor(request))
        except Invalid as invalid:
            form.add_error(kind, invalid.errors["per_year"][0])
            transaction.set_rollback(True)
            return False
    return True
