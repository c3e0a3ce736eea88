"""A reply or a note from the composer: checked, said once, and stopped once when something newer was said meanwhile.

A refusal of the house comes back on the ticket page with everything that was typed.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common import limits
from common.errors import Refusal
from servicedesk.screens import conflicts, ticket_page
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_actions import STATUS, back
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import MessageForm
from servicedesk.screens.ticket_page import Draft
from tickets import services
from tickets.models import Note, Reply, TicketEvent


@staff_page
@require_POST
def message(request: StaffRequest, reference: str) -> HttpResponse:
    """A reply or a note with its files. A reply stops once when something newer was said meanwhile; a note never."""
    case = load(request, reference)
    form = MessageForm(request.POST, request.FILES)
    draft = Draft("note" if request.POST.get("kind") == "note" else "reply", request.POST.get("body", ""))
    if not form.is_valid():
        draft.error = " ".join(sentence for sentences in form.errors.values() for sentence in map(str, sentences))
        return ticket_page.page(request, case, draft=draft, status=400)
    is_note = form.cleaned_data["kind"] == "note"
    if not is_note and form.cleaned_data["body"] and _said_meanwhile(case, form):
        draft.error = _(
            "A newer message arrived while you wrote. Read it above, then send again if your reply still fits."
        )
        return ticket_page.page(request, case, draft=draft, status=409)
    try:
        _say(request, case, form, is_note=is_note)
    except Refusal as refusal:
        draft.error = refusal.detail
        status = next((code for kind, code in STATUS if isinstance(refusal, kind)), 400)
        return ticket_page.page(request, case, draft=draft, status=status)
    return back(case, _("Note added") if is_note else _("Reply sent"), request)


def _press(case: Case, form: MessageForm) -> str:
    """The same person, the same words and files, on the same page. Who has read the page anew may say them again."""
    told = form.cleaned_data
    if told["version"] is None and told["token"] is None:
        return uuid.uuid4().hex
    files = [(file.name, file.size) for file in told["files"]]
    who = case.actor.user and case.actor.user.pk
    return repr((who, told["kind"], told["token"] or told["version"], told["body"], files))


def _said_meanwhile(case: Case, form: MessageForm) -> bool:
    """By somebody else: what the first press of this very form has said is no news."""
    seq, own = form.cleaned_data["version"], services.form_key(form.cleaned_data["token"])
    newer = [entry for entry in conflicts.since(case, seq) if entry.type == "replied"]
    return seq is not None and any(entry.key is None or entry.key != own for entry in newer)


def _say(request: HttpRequest, case: Case, form: MessageForm, *, is_note: bool) -> None:
    """The words first: they never wait for the file store. Pressed twice, they are said once; refused, not at all."""
    body, files = form.cleaned_data["body"], form.cleaned_data["files"]
    with transaction.atomic():
        if not limits.is_first(f"message:{case.ticket.pk}", _press(case, form)):
            return
        if not body:
            _attach(case, files, is_note=is_note)
            return
        write: Callable[..., Note | Reply] = services.note if is_note else services.reply
        token = form.cleaned_data["token"]
        said = write(ticket=case.ticket, body=body, by=case.actor, now=case.now, token=token)
    try:
        _attach(case, files, is_note=is_note, event=said.event)
    except Refusal as refusal:
        messages.warning(request, _("Your words are kept, the files are not: %(why)s") % {"why": refusal.detail})


def _attach(case: Case, files: list[Any], *, is_note: bool, event: TicketEvent | None = None) -> None:
    if files:
        services.attach(
            ticket=case.ticket, uploads=files, by=case.actor, now=case.now, is_internal=is_note, event=event
        )
