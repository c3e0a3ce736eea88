"""The report of a visit for its customer: read, acknowledged, commented; signed in, or by the link of the case.

Looking at it acknowledges nothing. A link opens what was sent of its own case, and no earlier edition by its number.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor
from accounts.models import User
from inspections import services
from inspections.models import Photo, Report
from servicedesk.papers import files, photos
from servicedesk.screens.papers.answering import answered
from servicedesk.screens.papers.forms import CommentForm
from servicedesk.screens.portal import visits
from servicedesk.screens.portal.visits import Visit

ANSWER = "inspection.answer_report"
Address = Callable[[str], str]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def signed_in(request: HttpRequest, number: int) -> HttpResponse:
    """The last report that was sent."""
    assert isinstance(request.user, User)  # login_required
    if request.user.is_staff_member:
        return redirect("report_page", f"SD-{number}")
    visit = visits.signed_in(request.user, number)
    report = _last(visit)
    reference = visit.ticket.reference
    file = reverse("report_file", args=[reference, report.number])
    return _page(request, visit, report, file, lambda photo: reverse("visit_photo", args=[reference, photo]))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    visit = visits.guest(token)
    if visit is None:
        return visits.wrong_link(request)
    report = _last(visit)
    file = reverse("portal_follow_report_file", args=[token, report.number])
    response = _page(
        request, visit, report, file, lambda photo: reverse("portal_follow_report_picture", args=[token, photo])
    )
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # as on the page of the case
    return response


@require_safe
@never_cache
def file_by_link(request: HttpRequest, token: str, edition: int) -> HttpResponseBase:
    visit = visits.guest(token)
    if visit is None:
        return visits.wrong_link(request)
    report = Report.objects.sent_of(visit.ticket).filter(number=edition).first()
    return files.answer(report, f"{visit.ticket.reference}-report-{edition}.pdf")


@require_safe
def picture_by_link(request: HttpRequest, token: str, photo: UUID) -> HttpResponseBase:
    """One of the pictures of the report that was sent: those of its own visit."""
    visit = visits.guest(token)
    if visit is None:
        return visits.wrong_link(request)
    report = _last(visit)
    rows = Photo.objects.filter(sheet__in=report.inspection.sheets.all())
    return files.picture(rows.filter(pk=photo).first())


def _last(visit: Visit) -> Report:
    """Who may open the case may read its report."""
    report = Report.objects.sent_of(visit.ticket).select_related("acknowledged_by", "commented_by").first()
    if report is None:
        raise Http404
    return report


def _page(request: HttpRequest, visit: Visit, report: Report, file: str, picture: Address) -> HttpResponse:
    form: CommentForm | None = CommentForm()
    if request.method == "POST":
        by = _answering(visit)
        form = answered(
            request, lambda said: services.answer_report(report=report, comment=said, by=by, now=timezone.now())
        )
        if form is None:
            return redirect(visit.report_address)
    context: dict[str, Any] = {
        "standing": files.standing(report),
        "report": report,
        "document": photos.document_of(report, picture),
        "file": file,
        "back": (visit.address, _("Back to the case")),
        "reference": visit.ticket.reference,
        "form": form,
        "is_guest": visit.viewer is None,
        "now": timezone.now(),
    }
    return render(request, "screens/papers/read.html", context, status=400 if form and form.errors else 200)


def _answering(visit: Visit) -> Actor:
    """The link that lets somebody judge the work lets him answer its report."""
    return visit.by if visit.viewer else replace(visit.by, grants=visit.by.grants | {ANSWER})
