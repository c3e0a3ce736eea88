"""The session ended while somebody worked: what was typed goes on living.

A script that asks gets 401; a form without script comes back whole, with the way to sign in.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

HIDDEN = frozenset({"csrfmiddlewaretoken", "password"})


@require_safe
@never_cache
def session(request: HttpRequest) -> HttpResponse:
    """Is somebody signed in still? With the token that his forms need now: signing in changed it."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    return JsonResponse({"csrf": get_token(request)})


def over(request: HttpRequest) -> HttpResponse | None:
    """The answer to somebody whose session is over; None: send him to the sign-in page."""
    if request.headers.get("HX-Request") or request.headers.get("X-Requested-With"):
        return HttpResponse(status=401)
    return kept(request, status=401) if request.method == "POST" else None


def is_ours(request: HttpRequest) -> bool:
    """Whether the form that failed was drawn by our own page: only then may its words be offered again."""
    said = request.META.get("HTTP_ORIGIN") or request.META.get("HTTP_REFERER", "")
    return url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure())


def kept(request: HttpRequest, status: int) -> HttpResponse:
    """The form again with what was typed and a token that is good now."""
    fields = [(name, value) for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)]
    context = {"fields": fields, "words": request.POST.get("body", ""), "has_files": bool(request.FILES)}
    context |= {"is_signed_in": request.user.is_authenticated, "may_go_on": status == 403}
    return render(request, "screens/writing/session_over.html", context, status=status)
