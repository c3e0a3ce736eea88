"""New work of the desk, the signature under an acceptance, and certificates to print."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policies import require
from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid, NotVisible, Stale
from jobs import services
from jobs.facts import one, step_of
from jobs.forms.new import NewForm, SignForm
from jobs.kinds import JobKind
from jobs.models import Job
from jobs.policies import TABLE
from jobs.views import person
from jobs.views.jobs import step_views


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


@page_for("job.see", TABLE)
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """What is signed stands above the name; the signature is bound to exactly that."""
    row = one(person(request), number)
    if row.kind != JobKind.DELIVERY:
        raise NotVisible(_("There is nothing to sign."))
    require(actor(request), "job.sign", TABLE)
    form = SignForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _signed(request, form, row):
            messages.success(request, _("Signed. Thank you."))
            return redirect("job", number)
        status = 400
    return _to_sign(request, row, form, status)


def _signed(request: HttpRequest, form: SignForm, row: Job) -> bool:
    given = form.cleaned_data
    try:
        services.sign(job=row, name=given["name"], seen=given["seen"], by=actor(request), now=timezone.now())
    except Invalid as invalid:
        form.add_error("name", "; ".join(sentence for found in invalid.errors.values() for sentence in found))
        return False
    except (Illegal, Stale) as refused:
        form.add_error(None, refused.detail)
        return False
    return True


def _to_sign(request: HttpRequest, row: Job, form: SignForm, status: int) -> HttpResponse:
    user = person(request)
    if hasattr(row, "acceptance"):
        return redirect("job", row.ticket.number)
    found = services.to_sign(row)
    views = [view for view in step_views(row, actor(request), is_staff=False) if view.step.code != "signature"]
    context = {
        "job": row,
        "form": form,
        "steps": views,
        "units": found.units,
        "digest": found.digest,
        "is_ready": all(view.step.done_at for view in views),
    }
    template = "jobs/sign.html" if user.is_staff_member else "jobs/sign_public.html"
    return render(request, template, context, status=status)


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
