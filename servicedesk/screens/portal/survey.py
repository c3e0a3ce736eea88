"""The page "does it work for you?": signed in, by the link that follows a case, or by the link in the mail.

Looking at it answers nothing, because programs that check mails look at every link. The press in the mail counts as
soon as a person moves on the page (the script then posts what the link says), or with its one button.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common import languages
from common.errors import Illegal
from servicedesk.context import BCP47
from servicedesk.screens import unsent
from servicedesk.screens.portal import finished, visits
from servicedesk.screens.portal.case import zone_of
from servicedesk.screens.portal.forms import SCORES, WORKS, SurveyForm
from servicedesk.screens.portal.visits import Visit
from sla import policy_text
from tickets import services
from tickets.models import Better

ANSWERS = ("yes", "no")
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@never_cache
def signed_in(request: HttpRequest, number: int) -> HttpResponse:
    if not isinstance(request.user, User):
        return unsent.sign_in(request, ("works", "score", "better", "comment"))
    if request.user.is_staff_member:
        return redirect(f"/tickets/SD-{number}/")
    return _survey(request, visits.signed_in(request.user, number))


@page
@never_cache
def by_follow_link(request: HttpRequest, token: str) -> HttpResponse:
    visit = visits.guest(token)
    return _private(request, _survey(request, visit)) if visit else visits.wrong_link(request)


@page
@never_cache
def by_mail(request: HttpRequest, token: str, answer: str = "") -> HttpResponse:
    visit = visits.asked(token)
    if visit is None:
        return visits.wrong_link(request)
    if answer and answer not in ANSWERS:
        raise Http404
    return _private(request, _survey(request, visit, answer))


def _private(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # "no-referrer" would hide the origin from our own CSRF check
    return response


def _survey(request: HttpRequest, visit: Visit, pressed: str = "") -> HttpResponse:
    now = timezone.now()
    view = finished.view(visit.ticket, now)
    if request.method != "POST":
        first = pressed if not view.answer else ""
        known = view.answer or {}
        typed = _typed(request)
        form = SurveyForm(initial={**known, "works": first or known.get("works", ""), **typed})
        return _show(request, visit, view, form, is_first_press=bool(first) and view.is_asked, is_form_open=bool(typed))
    form = SurveyForm(request.POST)
    if not form.is_valid():
        return _show(request, visit, view, form, status=400)
    try:
        services.answer_survey(ticket=visit.ticket, answer=_answer(form), by=visit.by, now=now)
    except Illegal as refusal:
        form.add_error(None, refusal.detail)
        return _show(request, visit, view, form, status=409)
    if "quiet" in request.POST:  # the first press, sent by the script: the page stays as it is
        return HttpResponse(status=204)
    kept = f"said:survey-{visit.ticket.reference}"
    messages.success(request, _("Thank you. Your answer is with us."), extra_tags=kept)
    return redirect(f"{request.path}#answer")


def _typed(request: HttpRequest) -> dict[str, Any]:
    """Sent when the session was over."""
    return {name: texts if name == "better" else texts[-1] for name, texts in unsent.take(request).items() if texts}


def _answer(form: SurveyForm) -> services.Answer:
    given = form.cleaned_data
    comment = given["comment"].strip()
    language = languages.detect(comment, otherwise=BCP47.get(get_language() or "en", "")) if comment else ""
    return services.Answer(
        works=given["works"] == "yes",
        score=given["score"],
        better=tuple(given["better"]),
        comment=comment,
        language=language,
    )


def _show(
    request: HttpRequest,
    visit: Visit,
    view: finished.Finished,
    form: SurveyForm,
    *,
    status: int = 200,
    is_first_press: bool = False,
    is_form_open: bool = True,
) -> HttpResponse:
    chosen: dict[str, Any] = {name: form[name].value() for name in ("works", "score", "better")}
    context = {
        "view": view,
        "form": form,
        "works": str(chosen["works"] or ""),
        "score": str(chosen["score"] or ""),
        "better": [(code, label, code in (chosen["better"] or [])) for code, label in Better.choices],
        "scores": SCORES,
        "told": _told(view, form),
        "is_first_press": is_first_press,
        "is_form_open": is_form_open,
        "case_address": visit.address,
        "is_guest": visit.viewer is None,
        "now": timezone.now(),
    }
    with timezone.override(zone_of(visit.ticket)):
        return render(request, "screens/portal/survey.html", context, status=status)


def _told(view: finished.Finished, form: SurveyForm) -> list[dict[str, str]]:
    """All that was answered; nothing as long as that is only whether it works, which the title says."""
    given = view.answer or {}
    if not (given.get("score") or given.get("better") or given.get("comment")):
        return []
    score = str(given["score"] or "")
    better = [str(label) for code, label in Better.choices if code in given["better"]]
    words = {
        "works": str(dict(WORKS)[given["works"]]),
        "score": policy_text.clauses([score, str(dict(SCORES)[score])]) if score else "",
        "better": policy_text.listed(better),
        "comment": given["comment"],
    }
    lang = {"comment": view.answer_lang}
    return [
        {"label": str(form[name].label), "words": text, "lang": lang.get(name, "")}
        for name, text in words.items()
        if text
    ]
