"""The page that moves work to other days. The service decides; what it refuses stands beside its field."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policies import require
from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid
from jobs import services
from jobs.facts import one
from jobs.forms.moving import MoveForm
from jobs.models import Job
from jobs.policies import TABLE
from jobs.views import person


@page_for("job.see", TABLE)
def move(request: HttpRequest, number: int) -> HttpResponse:
    row = one(person(request), number)
    require(actor(request), "job.plan", TABLE)
    if not row.ticket.is_open:
        return redirect("job", number)
    form = MoveForm(request.POST or None, initial={"begins_on": row.begins_on, "last_on": row.last_on})
    if request.method != "POST":
        return render(request, "jobs/move.html", {"job": row, "form": form})
    if form.is_valid() and _moved(request, form, row):
        messages.success(request, _("Moved. The steps still to be done are due by the new days."))
        for engineer in services.not_on_duty(one(person(request), number)):
            words = {"name": engineer.name}
            messages.warning(
                request, _("%(name)s is not on the duty list for the new days. Choose who stands by.") % words
            )
        return redirect("job", number)
    return render(request, "jobs/move.html", {"job": row, "form": form}, status=400)


def _moved(request: HttpRequest, form: MoveForm, row: Job) -> bool:
    try:
        services.move(job=row, **form.cleaned_data, by=actor(request), now=timezone.now())
    except Invalid as invalid:
        for name, sentences in invalid.errors.items():
            form.add_error(name if name in form.fields else None, sentences[0])
        return False
    except Illegal as illegal:
        form.add_error(None, illegal.detail)
        return False
    return True
