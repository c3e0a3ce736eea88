"""The page of one step: filled in over time, done once. What the service refuses stands beside its field."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import require
from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid
from inspections.clashes import zone_of
from jobs import services
from jobs.facts import one, step_of
from jobs.forms.steps import StepForm, initial
from jobs.kinds import SIGNATURE, Is
from jobs.models import Job, Step
from jobs.policies import TABLE
from jobs.views import person


@page_for("job.see", TABLE)
def step(request: HttpRequest, number: int, part: str) -> HttpResponse:
    """Moments are typed and read in the time of the site, whoever writes them and wherever."""
    row = one(person(request), number)
    with timezone.override(zone_of(row.ticket)):
        return _step(request, row, step_of(row, part))


def _step(request: HttpRequest, row: Job, found: Step) -> HttpResponse:
    number = row.ticket.number
    require(actor(request), services.ACTIONS[found.kind.who], TABLE)
    if found.done_at is not None or not row.ticket.is_open:
        return redirect("job", number)
    if found.code == SIGNATURE:
        return redirect("job_sign", number)
    if request.method != "POST":
        return _show(request, row, found, _form(found, initial=_initial(row, found)))
    form = _form(found, request.POST, request.FILES)
    if form.is_valid() and _saved(request, form, row, found):
        return redirect("job", number)
    return _show(request, row, found, form, 400)


def _initial(row: Job, found: Step) -> dict[str, Any]:
    return {**initial(found.kind, begun(row, found)), "seen": found.values}


def _form(found: Step, *args: Any, **kwargs: Any) -> StepForm:
    return StepForm(*args, step=found.kind, options=options(found), **kwargs)


def _saved(request: HttpRequest, form: StepForm, row: Job, found: Step) -> bool:
    is_done = request.POST.get("act") == "done"
    write = services.finish if is_done else services.fill
    given = services.Given(form.values(), form.cleaned_data["seen"], request.FILES.getlist("papers"))
    try:
        write(job=row, code=found.code, given=given, by=actor(request), now=timezone.now())
    except services.Clash as clash:
        form.now_seen(clash.theirs)
        form.show_errors(clash.errors)
        return False
    except Invalid as invalid:
        form.show_errors(invalid.errors)
        return False
    except Illegal as illegal:
        form.add_error(None, illegal.detail)
        return False
    messages.success(request, _("The step is done.") if is_done else _("Saved. The step is not done yet."))
    return True


def _show(request: HttpRequest, row: Job, found: Step, form: StepForm, status: int = 200) -> HttpResponse:
    before = [other for other in row.steps.all() if other.position < found.position and other.done_at is None]
    for other in before:
        other.job = row
    asks_moments = any(field.kind == Is.MOMENT for part in found.kind.fields for field in (part, *part.columns))
    context = {"job": row, "step": found, "form": form, "before": before[0] if before else None}
    context |= {"zone": zone_of(row.ticket) if asks_moments else None}
    return render(request, "jobs/step.html", context, status=status)


def begun(row: Job, found: Step) -> dict[str, Any]:
    """What is kept; lines that begin with those of an earlier step take the columns both have."""
    values = dict(found.values)
    for field in found.kind.fields:
        if field.takes is not None and field.code not in values:
            code, name = field.takes
            lines: list[dict[str, Any]] = next(
                (other.values.get(name, []) for other in row.steps.all() if other.code == code), []
            )
            known = {column.code for column in field.columns}
            values[field.code] = [{key: line[key] for key in line if key in known} for line in lines]
    return values


def options(found: Step) -> dict[Is, list[tuple[str, str]]]:
    """What can be chosen of people and units."""
    kinds = {field.kind for field in found.kind.fields}
    choices: dict[Is, list[tuple[str, str]]] = {}
    if Is.SENIORS in kinds:
        choices[Is.SENIORS] = [(user.email, user.name) for user in services.seniors(found.job)]
    if Is.UNITS in kinds:
        units = services.installable(found.job).select_related("product")
        choices[Is.UNITS] = [(unit.serial_number, f"{unit.product.name}, {unit.serial_number}") for unit in units]
    return choices
