"""The address a calendar program asks, and the owner's buttons for it on his account page."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.views.access import actor
from inspections import services
from servicedesk.screens.portal import visits
from servicedesk.visits import feed as feeds


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """No password: the address is the right. Wrong ones are counted, so that nobody guesses for long."""
    feed = services.feed_of(token)
    if feed is None:
        return visits.wrong_link(request)
    body = feeds.body(feed, timezone.now())
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    whole = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    whole["Content-Disposition"] = 'inline; filename="visits.ics"'
    answer = get_conditional_response(request, etag=etag, response=whole) or whole
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@login_required
def subscribe(request: HttpRequest) -> HttpResponse:
    """Make, renew, change what it shows, or give up: `act`."""
    by, act = actor(request), request.POST.get("act", "")
    if act == "stop":
        services.unsubscribe(by=by)
        messages.success(request, _("The address of your calendar is gone."))
    else:
        shows_all = "shows_all" in request.POST if act == "save" else None
        services.subscribe(by=by, now=timezone.now(), renew=act == "renew", shows_all=shows_all)
        messages.success(request, _("This is the address of your calendar."))
    return redirect(reverse("account") + "#calendar")
