"""One press for many tickets: each in a transaction of its own through the services; what could not be done is told.

Nothing is decided here: the services refuse, and the page says so by number and reason. The same press acts once.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.models import User
from common import limits
from common.errors import Invalid, Refusal
from common.whole_numbers import whole_number
from servicedesk import wording
from servicedesk.screens import levels, ticket_event_rules
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.queue import bulk_levels, bulk_words, unfinished
from servicedesk.screens.queue.replies import Replies
from servicedesk.screens.ticket_forms import TagForm
from servicedesk.screens.writing import undo
from tickets import services
from tickets.models import Ticket, TicketEvent
from tickets.numbers import number_in

MOST = 200
Write = Callable[[Ticket, Actor, datetime], Any]


@dataclass
class Result:
    done: list[Ticket] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)


@staff_page
@require_POST
def bulk(request: StaffRequest) -> HttpResponse:
    back = redirect(undo.came_from(request) if request.META.get("HTTP_REFERER") else "/tickets/")
    action = "assign" if request.POST.get("do") == "mine" else request.POST.get("do", "")
    try:
        tickets = _chosen(request)
        write = _write(action, request.POST, request.user)
    except Invalid as refusal:
        is_of_bar, errors = not request.POST.get("only"), {name: said for name, said in refusal.errors.items() if name}
        if not errors or not is_of_bar:
            messages.error(request, refusal.detail)
        if is_of_bar:
            unfinished.keep(request, request.POST.getlist("ticket"), errors)
        return back
    if not limits.is_first(f"bulk:{request.user.pk}", _press(request.POST)):
        return back
    _tell(request, _do(tickets, write, request.user, timezone.now(), action), write)
    return back


def _press(data: QueryDict) -> str:
    return data.get("token", "") + repr(sorted(data.lists())) if data.get("token") else uuid.uuid4().hex


def _chosen(request: StaffRequest) -> list[Ticket]:
    """The tickets of the checkboxes, or the one that a single key was meant for."""
    asked = request.POST.getlist("ticket") if not request.POST.get("only") else [request.POST["only"]]
    numbers = {number for number in map(number_in, asked) if number is not None}
    if not numbers:
        raise Invalid.field("", bulk_words.no_selection())
    if len(numbers) > MOST:
        raise Invalid.field("", _("Choose at most %(most)d tickets at a time.") % {"most": MOST})
    return list(Ticket.objects.visible_to(request.user).filter(number__in=numbers).defer("search").order_by("pk"))


def _do(tickets: list[Ticket], write: Write, user: User, now: datetime, action: str) -> tuple[Result, Any]:
    actor, result = Actor(user=user), Result()
    with services.remembered(by=actor, now=now) as memory:
        for ticket in tickets:
            try:
                write(ticket, actor, now)
            except Refusal as refusal:
                result.refused.append((ticket.reference, _why(ticket, refusal)))
            else:
                result.done.append(ticket)
        memory.said = bulk_words.summary(len(result.done), len(tickets), action)
    return result, memory


def _why(ticket: Ticket, refusal: Refusal) -> str:
    """What is over says since when; anything else in the words of the house."""
    ended = TicketEvent.objects.filter(ticket=ticket, type__in=["closed", "cancelled"]).order_by("-seq").first()
    if ended is None or ticket.is_open:
        return refusal.detail
    moment = wording.moment(ended.occurred_at, timezone.now(), timezone.get_current_timezone())
    words = _("It was cancelled %(moment)s.") if ended.type == "cancelled" else _("It was closed %(moment)s.")
    return words % {"moment": moment}


def _tell(request: StaffRequest, told: tuple[Result, Any], write: Write) -> None:
    result, memory = told
    if result.done:
        address, said = undo.address(memory.action), memory.said
        if isinstance(write, Replies) and write.waiting:
            address, said = write.undo_address, f"{said}. {write.said}"
        messages.success(request, said, extra_tags=f"undo:{address}" if address else "")
    if result.refused:
        reasons = bulk_words.refusals(result.refused)
        messages.warning(request, reasons if result.done else f"{memory.said}. {reasons}")
        if not request.POST.get("only"):
            unfinished.keep(request, [number for number, _why in result.refused])


def _write(action: str, data: QueryDict, user: User) -> Write:
    """What the press means for one ticket. Raises Invalid for what no ticket could take."""
    makers = {"assign": _assign, "level": _level, "status": _status, "reply": _reply, "merge": _merge}
    makers |= {"tag": _tag, "untag": _untag}
    if action not in makers:
        raise Invalid.field("", _("Choose what to do with the tickets."))
    return makers[action](data, user)


def _typed(data: QueryDict, name: str) -> str:
    return data.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()


def _assign(data: QueryDict, user: User) -> Write:
    chosen = str(user.pk) if data.get("do") == "mine" else data.get("assignee", "")
    if chosen == "none":
        return lambda ticket, by, now: services.assign(ticket=ticket, assignee=None, by=by, now=now)
    key = whole_number(chosen)
    owner = User.objects.staff().filter(pk=key).first() if key is not None else None
    if owner is None:
        raise Invalid.field("assignee", _("Choose an owner."))
    return lambda ticket, by, now: services.assign(ticket=ticket, assignee=owner, by=by, now=now)


def _level(data: QueryDict, user: User) -> Write:
    """One reason for all, as the form of a single ticket asks for it: each event has it."""
    level, note = data.get("level", ""), _typed(data, "note")
    message = _typed(data, "level_message") if bulk_words.can_tell(user) else ""
    missing = {} if level else {"level": [_("Choose a level.")]}
    if not (message or note):
        missing["level_message" if bulk_words.can_tell(user) else "note"] = [_("Say why the level changes.")]
    if missing:
        raise Invalid(missing)

    def write(ticket: Ticket, by: Actor, now: datetime) -> None:
        bulk_levels.refuse_other_meaning(ticket, level)
        code = bulk_levels.code_of(level)
        reason = note or (message if levels.is_lower(ticket, code) else "")
        services.record(
            ticket=ticket, type="level_confirmed", by=by, at=now, now=now, note=reason, message=message,
            fields={"level": code},
        )  # fmt: skip

    return write


def _status(data: QueryDict, user: User) -> Write:
    """Asks for the words that the form of a single ticket asks for."""
    type_, can_tell = data.get("status", ""), bulk_words.can_tell(user)
    if type_ not in bulk_words.STATES:
        raise Invalid.field("status", _("Choose a status."))
    names = ("message", "note") if can_tell else ("note",)
    said = {name: _typed(data, f"status_{name}") for name in names}
    unsaid = ticket_event_rules.left_unsaid(type_, said, can_tell=can_tell)
    if unsaid:
        raise Invalid.field(f"status_{ticket_event_rules.required(type_, can_tell=can_tell)}", str(unsaid))
    message = said.get("message", "")
    note = ticket_event_rules.note_of(type_, said["note"], message)
    return lambda ticket, by, now: services.record(
        ticket=ticket, type=type_, by=by, at=now, now=now, note=note, message=message
    )


def _reply(data: QueryDict, user: User) -> Write:
    body = _typed(data, "body")
    if not body:
        raise Invalid.field("body", _("Write the reply first."))
    return Replies(body, seen=data)


def _tag(data: QueryDict, user: User) -> Write:
    words = TagForm(data).words()
    return lambda ticket, by, now: services.tag(ticket=ticket, add=words, by=by, now=now)


def _untag(data: QueryDict, user: User) -> Write:
    words = TagForm(data).words()
    return lambda ticket, by, now: services.tag(ticket=ticket, remove=words, by=by, now=now)


def _merge(data: QueryDict, user: User) -> Write:
    number = number_in(data.get("into", ""))
    into = Ticket.objects.visible_to(user).filter(number=number).first() if number is not None else None
    if into is None:
        raise Invalid.field("into", _("Enter the number of the ticket that goes on."))

    def write(ticket: Ticket, by: Actor, now: datetime) -> None:
        if ticket.pk != into.pk:
            services.merge(ticket=ticket, into=into, by=by, now=now)

    return write
