"""A reply or a note from the composer: checked, said once, stopped once when something newer was said meanwhile.

A reply waits before it leaves, so that its author can have it back. A refusal of the house comes back on the ticket
page with everything that was typed.
"""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import limits
from common.errors import Refusal, Stale
from servicedesk.screens import ticket_page
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_actions import STATUS, back
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import MessageForm
from servicedesk.screens.writing import composer, visits
from servicedesk.screens.writing.composer import Typed
from tickets import services
from tickets.models import Draft, Reply, TicketEvent, WaitingReply


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: StaffRequest, reference: str) -> HttpResponse:
    """A reply stops once when something newer was said meanwhile; a note never."""
    case = load(request, reference)
    if request.method != "POST":
        return redirect(case.ticket)  # back from signing in
    form = MessageForm(request.POST, request.FILES)
    typed = Typed("note" if request.POST.get("kind") == "note" else "reply", request.POST.get("body", ""))
    if "draft" in request.POST:
        return _keep(request, case, typed)
    if "visit" in request.POST:
        return _with_visit(request, case, typed)
    if not form.is_valid():
        typed.error = " ".join(sentence for sentences in form.errors.values() for sentence in map(str, sentences))
        return ticket_page.page(request, case, typed=typed, status=400)
    is_note = form.cleaned_data["kind"] == "note"
    if not is_note and form.cleaned_data["body"] and _said_meanwhile(case, form):
        return _stopped(request, case, form, typed)
    try:
        with transaction.atomic():
            if not limits.is_first(f"message:{case.ticket.pk}", _press(case, form)):
                return _done(request, case, None, is_note=is_note)
            sent = None
            if is_note:
                _note(request, case, form)
            else:
                sent = _reply(request, case, form)
    except Stale:  # said between the look above and the lock
        case.reread()
        return _stopped(request, case, form, typed)
    except Refusal as refusal:
        typed.error = refusal.detail
        status = next((code for kind, code in STATUS if isinstance(refusal, kind)), 400)
        return ticket_page.page(request, case, typed=typed, status=status)
    return _done(request, case, sent, is_note=is_note)


def _keep(request: HttpRequest, case: Case, typed: Typed) -> HttpResponse:
    """The button for people without script."""
    back = request.POST.get("back", "")
    services.save_draft(ticket=case.ticket, kind=typed.kind, body=typed.text, by=case.actor, now=case.now, back=back)
    messages.success(request, _("Draft saved"))
    return redirect(f"{case.ticket.get_absolute_url()}?write={typed.kind}")


def _with_visit(request: HttpRequest, case: Case, typed: Typed) -> HttpResponse:
    """The button of the visit's time, for people without script."""
    form = visits.VisitForm(request.POST.dict(), now=case.now)
    if not form.is_valid():
        typed.visit_at, typed.visit_error = request.POST.get("visit_at", ""), form.problem
        return ticket_page.page(request, case, typed=typed, status=400)
    said = visits.sentence(case, form.cleaned_data["visit_at"])
    return _keep(request, case, Typed("reply", "\n\n".join(filter(None, [typed.text.strip(), said]))))


def _done(request: HttpRequest, case: Case, sent: services.Sent | None, *, is_note: bool) -> HttpResponse:
    """Back to the page; the tab stays as it was chosen."""
    if isinstance(sent, WaitingReply):
        seconds = round((sent.leaves_at - case.now).total_seconds())
        said = ngettext("Your reply leaves in %(n)d second", "Your reply leaves in %(n)d seconds", seconds)
        undo = reverse("undo_send", args=[case.ticket.reference, sent.token])
        messages.success(request, said % {"n": seconds}, extra_tags=f"undo:{undo}")
        return redirect(case.ticket)
    if is_note:
        messages.success(request, _("Note added"))
        return redirect(f"{case.ticket.get_absolute_url()}?write=note")
    return back(case, _("Reply sent"), request)


def _press(case: Case, form: MessageForm) -> str:
    """The same person, the same words and files, on the same page. Who has read the page anew may say them again."""
    told = form.cleaned_data
    if told["version"] is None and told["token"] is None:
        return uuid.uuid4().hex
    files = [(file.name, file.size) for file in told["files"]]
    who = case.actor.user and case.actor.user.pk
    return repr((who, told["kind"], told["token"] or told["version"], told["body"], files))


def _said_meanwhile(case: Case, form: MessageForm) -> list[TicketEvent]:
    return services.said_since(case.log, form.cleaned_data["version"], case.actor)


