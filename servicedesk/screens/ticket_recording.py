"""Recording an event and changing the level: one form, one service. Where somebody recorded something meanwhile that
contradicts it, both stand beside each other and the person chooses; the rest merges.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import Illegal, Refusal
from servicedesk.screens import conflicts, levels, ticket_event_rules, ticket_page, ticket_steps
from servicedesk.screens.access import StaffRequest, ticket_form
from servicedesk.screens.conflicts import Choice, Conflict
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_actions import attempt, back, conflicted, refused
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import EventForm, LevelForm
from servicedesk.screens.ticket_page import Act
from tickets import lifecycle, services
from tickets.event_types import POSTABLE
from tickets.refusals import SENTENCES


@ticket_form
def event(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    type_ = request.POST.get("type", "")
    if type_ not in POSTABLE or type_ == "level_confirmed":
        raise Http404
    form = EventForm(request.POST, request.FILES, **ticket_page.event_options(case, type_))
    act = Act(type_, form, ticket_steps.VERBS[type_])
    if not form.is_valid():
        return ticket_page.page(request, case, act, status=400)
    values = {"at": form.moment(), **form.values()}
    choice = Choice.of(request.POST, {**values, "event": type_})
    theirs = _theirs(case, choice, type_)
    if choice.theirs and choice.clashing == choice.theirs and not _adds(values, choice, theirs):
        return _left(request, case, form.cleaned_data)
    values |= {name: theirs[name] for name in choice.theirs if name in theirs}

    def judge(case: Case, seq: int) -> Conflict | None:
        labels = {name: field.label for name, field in form.fields.items()}
        return conflicts.of_event(case, seq, type_, values, labels)

    if no_visit := _no_visit(case, type_, values["at"]):
        return refused(request, case, act, Illegal(no_visit))
    try:
        conflict = judge(case, choice.seq) if choice.undecided else None
        act.refusal = _("Choose which value to keep.") if conflict else ""
        conflict = conflict or attempt(
            case, form, lambda version: _record(case, form, values, version),
            lambda case: judge(case, form.cleaned_data["seq"]),
        )  # fmt: skip
    except Refusal as refusal:
        return refused(request, case, act, refusal)
    if conflict:
        act.refusal = act.refusal or ("" if conflict.is_of_fields else _why_not(case, type_))
        return conflicted(request, case, act, conflict)
    return back(case, _("Recorded: %(event)s") % {"event": POSTABLE[type_].label}, request)


def _no_visit(case: Case, type_: str, at: datetime) -> str:
    """Of people at a page: only a visit that there was can fail. REST takes it as the contract says."""
    if type_ != "visit_failed":
        return ""
    before = [event for event in lifecycle.in_force(case.log) if event.occurred_at <= at]
    status = lifecycle.fold(case.ticket.kind, before)
    return str(ticket_event_rules.unfitting(type_, status, asks_consent=False))


def _record(case: Case, form: EventForm, values: dict[str, Any], version: int | None) -> None:
    at, fields = values["at"], {name: value for name, value in values.items() if name != "at"}
    goes = form.cleaned_data.get("engineer")
    if goes is not None and goes != case.ticket.assignee_id:  # the event names nobody: whose the ticket is goes
        who = User.objects.get(pk=goes)
        services.assign(ticket=case.ticket, assignee=who, by=case.actor, now=case.now, expected_version=version)
        version = None
    recorded = services.record(
        ticket=case.ticket, type=form.cleaned_data["type"], by=case.actor, at=at, now=case.now,
        note=form.whole_note(), message=form.cleaned_data.get("message", ""), fields=fields,
        expected_version=version,
    )  # fmt: skip
    if files := form.cleaned_data.get("files"):
        services.attach(ticket=case.ticket, uploads=files, by=case.actor, now=case.now, event=recorded)
    if form.is_final:
        services.record(ticket=case.ticket, type="resolved", by=case.actor, at=at, now=case.now, follows=recorded.type)


def _theirs(case: Case, choice: Choice, type_: str) -> dict[str, Any]:
    """What somebody else recorded of the same."""
    others = [event for event in conflicts.since(case, choice.seq) if event.type == type_] if choice.theirs else []
    return conflicts.values_of(others[-1]) if others else {}


def _adds(values: dict[str, Any], choice: Choice, theirs: dict[str, Any]) -> bool:
    """Whether something is left to record where theirs is kept: what they did not say."""
    own = values.keys() - choice.clashing
    return "event" not in choice.theirs and any(values[name] and theirs.get(name) is None for name in own)


def _why_not(case: Case, type_: str) -> str:
    reason = lifecycle.refusal(case.status, type_, asks_consent=case.ticket.asks_consent)
    return str(SENTENCES[reason]) if reason else ""


def _left(request: HttpRequest, case: Case, told: dict[str, Any]) -> HttpResponse:
    """What is saved stays; the words that were typed are said all the same."""
    with transaction.atomic():
        if told.get("message"):
            services.reply(ticket=case.ticket, body=told["message"], by=case.actor, now=case.now)
        if told.get("note"):
            services.note(ticket=case.ticket, body=told["note"], by=case.actor, now=case.now)
    return back(case, _("What is saved stays"), request)


@ticket_form
def level(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    form = LevelForm(request.POST, choices=ticket_page.level_choices(case.ticket))
    act = Act("level", form, _("Change level"), preview=ticket_page.preview(case, request.POST.get("level", "")))
    if "preview" in request.POST:
        form.errors.clear()
        return ticket_page.page(request, case, act)
    if not form.is_valid():
        return ticket_page.page(request, case, act, status=400)
    chosen = form.cleaned_data["level"]
    choice = Choice.of(request.POST, {"level": chosen})
    try:
        if choice.theirs:
            return _left(request, case, form.cleaned_data)
        conflict = conflicts.of_level(case, choice.seq, chosen) if choice.undecided else None
        act.refusal = _("Choose which value to keep.") if conflict else ""
        conflict = conflict or attempt(
            case, form, lambda version: _set_level(case, form, chosen, version),
            lambda case: conflicts.of_level(case, form.cleaned_data["seq"], chosen),
        )  # fmt: skip
    except Refusal as refusal:
        return refused(request, case, act, refusal)
    if conflict:
        act.preview = ticket_page.preview(case, chosen)
        return conflicted(request, case, act, conflict)
    return back(case, _("The level is now %(level)s") % {"level": chosen}, request)


def _set_level(case: Case, form: LevelForm, chosen: str, version: int | None) -> None:
    services.record(
        ticket=case.ticket, type="level_confirmed", by=case.actor, at=case.now, now=case.now,
        note=_reason(case, form, chosen), message=form.cleaned_data["message"], fields={"level": chosen},
        expected_version=version,
    )  # fmt: skip


def _reason(case: Case, form: LevelForm, chosen: str) -> str:
    """The log wants to know why a promise was made weaker; what the customer is told is why."""
    note: str = form.cleaned_data["note"]
    return note or (form.cleaned_data["message"] if levels.is_lower(case.ticket, chosen) else "")
