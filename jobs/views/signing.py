"""The page on which the customer signs for work: in his account or on the engineer's device, in his language."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.policies import require
from accounts.views.access import actor, page_for
from common import languages
from common.errors import Illegal, Invalid, NotVisible, Stale
from jobs import services
from jobs.facts import one
from jobs.forms.signing import AcceptForm, OursForm
from jobs.models import Job
from jobs.policies import TABLE
from jobs.views import person
from jobs.views.jobs import step_views


@page_for("job.see", TABLE)
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """What is signed stands above the signature, which is bound to exactly that."""
    row = one(person(request), number)
    try:
        services.signing_of(row)
    except Illegal as illegal:
        raise NotVisible(illegal.detail) from illegal
    require(actor(request), "job.sign", TABLE)
    if hasattr(row, "acceptance"):
        return redirect("job", number)
    asked = request.GET.get("lang", "")
    with translation.override(asked if asked in languages.BCP47 else translation.get_language()):
        if request.method != "POST":
            return _shown(request, row, _form(request, initial=_initial(request, row)))
        form = _form(request, request.POST, request.FILES)
        if form.is_valid() and _done(request, form, row):
            return redirect("job", number)
        return _shown(request, row, form, 400)


def _form(request: HttpRequest, *args: Any, **kwargs: Any) -> AcceptForm:
    kind = OursForm if person(request).is_staff_member else AcceptForm
    return kind(*args, **kwargs)


def _initial(request: HttpRequest, row: Job) -> dict[str, str]:
    """A customer signs with his name; on our device whoever was at the acceptance was present."""
    user = person(request)
    if not user.is_staff_member:
        return {"signer": user.name}
    return {"present": next((str(s.values.get("people", "")) for s in row.steps.all() if s.code == "acceptance"), "")}


def _done(request: HttpRequest, form: AcceptForm, row: Job) -> bool:
    by, now = actor(request), timezone.now()
    word = form.word_in(translation.get_language() or "en", request.FILES.getlist("papers"))
    try:
        if request.POST.get("act") == "absent":
            services.leave_unsigned(job=row, signature=word.signature, by=by, now=now)
            messages.success(request, _("The customer is asked to sign on the page of this work."))
        else:
            services.sign(job=row, word=word, seen=form.cleaned_data["seen"], by=by, now=now)
            messages.success(request, _("Signed. Thank you."))
    except Invalid as invalid:
        form.show(invalid)
        return False
    except (Illegal, Stale) as refused:
        form.add_error(None, refused.detail)
        return False
    return True


def _shown(request: HttpRequest, row: Job, form: AcceptForm, status: int = 200) -> HttpResponse:
    user = person(request)
    found = services.to_sign(row)
    signed = {step.pk for step in services.before(row.steps.all())}
    views = [view for view in step_views(row, actor(request), is_staff=False) if view.step.pk in signed]
    signing = services.signing_of(row)
    form.fields["agreed"].label = str(signing.agreed)
    form.initial["seen"] = found.digest
    if form.is_bound:
        form.data = {**form.data.dict(), "seen": found.digest}  # type: ignore[attr-defined]
    context = {
        "job": row,
        "form": form,
        "signing": signing,
        "steps": views,
        "units": found.units,
        "digest": found.digest,
        "is_ready": all(view.step.done_at for view in views),
        "languages": settings.LANGUAGES,
        "confirms": _("You confirm that you have read what stands above."),
    }
    template = "jobs/sign.html" if user.is_staff_member else "jobs/sign_public.html"
    return render(request, template, context, status=status)
