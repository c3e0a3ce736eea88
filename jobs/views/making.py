"""New work of the desk, and certificates to print."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.views.access import actor, page_for
from common.errors import Invalid, NotVisible
from jobs import services
from jobs.facts import one, step_of
from jobs.forms.new import NewForm
from jobs.kinds import JobKind
from jobs.policies import TABLE
from jobs.views import person


@page_for("job.plan", TABLE)
def new(request: HttpRequest) -> HttpResponse:
    form = NewForm(request.POST or None, initial={"kind": request.GET.get("kind") or JobKind.DELIVERY})
    if request.method != "POST":
        return render(request, "jobs/new.html", {"form": form})
    if form.is_valid():
        try:
            job = services.make(wanted=form.wanted(), by=actor(request), now=timezone.now())
            return redirect("job", job.ticket.number)
        except Invalid as invalid:
            for name, sentences in invalid.errors.items():
                form.add_error(name if name in form.fields else None, sentences[0])
    return render(request, "jobs/new.html", {"form": form}, status=400)


@require_safe
@page_for("job.see", TABLE)
def certificates(request: HttpRequest, number: int) -> HttpResponse:
    """One sheet for each person who gets one; once they are issued."""
    row = one(person(request), number)
    if row.kind != JobKind.TRAINING:
        raise NotVisible(_("There are no certificates."))
    issued = step_of(row, "certificate")
    if issued.done_at is None:
        raise NotVisible(_("There are no certificates."))
    people = [line for line in step_of(row, "people").values["people"] if line["certified"] == "yes"]
    issued_on = date.fromisoformat(issued.values["issued_on"])
    context = {"job": row, "people": people, "plan": step_of(row, "plan").values, "issued": issued}
    context |= {"issued_on": issued_on}
    return render(request, "jobs/certificates.html", context)
