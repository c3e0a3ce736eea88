"""The customer's home and the page of one case, signed in or by the signed link. Decides nothing: services do.

What may be seen is `visible_to`; what is shown comes from `read_model` alone.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from common import languages, limits
from common.errors import Illegal, Invalid, Refusal, Unavailable
from servicedesk.context import BCP47
from servicedesk.screens.portal import case as read_model
from servicedesk.screens.portal import home as listing
from servicedesk.screens.portal import visits
from servicedesk.screens.portal.forms import MessageForm
from servicedesk.screens.portal.visits import Visit
from tickets import services
from tickets.models import Attachment
from tickets.views import serve

SHOWS = {"all": gettext_lazy("All"), "open": gettext_lazy("Open"), "done": gettext_lazy("Done")}


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.user.is_staff_member:
        return redirect("/tickets/")
    now = timezone.now()
    query = request.GET.get("q", "").strip()[:100]
    show = request.GET.get("show", "")
    show = show if show in SHOWS else "all"
    nothing = listing.Listing([])
    opened = nothing if show == "done" else listing.open_cases(request.user, query, now)
    is_long = show == "done" or bool(query)
    done = nothing if show == "open" else listing.done_cases(request.user, query, now, is_long=is_long)
    context = {
        "opened": opened,
        "done": done,
        "shows": [(code, label, code == show) for code, label in SHOWS.items()],
        "show": show,
        "late": sum(row.telling.is_late for row in opened.rows),
        "query": query,
        "now": now,
    }
    return render(request, "screens/portal/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def ticket(request: HttpRequest, number: int) -> HttpResponseBase:
    assert isinstance(request.user, User)
    if request.user.is_staff_member:
        return redirect(f"/tickets/SD-{number}/")
    return _page(request, visits.signed_in(request.user, number))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def follow_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """No password: the link is the right. It opens one case, expires, and cannot be guessed."""
    visit = visits.guest(token)
    if visit is None:
        return visits.wrong_link(request)
    response = _page(request, visit)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # "no-referrer" would hide the origin from our own CSRF check
    return response


@require_safe
@never_cache
def follow_file(request: HttpRequest, token: str, key: uuid.UUID) -> HttpResponseBase:
    visit = visits.guest(token)
    if visit is None:
        return visits.wrong_link(request)
    row = get_object_or_404(Attachment.objects.filter(ticket=visit.ticket).public(), key=key)
    return serve(row, is_preview="preview" in request.GET)


def _page(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    if request.method != "POST":
        return _show(request, visit, MessageForm(initial={"nonce": uuid.uuid4().hex}))
    act = ACTIONS.get(request.POST.get("action", ""), _write)
    return act(request, visit)


def _show(request: HttpRequest, visit: Visit, form: MessageForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    case = read_model.case(visit.ticket, now, viewer=visit.viewer)
    files = {file.key: visit.file_address(file.key) for entry in case.entries for file in entry.files}
    context = {
        "case": case,
        "form": form,
        "now": now,
        "files": files,
        "is_guest": visit.viewer is None,
        "survey_address": visit.survey_address,
        "live": visit.live,
        "limit_in_megabytes": settings.MAX_ATTACHMENT_BYTES // 1024**2,
    }
    with timezone.override(read_model.zone_of(visit.ticket)):
        return render(request, "screens/portal/ticket.html", context, status=status)


def _write(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The text is kept before the files are tried, so that a full store never costs a message."""
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, visit, form, status=400)
    body, files, now = form.cleaned_data["body"].strip(), form.cleaned_data["uploads"], timezone.now()
    event = None
    try:
        with transaction.atomic():
            if not limits.is_first(f"message:{visit.ticket.pk}", form.cleaned_data["nonce"]):
                return redirect(visit.address + "#messages")
            if body:
                event = _reply(visit, body, now).event
        services.attach(ticket=visit.ticket, uploads=files, by=visit.by, now=now, event=event) if files else None
    except Illegal as refusal:
        form.add_error("body", refusal.detail)
        return _show(request, visit, form, status=409)
    except (Unavailable, Invalid) as refusal:
        messages.warning(request, refusal.detail if not body else _kept(refusal))
        return redirect(visit.address + "#messages")
    messages.success(request, _("Your message is with us."))
    return redirect(visit.address + "#messages")


def _kept(refusal: Refusal) -> str:
    return _("Your message is with us, but a file is missing. %(why)s") % {"why": refusal.detail}


def _reply(visit: Visit, body: str, now: datetime) -> Any:
    language = languages.detect(body, otherwise=BCP47.get(get_language() or "en", ""))
    return services.reply(ticket=visit.ticket, body=body, by=visit.by, now=now, language=language)


def _works(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _judge(request, visit, works=True)


def _fails(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _judge(request, visit, works=False)


def _judge(request: HttpRequest, visit: Visit, *, works: bool) -> HttpResponse:
    """The press counts at once; the page it leads to only adds to it."""
    try:
        services.answer_survey(
            ticket=visit.ticket, answer=services.Answer(works=works), by=visit.by, now=timezone.now()
        )
    except Illegal as refusal:
        messages.warning(request, refusal.detail)
        return redirect(visit.address)
    return redirect(visit.survey_address)


def _reopen(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _press(request, visit, _("The case is open again. We go on working."), _recorder(visit, "reopened"))


def _grant(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _press(request, visit, _("You allowed remote access."), _recorder(visit, "remote_granted"))


def _refuse(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _press(request, visit, _("You did not allow remote access."), _recorder(visit, "remote_refused"))


def _recorder(visit: Visit, kind: str) -> Callable[[datetime], None]:
    def write(now: datetime) -> None:
        services.record(ticket=visit.ticket, type=kind, by=visit.by, at=now, now=now)

    return write


def _press(request: HttpRequest, visit: Visit, thanks: str, write: Callable[[datetime], None]) -> HttpResponse:
    """One button, one fact; a second press finds it done and says why nothing more happened."""
    try:
        write(timezone.now())
    except Illegal as refusal:
        messages.warning(request, refusal.detail)
    else:
        messages.success(request, thanks)
    return redirect(visit.address)


ACTIONS: dict[str, Callable[[HttpRequest, Visit], HttpResponseBase]] = {
    "works": _works,
    "fails": _fails,
    "reopen": _reopen,
    "grant": _grant,
    "refuse": _refuse,
}
