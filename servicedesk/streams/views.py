"""The pages beside the streams: what changed since (for browsers without a stream), and who is at a ticket.

Polling asks the database, so it works while Redis is dead. A customer is told no more than that his page is old: the
mark of a case follows from its public events alone.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.instants import parse_instant
from common.whole_numbers import whole_number
from notifications.live import push, wire
from servicedesk import people
from servicedesk.streams import presence
from tickets import follow
from tickets.event_types import PUBLIC
from tickets.lifecycle import RETRACTED
from tickets.models import Ticket, TicketEvent

# A change is written with the instant at which its transaction began; it may commit this much later.
OVERLAP = timedelta(seconds=10)
LONGEST = timedelta(hours=1)
View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    """Scripts ask here: they are told 401 or 403 and sent nowhere."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        if not request.user.is_staff_member:
            return HttpResponse(status=403)
        return view(request, *args, **kwargs)

    return never_cache(guarded)


@for_staff
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Tickets changed since a cursor, and everybody's presence. `is_everything`: too many, or too long ago."""
    now = timezone.now()
    since = _instant(request.GET.get("after", ""))
    answer: dict[str, Any] = {"cursor": (now - OVERLAP).isoformat(), "now": now.isoformat()}
    if since is None or since < now - LONGEST:
        return JsonResponse(answer | {"tickets": [], "is_everything": since is not None, "here": _here()})
    recent = Ticket.objects.filter(updated_at__gt=since).order_by("-updated_at").values_list("number", flat=True)
    numbers = list(recent[: wire.MANY + 1])
    is_everything = len(numbers) > wire.MANY
    found = {"tickets": [] if is_everything else numbers, "is_everything": is_everything, "here": _here()}
    return JsonResponse(answer | found)


def _instant(text: str) -> datetime | None:
    try:
        return parse_instant(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError):
        return None


def _here() -> list[dict[str, Any]]:
    by_ticket = presence.Present()
    for one in push.who_is_here():
        by_ticket.hear(one)
    return [
        {"ticket": number, "people": [people.badge(one.person, one.name, one.act) for one in by_ticket.at(number)]}
        for number in by_ticket.tickets()
    ]


@for_staff
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """A heartbeat: this person has this ticket open, writes in it, or has just left it."""
    user: Any = request.user
    text, act = request.POST.get("ticket", ""), request.POST.get("act", "")
    number = whole_number(text) or 0
    if act not in (*wire.ACTS, wire.GONE) or not Ticket.objects.visible_to(user).filter(number=number).exists():
        return HttpResponse(status=404)
    push.here(number=number, person=user.pk, name=str(user), act=act)
    return HttpResponse(status=204)


@never_cache
@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    user: Any = request.user
    return _mark(get_object_or_404(Ticket.objects.visible_to(user).only("pk"), number=number).pk)


@never_cache
@require_safe
def followed(request: HttpRequest, token: str) -> HttpResponse:
    pk = follow.read(token)
    return _mark(pk) if pk is not None else HttpResponse(status=404)


def _mark(ticket_pk: int) -> HttpResponse:
    """Changes whenever something public happens or is taken back, and says nothing else."""
    events = TicketEvent.objects.filter(ticket=ticket_pk, type__in=[*PUBLIC, RETRACTED])
    log = list(events.order_by("seq").values_list("type", "seq", "data__seq"))
    gone = {of for type_, _, of in log if type_ == RETRACTED}
    public = [seq for type_, seq, _ in log if type_ != RETRACTED and seq not in gone]
    return JsonResponse({"mark": salted_hmac("streams.mark", f"{ticket_pk}/{public}").hexdigest()[:16]})