def _stopped(request: HttpRequest, case: Case, form: MessageForm, typed: Typed) -> HttpResponse:
    """What was said stands above the text; the next press is meant."""
    typed.newer = composer.said(_said_meanwhile(case, form))
    typed.error = _("Not sent yet: a newer message arrived while you wrote.")
    return ticket_page.page(request, case, typed=typed, status=409)


def _reply(request: HttpRequest, case: Case, form: MessageForm) -> services.Sent | None:
    told = form.cleaned_data
    if not told["body"]:
        _attach(case, told["files"], is_note=False)
        return None
    kept = [*_from_draft(request, case, "reply"), *_stash(request, told["files"])]
    wait = timedelta(seconds=settings.SEND_WAIT_SECONDS)
    return services.send(
        ticket=case.ticket, body=told["body"], by=case.actor, now=case.now, wait=wait, attached=kept,
        token=told["token"], then=told["then"], seen_seq=told["version"],
        back=told["back"],
    )  # fmt: skip


def _stash(request: HttpRequest, files: list[Any]) -> list[services.KeptFile]:
    """Words never wait for the file store: if it takes no files, they go without."""
    try:
        services.check_files(files)
        return [services.stash(file) for file in files]
    except Refusal as refusal:
        _warn_of_files(request, refusal)
        return []


def _warn_of_files(request: HttpRequest, refusal: Refusal) -> None:
    messages.warning(request, _("Your words are kept, the files are not: %(why)s") % {"why": refusal.detail})


def _from_draft(request: HttpRequest, case: Case, kind: str) -> Sequence[services.KeptFile]:
    """Files that came back with an undone send and that the person did not take off."""
    wanted = set(request.POST.getlist("kept"))
    draft = Draft.objects.filter(ticket=case.ticket, person=case.user, kind=kind).first() if wanted else None
    return services.files_of([fact for fact in draft.files if fact["key"] in wanted]) if draft else []


def _note(request: HttpRequest, case: Case, form: MessageForm) -> None:
    told = form.cleaned_data
    if not told["body"]:
        services.end_draft(ticket=case.ticket, person=case.user, kind="note", back=told["back"])
        _attach(case, told["files"], is_note=True)
        return
    note = services.note(
        ticket=case.ticket, body=told["body"], by=case.actor, now=case.now, token=told["token"]
    )  # fmt: skip
    services.end_draft(ticket=case.ticket, person=case.user, kind="note", back=told["back"])  # the ticket is held
    try:
        with transaction.atomic():
            _attach(case, told["files"], is_note=True, event=note.event)
    except Refusal as refusal:
        _warn_of_files(request, refusal)


def _attach(case: Case, files: list[Any], *, is_note: bool, event: TicketEvent | None = None) -> None:
    if files:
        services.attach(
            ticket=case.ticket, uploads=files, by=case.actor, now=case.now, is_internal=is_note, event=event
        )


@staff_page
@require_safe
def waiting(request: StaffRequest, reference: str, token: uuid.UUID) -> HttpResponse:
    """What became of a reply that waited: the row again, the message, or that it came back."""
    case = load(request, reference)
    if not request.headers.get("HX-Request"):
        return redirect(case.ticket)
    services.release_due(now=case.now, ticket=case.ticket)
    row = WaitingReply.objects.filter(ticket=case.ticket, token=token).select_related("author").first()
    said = Reply.objects.filter(ticket=case.ticket, event__key=services.form_key(token)).select_related("author")
    context = {
        "ticket": case.ticket,
        "row": composer.waits(row, case) if row else None,
        "reply": (reply := said.first()),
        "author": str(reply.author) if reply else "",
        "is_mine": said.filter(author=case.user).exists(),
        "is_back": Draft.objects.filter(ticket=case.ticket, person=case.user).exclude(returned="").exists(),
    }
    return render(request, "screens/writing/waited.html", context)


@staff_page
@require_POST
def undo_send(request: StaffRequest, reference: str, token: uuid.UUID) -> HttpResponse:
    case = load(request, reference)
    is_waiting = WaitingReply.objects.filter(ticket=case.ticket, token=token, author=case.user).exists()
    if not is_waiting and not case.ticket.events.filter(key=services.form_key(token)).exists():
        raise Http404
    try:
        services.call_back(token=token, by=case.actor, now=case.now)
    except Refusal as refusal:
        messages.warning(request, refusal.detail)
        return redirect(case.ticket)
    messages.success(request, _("Not sent. Your reply is a draft again"))
    return redirect(f"{case.ticket.get_absolute_url()}?write=reply#composer-body")
