"""The customer's home and the page of one case, signed in or by the signed link. Decides nothing: services do.

What may be seen is `visible_to`; what is shown comes from `read_model` alone.
"""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from common.errors import Illegal, Stale
from common.whole_numbers import COUNT_DIGITS, whole_number
from inspections.models import Report
from servicedesk.screens import unsent, uploading
from servicedesk.screens.portal import access, begun, dates, visits, writing
from servicedesk.screens.portal import case as read_model
from servicedesk.screens.portal import home as listing
from servicedesk.screens.portal.forms import AccessForm, MessageForm
from servicedesk.screens.portal.visits import Visit
from tickets import services
from tickets.kinds import Kind
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
        "finds": bool(opened.rows or done.rows),
        "shows": [(code, label, code == show) for code, label in SHOWS.items()],
        "show": show,
        "late": sum(row.telling.is_late for row in (*opened.rows, *done.rows)),
        "turns_at": min(filter(None, (opened.turns_at, done.turns_at)), default=None),
        "query": query,
        "now": now,
        "live": {"feed": "/events/portal/", "poll": reverse("portal_changes")},
    }
    return render(request, "screens/portal/home.html", context)


@require_safe
@never_cache
def changes(request: HttpRequest) -> HttpResponse:
    """What the list asks without a stream: a mark that changes when what the list says does."""
    if not isinstance(request.user, User):
        return HttpResponse(status=401)
    now = timezone.now()
    seen = (listing.open_cases(request.user, "", now), listing.done_cases(request.user, "", now, is_long=False))
    return JsonResponse({"mark": salted_hmac("portal.list", repr(seen)).hexdigest()[:16], "now": now.isoformat()})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ticket(request: HttpRequest, number: int) -> HttpResponseBase:
    if not isinstance(request.user, User):
        return unsent.sign_in(request, ("body", *access.FIELDS))
    if request.user.is_staff_member:
        return redirect(f"/tickets/SD-{number}/")
    visit = visits.signed_in(request.user, number)
    typed = unsent.take(request)
    for text in typed.get("body", []):
        begun.keep(request, visit, begun.latest(request, visit), timezone.now(), text)
    if "notes" in typed:
        return _show(request, visit, None, access_form=access.form_of(visit, typed))
    return _page(request, visit)


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
        return _show(request, visit, None)
    act = ACTIONS.get(request.POST.get("action", ""), _write)
    return act(request, visit)


def _report(visit: Visit) -> str:
    """Where the report of an inspection is read; by a guest's link too."""
    is_inspection = visit.ticket.kind == Kind.INSPECTION
    return visit.report_address if is_inspection and Report.objects.sent_of(visit.ticket).exists() else ""


def _show(
    request: HttpRequest,
    visit: Visit,
    form: MessageForm | None,
    status: int = 200,
    access_form: AccessForm | None = None,
    days_form: dates.DaysForm | None = None,
) -> HttpResponse:
    now = timezone.now()
    named = form.data.get("nonce", "") if form else ""
    draft = begun.find(request, visit, named) if form else begun.latest(request, visit)
    case = read_model.case(visit.ticket, now, viewer=visit.viewer)
    files = {file.key: visit.file_address(file.key) for entry in case.entries for file in entry.files}
    context = {
        "case": case,
        "report_address": _report(visit),
        "form": form or MessageForm(initial={"nonce": draft.id.hex, "body": draft.body}),
        "draft": draft,
        "access_form": access_form or access.form_of(visit),
        "days_form": days_form or dates.DaysForm(),
        "has_errors": bool((access_form and access_form.errors) or days_form),
        "upload_address": visit.upload_address(draft.id),
        "now": now,
        "files": files,
        "is_guest": visit.viewer is None,
        "has_steps": visit.viewer is not None and visit.ticket.kind == Kind.JOB,
        "survey_address": visit.survey_address,
        "live": visit.live,
    } | uploading.sizes()
    with timezone.override(read_model.zone_of(visit.ticket)):
        return render(request, "screens/portal/ticket.html", context, status=status)


def _write(request: HttpRequest, visit: Visit) -> HttpResponse:
    if "save" in request.POST:
        return writing.keep_typed(request, visit)
    answer = writing.write(request, visit)
    if isinstance(answer, HttpResponse):
        return answer
    is_refused = answer.has_error("body", code="refused")
    return _show(request, visit, answer, status=409 if is_refused else 400)


def _access(request: HttpRequest, visit: Visit) -> HttpResponse:
    answer = access.write(request, visit, timezone.now())
    return answer if isinstance(answer, HttpResponse) else _show(request, visit, None, 400, answer)


def _propose(request: HttpRequest, visit: Visit) -> HttpResponse:
    answer = dates.propose(request, visit, read_model.zone_of(visit.ticket))
    return answer if isinstance(answer, HttpResponse) else _show(request, visit, None, 400, days_form=answer)


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


def _agree(request: HttpRequest, visit: Visit) -> HttpResponse:
    """To the proposal that stood on the page; if another one is in force by now, the page says so and shows that."""
    proposal = whole_number(request.POST.get("proposal", ""), digits=COUNT_DIGITS) or 0

    def write(now: datetime) -> None:
        services.agree(ticket=visit.ticket, proposal=proposal, by=visit.by, now=now)

    return _press(request, visit, _("Thank you. You agreed to the time."), write)


def _recorder(visit: Visit, kind: str) -> Callable[[datetime], None]:
    def write(now: datetime) -> None:
        services.record(ticket=visit.ticket, type=kind, by=visit.by, at=now, now=now)

    return write


def _press(request: HttpRequest, visit: Visit, thanks: str, write: Callable[[datetime], None]) -> HttpResponse:
    """One button, one fact; a second press finds it done and says why nothing more happened."""
    try:
        write(timezone.now())
    except (Illegal, Stale) as refusal:
        messages.warning(request, refusal.detail)
    else:
        messages.success(request, thanks)
    return redirect(visit.address)


ACTIONS: dict[str, Callable[[HttpRequest, Visit], HttpResponseBase]] = {
    access.ACTION: _access,
    "works": _works,
    "fails": _fails,
    "reopen": _reopen,
    "agree": _agree,
    "suits": dates.suits,
    dates.ACTION: _propose,
    "grant": _grant,
    "refuse": _refuse,
}
