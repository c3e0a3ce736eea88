"""A system analysis for its customer: read, acknowledged, commented; signed in, or by the link of the mail.

Looking at it acknowledges nothing. A link opens the one analysis it was made for.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actors import Actor
from accounts.views.access import actor
from inspections import follow, services
from inspections.models import Analysis
from servicedesk.papers import files
from servicedesk.screens.papers.answering import answered
from servicedesk.screens.papers.forms import CommentForm
from servicedesk.screens.portal import visits


def signed_in(request: HttpRequest, row: Analysis) -> HttpResponse:
    context = {
        "file": reverse("analysis_file", args=[row.pk]),
        "back": (reverse("analyses"), _("System analyses")),
        "is_guest": False,
    }
    return _page(request, row, actor(request), reverse("analysis", args=[row.pk]), context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    row = _linked(token)
    if row is None:
        return visits.wrong_link(request)
    context = {"file": reverse("analysis_file_by_link", args=[token]), "is_guest": True}
    response = _page(request, row, follow.guest(row.pk), reverse("analysis_by_link", args=[token]), context)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # as on the page of a case
    return response


@require_safe
@never_cache
def file_by_link(request: HttpRequest, token: str) -> HttpResponseBase:
    row = _linked(token)
    return files.answer(row, files.name_of(row)) if row is not None else visits.wrong_link(request)


def _linked(token: str) -> Analysis | None:
    pk = follow.read(token)
    rows = Analysis.objects.select_related("contract__organisation", "acknowledged_by", "commented_by")
    return rows.filter(pk=pk, sent_at__isnull=False).first() if pk is not None else None


def _page(request: HttpRequest, row: Analysis, by: Actor, here: str, context: dict[str, Any]) -> HttpResponse:
    form: CommentForm | None = CommentForm()
    if request.method == "POST":
        form = answered(
            request,
            lambda said: services.answer_analysis(analysis=row, comment=said, by=by, now=timezone.now()),
        )
        if form is None:
            return redirect(here)
    context |= {
        "standing": files.standing(row),
        "report": row,
        "document": row.document,
        "reference": row.contract.number,
        "heading": _("System analysis"),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "screens/papers/read.html", context, status=400 if form and form.errors else 200)
