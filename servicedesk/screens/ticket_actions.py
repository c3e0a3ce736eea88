"""What people do on the ticket page: each view takes one form to one service and comes back to the page.

A refusal of the house is shown on the page with its status (400, 403, 409) and everything that was typed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Team, User
from common.errors import Forbidden, Illegal, Invalid, Refusal, Stale
from common.whole_numbers import COUNT_DIGITS, whole_number
from servicedesk.screens import conflicts, ticket_case, ticket_page
from servicedesk.screens.access import StaffRequest, staff_page, ticket_form
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import AssignForm, EditForm, OtherTicketForm, TagForm
from servicedesk.screens.ticket_page import Act
from servicedesk.screens.writing.undo import address as undo_address
from tickets import services
from tickets.models import Ticket

STATUS: tuple[tuple[type[Refusal], int], ...] = ((Forbidden, 403), (Illegal, 409), (Stale, 409), (Invalid, 400))


def back(case: Case, said: str, request: HttpRequest, at: str = "") -> HttpResponse:
    """To the page (`at`: a region of it), with a toast; with Undo, if what was just written can be taken back."""
    if case.also:
        said = f"{said}. {case.also}"
    if case.action is not None:
        services.name_action(action=case.action, said=said)
    seen = whole_number(request.POST.get("seq", ""), digits=COUNT_DIGITS)
    if seen is not None:  # who acts has read what he saw
        services.mark_read(ticket=case.ticket, by=case.actor, seq=seen, now=case.now)
    undo = undo_address(case.action)
    messages.success(request, said, extra_tags=f"undo:{undo}" if undo else "")
    return redirect(f"{case.ticket.get_absolute_url()}{at}")


@contextmanager
def remembering(case: Case) -> Iterator[None]:
    """What is written inside can be taken back; whole or not at all."""
    with transaction.atomic(), services.remembered(by=case.actor, now=case.now) as memory:
        yield
    case.action = memory.action


def refused(request: HttpRequest, case: Case, act: Act, refusal: Refusal) -> HttpResponse:
    """Beside the field where there is one, else as a sentence above the form."""
    if isinstance(refusal, Invalid):
        for name, sentences in refusal.errors.items():
            for sentence in sentences:
                act.form.add_error(name if name in act.form.fields else None, sentence)
    else:
        act.refusal = refusal.detail
    return ticket_page.page(request, case, act, status=status_of(refusal))


def status_of(refusal: Refusal) -> int:
    return next((code for kind, code in STATUS if isinstance(refusal, kind)), 400)


def conflicted(request: HttpRequest, case: Case, act: Act, conflict: conflicts.Conflict) -> HttpResponse:
    """The form again, on top of what is saved now: what is chosen with the next press is meant."""
    act.conflict = conflict
    renewed = act.form.data.copy()
    renewed.update({"version": case.ticket.version, "seq": case.ticket.last_seq})
    act.form.data = renewed
    return ticket_page.page(request, case, act, status=409)


def attempt(
    case: Case, form: Any, write: Callable[[int | None], Any], judge: Callable[[Case], conflicts.Conflict | None]
) -> conflicts.Conflict | None:
    """Writes with the version the form was drawn from; when it moved on, only a change that matters stops it.

    Raises whatever the service refuses.
    """
    try:
        with remembering(case):
            write(form.cleaned_data.get("version"))
    except Stale:
        case.reread()
        conflict = judge(case)
        if conflict is not None:
            return conflict
        case.also = conflicts.also(case, form.cleaned_data.get("seq"), {})
        with remembering(case):
            write(case.ticket.version)
    return None


def undecided(case: Case, act: Act, choice: conflicts.Choice) -> conflicts.Conflict | None:
    """The conflict again, while for some field neither value was chosen."""
    conflict = conflicts.of_fields(case, choice.seq, choice.undecided, {}) if choice.undecided else None
    act.refusal = _("Choose which value to keep.") if conflict else ""
    return conflict


@ticket_form
def edit(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    form = EditForm(request.POST, ticket=case.ticket)
    was = {name: request.POST.get(f"was_{name}", "").replace("\r\n", "\n") for name in EditForm.FIELDS}
    act = Act("edit", form, _("Edit ticket"), was=was)
    if not form.is_valid():
        return ticket_page.page(request, case, act, status=400)
    choice = conflicts.Choice.of(request.POST, form.changes(was))
    yours = choice.yours

    def write(version: int | None) -> None:
        services.edit(ticket=case.ticket, changes=yours, by=case.actor, now=case.now, expected_version=version)

    try:
        conflict = undecided(case, act, choice) or attempt(
            case, form, write, lambda case: conflicts.of_fields(case, form.cleaned_data["seq"], yours, {})
        )
    except Refusal as refusal:
        return refused(request, case, act, refusal)
    if conflict:
        act.was = {**was, **{row.name: getattr(case.ticket, row.name) for row in conflict.differences}}
        return conflicted(request, case, act, conflict)
    return back(case, _("Saved"), request)


@ticket_form
def assign(request: StaffRequest, reference: str) -> HttpResponse:
    """An owner and perhaps a team; `me` is the button beside it."""
    case = load(request, reference)
    data = request.POST.copy()
    if "me" in data:
        data["assignee"] = str(case.user.pk)
    form = AssignForm(data, people=case.staff, teams=list(Team.objects.all()))
    act = Act("assign", form, _("Assign ticket"))
    if not form.is_valid():
        return ticket_page.page(request, case, act, status=400)
    owner = User.objects.filter(pk=form.cleaned_data["assignee"] or 0).first()
    team = Team.objects.filter(pk=form.cleaned_data["team"] or 0).first()

    def write(version: int | None) -> None:
        services.assign(
            ticket=case.ticket, assignee=owner, team=team, by=case.actor, now=case.now, expected_version=version
        )

    choice = conflicts.Choice.of(request.POST, {"assignee": owner.email if owner else ""})
    try:
        conflict = undecided(case, act, choice)
        if not conflict and choice.yours:
            conflict = attempt(
                case, form, write, lambda case: conflicts.of_fields(case, form.cleaned_data["seq"], choice.yours, {})
            )
    except Refusal as refusal:
        return refused(request, case, act, refusal)
    if conflict:
        return conflicted(request, case, act, conflict)
    if not choice.yours:
        return back(case, _("Nothing changed"), request)
    said = _("Assigned to %(name)s") % {"name": owner} if owner else _("Nobody owns it now")
    return back(case, said, request)


@ticket_form
def tags(request: StaffRequest, reference: str) -> HttpResponse:
    """Puts on what was typed, or takes off the one whose button was pressed; what others put there stays."""
    case = load(request, reference)
    form, off = TagForm(request.POST), request.POST.get("off", "")
    try:
        words = [off] if off else form.words()
        add, remove = ([], words) if off else (words, [])
        with remembering(case):
            services.tag(ticket=case.ticket, add=add, remove=remove, by=case.actor, now=case.now)
    except Refusal as refusal:
        form.add_error("tags", refusal.detail)
        return ticket_page.page(request, case, tag_form=form, status=status_of(refusal))
    said = _("Tag removed: %(tags)s") if off else _("Tagged: %(tags)s")
    return back(case, said % {"tags": ", ".join(words)}, request, "#tags")


@staff_page
@require_POST
def watch(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    if "stop" in request.POST:
        services.unwatch(ticket=case.ticket, user=case.user, by=case.actor)
        return back(case, _("You no longer follow this ticket"), request)
    services.watch(ticket=case.ticket, user=case.user, by=case.actor)
    return back(case, _("You follow this ticket"), request)


@ticket_form
def link(request: StaffRequest, reference: str) -> HttpResponse:
    return _with_other(request, reference, "link", _("Link to another ticket"), _link)


def _link(case: Case, other: Ticket, kind: str) -> str:
    services.link(ticket=case.ticket, target=other, kind=kind, by=case.actor, now=case.now)
    return _("Linked to %(number)s") % {"number": other.reference}


@ticket_form
def merge(request: StaffRequest, reference: str) -> HttpResponse:
    return _with_other(request, reference, "merge", _("Merge into another ticket"), _merge)


def _merge(case: Case, other: Ticket, kind: str) -> str:
    services.merge(ticket=case.ticket, into=other, by=case.actor, now=case.now)
    return _("Merged into %(number)s") % {"number": other.reference}


def _with_other(
    request: StaffRequest, reference: str, name: str, heading: str, write: Callable[[Case, Ticket, str], str]
) -> HttpResponse:
    case = load(request, reference)
    form = OtherTicketForm(request.POST)
    act = Act(name, form, heading)
    if not form.is_valid():
        return ticket_page.page(request, case, act, status=400)
    try:
        other = ticket_case.find(case.user, form.cleaned_data["number"])
        with remembering(case):
            said = write(case, other, form.cleaned_data["kind"] or "related")
    except Http404:
        form.add_error("number", _("There is no ticket with this number."))
        return ticket_page.page(request, case, act, status=400)
    except Invalid as refusal:
        form.add_error("number", refusal.detail)
        return ticket_page.page(request, case, act, status=400)
    except Refusal as refusal:
        return refused(request, case, act, refusal)
    return back(case, said, request)


@ticket_form
def unlink(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    other = ticket_case.find(case.user, request.POST.get("number", ""))
    with remembering(case):
        services.unlink(
            ticket=case.ticket, target=other, kind=request.POST.get("kind", ""), by=case.actor, now=case.now
        )
    return back(case, _("The link is removed"), request)
