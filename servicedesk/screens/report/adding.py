"""Adding to the fault that is open for a unit already, instead of reporting it a second time: a message with files.

Offered to customers who may see that fault; a guest never learns that there is one.
"""

import uuid
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.models import User
from common import languages
from common.errors import Illegal
from servicedesk.context import BCP47
from servicedesk.screens import uploading
from servicedesk.screens.report import drafts, lost, places, sending, views
from servicedesk.screens.report.drafts import Draft
from servicedesk.screens.report.forms import AddForm
from tickets import services
from tickets.models import Ticket


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, draft: uuid.UUID) -> HttpResponse:
    found, user = drafts.load(request, str(draft)), views.person(request)
    if found is not None and found.added_to:
        return redirect(_messages_of(found.added_to))
    if found is None:
        return lost.closed(request, draft)
    if user is None or not found.unit:
        return lost.unplaced(request, found)
    fault = places.where(user, found).open_fault
    if fault is None or user.is_staff_member:
        return redirect("report_fault", found.id)
    is_post = request.method == "POST"
    form = AddForm(request.POST if is_post else None, request.FILES or None, initial={"description": found.description})
    if is_post:
        answer = _take(request, form, found, fault, user, timezone.now())
        if answer is not None:
            return answer
        found = drafts.load(request, str(draft)) or found
    context = {"form": form, "draft": found, "fault": fault, **views.sizes(found)}
    return render(request, "screens/report/add.html", context, status=400 if form.is_bound and form.errors else 200)


def _take(
    request: HttpRequest, form: AddForm, draft: Draft, fault: Ticket, user: User, now: datetime
) -> HttpResponse | None:
    typed = request.POST.get("description", "")[: views.LONGEST]
    draft = drafts.save(request, draft.updated({"description": typed}), now)
    assert draft.row is not None
    if "save" in request.POST:
        return HttpResponse(status=204)
    if request.POST.get("remove"):
        uploading.drop(draft.row, request.POST["remove"])
        return redirect("report_add", draft.id)
    is_valid = form.is_valid()
    refused, failed = uploading.keep_all(draft.row, form.cleaned_data.get("uploads") or [], now)
    for refusal in (*refused, *failed):
        form.add_error("uploads", refusal)
    if not is_valid or form.errors:
        return None
    return _send(request, form, drafts.load(request, draft.id) or draft, fault, user, now)


def _send(
    request: HttpRequest, form: AddForm, draft: Draft, fault: Ticket, user: User, now: datetime
) -> HttpResponse | None:
    """The draft's token is the message's: a second press writes nothing more."""
    body, by = form.cleaned_data["description"], Actor(user=user)
    language = languages.detect(body, otherwise=BCP47.get(get_language() or "en", ""))
    try:
        message = services.reply(
            ticket=fault, body=body, by=by, now=now, language=language, token=uuid.UUID(draft.token)
        )
    except Illegal as refusal:
        form.add_error(None, refusal.detail)
        return None
    warning = sending.keep_files(fault, draft, by, now, event=message.event)
    drafts.save(request, draft.updated({"added_to": fault.number}), now)
    if warning:
        messages.warning(request, warning)
    said = _("We added it to %(number)s.") % {"number": fault.reference}
    messages.success(request, said, extra_tags=f"kept:{draft.id}")
    return redirect(_messages_of(fault.number))


def _messages_of(number: int) -> str:
    return reverse("portal_ticket", args=[number]) + "#messages"
