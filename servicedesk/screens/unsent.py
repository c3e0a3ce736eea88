"""A form that came after its writer's session was over: kept in the browser's new session until he has signed in.

One form at a time, for the page it was sent from. Whether he may see that page is decided there, not here.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

KEY, LONGEST = "unsent", 25_000


def sign_in(request: HttpRequest, names: Sequence[str], *, back: str = "") -> HttpResponse:
    """To the sign-in, and from there back to the page, which then takes what was typed. A script hears 401.

    `names`: of the fields that somebody fills in.
    """
    if request.method != "POST":
        return redirect_to_login(request.get_full_path())
    if "save" in request.POST or request.headers.get("X-Requested-With"):
        return HttpResponse(status=401)
    typed = {name: [text[:LONGEST] for text in request.POST.getlist(name)] for name in names if name in request.POST}
    request.session[KEY] = {"page": request.path, "typed": typed}
    messages.warning(request, _("Your session is over. What you typed is kept: sign in to go on."))
    if request.FILES:
        messages.warning(request, _("Choose your files again afterwards: they cannot be kept."))
    return redirect_to_login(back or request.path)


def take(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed on this page before its session was over; once."""
    kept = request.session.get(KEY)
    if not kept or kept["page"] != request.path or request.method != "GET":
        return {}
    del request.session[KEY]
    typed: dict[str, list[str]] = kept["typed"]
    return typed
