"""Drawing the ticket page, for a visit and for a refused form alike: nothing typed is lost. Reads only."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import Team, User
from accounts.policies import may
from accounts.roles import Role
from customers.policies import TABLE as PLACES
from inspections import facts as inspections
from servicedesk.screens import (
    clock_rows,
    event_words,
    levels,
    ticket_event_rules,
    ticket_folds,
    ticket_list,
    ticket_owed,
    ticket_panels,
    ticket_steps,
    ticket_stream,
    ticket_times,
    ticket_why,
)
from servicedesk.screens.conflicts import Conflict
from servicedesk.screens.ticket_case import Case
from servicedesk.screens.ticket_forms import AssignForm, EditForm, EventForm, LevelForm, OtherTicketForm, TagForm
from servicedesk.screens.writing import composer
from sla import reports
from tickets import appointments, lifecycle, proposals, services
from tickets.event_types import POSTABLE
from tickets.kinds import State
from tickets.models import Ticket
from tickets.policies import TABLE
from tickets.tags import TAGGED


@dataclass
class Act:
    """The small form open on the page. `refusal`: the sentence of a rule that said no; `conflict`: see conflicts;
    `missing`: why what the form records does not fit now, which an earlier time may change.
    """

    name: str
    form: Any
    heading: Any
    refusal: str = ""
    missing: Any = ""
    conflict: Conflict | None = None
    preview: list[ticket_times.Line] | None = None
    was: dict[str, Any] | None = None


def page(
    request: HttpRequest,
    case: Case,
    act: Act | None = None,
    typed: composer.Typed | None = None,
    tag_form: TagForm | None = None,
    status: int = 200,
) -> HttpResponse:
    found = context(request, case, act)
    request.list_query = found["trail"].query  # type: ignore[attr-defined]  # for the views beside the page
    found |= {
        "composer_address": f"{case.ticket.get_absolute_url()}messages/",
        "composer": composer.of(case, typed, request.GET.get("write", ""), request.GET.get("saved", "")),
        "saved_replies_address": f"{case.ticket.get_absolute_url()}saved-replies/",
        "tag_form": tag_form or found["tag_form"],
        "has_errors": bool((act and (act.refusal or act.conflict or act.form.errors)) or tag_form)
        or bool(typed and (typed.error or typed.visit_error)),
    }
    return ticket_list.keep(request, render(request, "screens/ticket.html", found, status=status))


def part(request: HttpRequest, case: Case, name: str) -> HttpResponse:
    """One region by itself; it reads what it shows and no more."""
    if name not in PARTS:
        raise Http404
    act = act_of(case, request.GET.get("act", ""), request.GET) if name == "act" else None
    return render(request, f"screens/ticket_{name}.html", context(request, case, act))


def context(request: HttpRequest, case: Case, act: Act | None) -> dict[str, Any]:
    """Templates call what they use: each value is worked out when first asked for, and once."""
    query, ticket = request.GET, case.ticket
    return {
        "case": case,
        "ticket": ticket,
        "now": case.now,
        "level": case.level,
        "act": act,
        "act_address": f"{ticket.get_absolute_url()}{_door(act.name)}/" if act else "",
        "chosen_level": act.form["level"].value() if act and act.name == "level" else "",
        "is_mine": ticket.assignee_id == case.user.pk,
        "folds": ticket_folds.of(request),
        "is_asked_why": "why" in query,
        "trail": ticket_list.Trail(ticket, case.user, ticket_list.query_of(request), case.now),
        **{name: cache(partial(make, case, query)) for name, make in LAZY.items()},
    }


LAZY: dict[str, Callable[[Case, QueryDict], Any]] = {
    "standing": lambda case, query: case.standing,
    "clock_rows": lambda case, query: clock_rows.rows(case.standing, case.now),
    "why": lambda case, query: ticket_why.why(case, query.get("why", "")),
    "escalation": lambda case, query: ticket_panels.escalation(case),
    "cover": lambda case, query: ticket_panels.cover(case.ticket),
    "access": lambda case, query: services.access_of(case.ticket),
    "warranty_is_on": lambda case, query: ticket_panels.warranty_is_on(case.ticket, case.now),
    "level_text": lambda case, query: _level_text(case),
    "level_source": lambda case, query: event_words.level_source(case),
    "levels": lambda case, query: levels.all_of(case.ticket),
    "category": lambda case, query: event_words.value("category", case.ticket.category),
    "cause": lambda case, query: event_words.value("cause", case.ticket.cause),
    "level_rules": lambda case, query: ticket_panels.level_rules(case),
    "groups": lambda case, query: ticket_steps.possible(case.status, case.actor, asks_consent=case.ticket.asks_consent),
    "next_step": lambda case, query: _next_step(case),
    "owed": lambda case, query: ticket_owed.owed(case),
    "stream": lambda case, query: ticket_stream.stream(case, query.get("show", "all"), query.get("entries") == "all"),
    "can": lambda case, query: _permissions(case),
    "tag_form": lambda case, query: TagForm(),
    "tags_in_use": lambda case, query: Ticket.objects.visible_to(case.user).tags_in_use(),
    "owners": lambda case, query: case.staff,
    "is_watching": lambda case, query: case.user in case.watchers,
    "readers": lambda case, query: _readers(case.ticket, case),
    "earlier": lambda case, query: ticket_panels.earlier(case.ticket),
    "visits": lambda case, query: ticket_panels.visits(case),
    "appointment_row": lambda case, query: ticket_panels.appointment(case),
    "appointment": lambda case, query: appointments.of(lifecycle.in_force(case.log)),
    "spares": lambda case, query: ticket_panels.spares(case),
    "inspection": lambda case, query: inspections.of_ticket(case.ticket),
}
PARTS = frozenset({"act", "clocks", "clockstrip", "head", "panel", "stream", "why"})


def _next_step(case: Case) -> ticket_steps.Step | None:
    """Triage comes first: until it is known whose the work is, the wrong promise counts."""
    ticket = case.ticket
    if ticket.organisation_id is None and ticket.state == State.NEW and may(case.actor, "ticket.place", TABLE):
        return ticket_steps.PLACE
    running = [view for view in case.standing.clocks if view.is_open and view.due_at is not None]
    running.sort(key=lambda view: view.due_at)
    return ticket_steps.next_step(
        case.status,
        case.actor,
        asks_consent=ticket.asks_consent,
        is_answered=case.is_answered,
        is_proposed=proposals.of(lifecycle.in_force(case.log)).proposed_at is not None,
        urgent=[view.target for view in running],
        owed=[type_ for view in running for type_ in ticket_owed.stops(view)],
    )


def _door(name: str) -> str:
    return "events" if name in POSTABLE else name


def _permissions(case: Case) -> dict[str, bool]:
    """What the page offers; the services ask again."""
    actions = ("reply", "note", "edit", "assign", "link", "merge", "set_level", "work", "place")
    is_open = not case.status.is_over
    allowed = {name: may(case.actor, f"ticket.{name}", TABLE) for name in actions}
    closed_to = {"reply", "edit", "assign", "merge", "set_level", "place"}
    offered = {name: value and (is_open or name not in closed_to) for name, value in allowed.items()}
    asks = case.ticket.asks_consent
    return {
        **offered,
        "access": is_open and may(case.actor, "customer.write_access_notes", PLACES),
        "tag": may(case.actor, "ticket.tag", TABLE) and lifecycle.refusal(case.status, TAGGED) is None,
        "ask_spare": ticket_steps.is_possible("spare_needed", case.status, case.actor, asks_consent=asks),
        "departed": ticket_steps.is_possible("departed", case.status, case.actor, asks_consent=asks),
        "restore": ticket_steps.is_possible("restored", case.status, case.actor, asks_consent=asks),
    }


def _readers(ticket: Ticket, case: Case) -> str:
    name = str(ticket.reporter) if ticket.reporter else ticket.contact_name
    copied = len([person for person in case.watchers if not person.is_staff_member and person != ticket.reporter])
    if not name:
        return _("The customer will read this in the portal")
    if copied:
        return _("%(name)s and %(n)d copied will read this by e-mail and in the portal") % {"name": name, "n": copied}
    return _("%(name)s will read this by e-mail and in the portal") % {"name": name}


def _level_text(case: Case) -> str:
    scheme = case.standing.scheme
    level = scheme.level(case.ticket.level) if scheme else None
    return level.description if level else ""


def act_of(case: Case, name: str, query: Any = None) -> Act | None:
    """The small form asked for in the address; an unknown name or one that does not fit now opens nothing."""
    if name in POSTABLE and name != "level_confirmed":
        initial = EventForm.initial_for(case, POSTABLE[name])
        form = EventForm(initial=initial, **event_options(case, name))
        return Act(name, form, ticket_steps.VERBS[name], missing=missing(case, name))
    makers = {"level": _level_act, "edit": _edit_act, "assign": _assign_act, "link": _link_act, "merge": _merge_act}
    maker = makers.get("level" if name == "level_confirmed" else name)
    return maker(case, query or {}) if maker else None


def missing(case: Case, type_: str) -> Any:
    return ticket_event_rules.unfitting(type_, case.status, asks_consent=case.ticket.asks_consent)


def event_options(case: Case, type_: str) -> dict[str, Any]:
    """What the form of an event depends on: its type, and whether something can be said to the customer with it."""
    is_open = case.ticket.is_open or type_ in ("reopened", "report_sent")
    event_type = POSTABLE[type_]
    return {
        "now": case.now,
        "event_type": event_type,
        "engineers": _engineers(case) if type_ == "departed" else (),
        "can_tell": event_type.is_public and is_open and may(case.actor, "ticket.reply", TABLE),
    }


def _engineers(case: Case) -> list[User]:
    """Who may be on the way, where the desk writes it down; an engineer speaks of himself."""
    is_own = case.user.role == Role.ENGINEER
    return [] if is_own else [person for person in case.staff if person.role == Role.ENGINEER]


def _level_act(case: Case, query: Any) -> Act:
    chosen = query.get("level", "")
    form = LevelForm(
        initial={**LevelForm.basis(case.ticket), "level": chosen or case.ticket.level},
        choices=level_choices(case.ticket),
    )
    lacks = missing(case, "level_confirmed")
    return Act("level", form, _("Change level"), missing=lacks, preview=preview(case, chosen))


def level_choices(ticket: Ticket) -> list[tuple[str, str]]:
    return [
        (level.code, f"{level.code} · {level.name}" if level.name != level.code else level.code)
        for level in levels.all_of(ticket)
    ]


def preview(case: Case, level: str) -> list[ticket_times.Line] | None:
    """Old and new time of each clock, for a level of the scheme."""
    if level not in dict(level_choices(case.ticket)):
        return None
    then = reports.foreseen(case.ticket, case.now, case.log, "level_confirmed", {"level": level})
    return ticket_times.compare(case.standing, then, case.now)


def _edit_act(case: Case, query: Any) -> Act:
    initial = EditForm.initial_for(case.ticket)
    return Act("edit", EditForm(initial=initial, ticket=case.ticket), _("Edit ticket"), was=initial)


def _assign_act(case: Case, query: Any) -> Act:
    initial = {**AssignForm.basis(case.ticket), "assignee": case.ticket.assignee_id, "team": case.ticket.team_id}
    form = AssignForm(initial=initial, people=case.staff, teams=list(Team.objects.all()))
    return Act("assign", form, _("Assign ticket"))


def _link_act(case: Case, query: Any) -> Act:
    return Act("link", OtherTicketForm(), _("Link to another ticket"))


def _merge_act(case: Case, query: Any) -> Act:
    return Act("merge", OtherTicketForm(), _("Merge into another ticket"))


def require_known(act: Act | None) -> Act:
    if act is None:
        raise Http404
    return act
