"""Undo, from a toast and from the list of recent actions. The service decides what can still go back."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from servicedesk.screens.access import StaffRequest, staff_page
from tickets import services
from tickets.models import RecentAction, RecentPart, Ticket

SHOWN = 50
NAMED = 3  # tickets of one press that a line names


@dataclass(frozen=True)
class Row:
    action: RecentAction
    tickets: list[Ticket]
    more: int
    is_back: bool
    can_undo: bool


@staff_page
@require_safe
def recent(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    parts = RecentPart.objects.select_related("ticket").order_by("ticket_id")
    actions = RecentAction.objects.filter(person=request.user).prefetch_related(Prefetch("parts", parts))[:SHOWN]
    return render(request, "screens/writing/recent.html", {"now": now, "rows": [_row(one, now) for one in actions]})


def _row(action: RecentAction, now: Any) -> Row:
    parts = list(action.parts.all())
    is_back = all(part.taken_back_at for part in parts)
    tickets = [part.ticket for part in parts]
    return Row(action, tickets[:NAMED], max(0, len(tickets) - NAMED), is_back, not is_back and now <= action.until)


@staff_page
@require_POST
def take_back(request: StaffRequest, action: uuid.UUID) -> HttpResponse:
    row = RecentAction.objects.filter(key=action, person=request.user).first()
    if row is None:
        raise Http404
    result = services.take_back(action=row, by=Actor(user=request.user), now=timezone.now())
    for ticket, why in result.refused:
        messages.warning(request, _("%(number)s stays as it is. %(why)s") % {"number": ticket.reference, "why": why})
    if result.done:
        messages.success(request, _said(row, result))
    return redirect(came_from(request))


def _said(action: RecentAction, result: services.TakenBack) -> str:
    if result.refused or len(result.done) > 1:
        count = len(result.done)
        return ngettext("Taken back on %(n)d ticket", "Taken back on %(n)d tickets", count) % {"n": count}
    return _("Taken back: %(what)s") % {"what": action.said}


def address(action: RecentAction | None) -> str:
    """Where the button of a toast posts to; empty when nothing was written."""
    return reverse("take_back", args=[action.key]) if action else ""


def came_from(request: HttpRequest) -> str:
    """The page the button was pressed on, if it is ours."""
    before = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    return before if is_ours else reverse("recent_actions")
