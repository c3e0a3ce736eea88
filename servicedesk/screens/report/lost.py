"""A step of a report whose draft is not the visitor's, or not any more: what he typed goes on living.

Who began it with an account signs in and goes on there; anybody else goes on in a report of his own.
"""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from servicedesk.screens import unsent
from servicedesk.screens.report import drafts
from servicedesk.screens.report.drafts import Draft

TYPED = ("thing", "place", "site", "level", "description", "name", "email", "phone", "organisation", "access")


def closed(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The draft of this address is not to be had with this session."""
    if not isinstance(request.user, User) and drafts.has_owner(draft_id):
        return unsent.sign_in(request, TYPED)
    if "save" in request.POST:
        return HttpResponse(status=401)
    typed = typed_in(request)
    if not typed:
        return start(None)
    draft = drafts.begin(request, str(draft_id)).updated(typed)
    drafts.save(request, draft, timezone.now())
    words = _("Your session was over. What you typed is kept: choose the equipment again, and go on.")
    messages.warning(request, words, extra_tags=f"kept:{draft_id}")
    return start(draft)


def unplaced(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Who began as a guest and has signed in chooses the unit first; what his old page sends is kept all the same."""
    typed = typed_in(request)
    if typed:
        drafts.save(request, draft.updated(typed), timezone.now())
    return HttpResponse(status=204) if "save" in request.POST else start(draft)


def typed_in(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name][: unsent.LONGEST] for name in TYPED if request.POST.get(name)}


def start(draft: Draft | None) -> HttpResponse:
    """From the beginning, with what is still known."""
    return redirect(reverse("report") + (f"?draft={draft.id}" if draft else ""))
