"""Which events a person can record on a ticket now, grouped as people look for them, and the sensible next step.

What is legal is the lifecycle's word and what is allowed the policy's; here they are only put in order. Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.actors import Actor
from accounts.policies import may
from servicedesk.screens import ticket_event_rules
from servicedesk.screens.event_words import LOOKS
from tickets import lifecycle
from tickets.event_types import POSTABLE
from tickets.kinds import Kind
from tickets.policies import TABLE

Text = str | LazyText
# Verb plus object, for buttons and headings; the events themselves are named in the past tense.
VERBS: dict[str, Text] = {
    "level_confirmed": _("Change level"), "responded": _("Record reply by phone"),
    "diagnosed": _("Propose a solution"),
    "remote_requested": _("Ask for remote access"), "remote_granted": _("Grant remote access"),
    "remote_refused": _("Refuse remote access"), "remote_started": _("Start remote work"),
    "remote_failed": _("Remote work did not help"), "departed": _("Record departure"),
    "arrived": _("Record arrival"), "visit_failed": _("Record failed visit"),
    "spare_needed": _("Ask for a spare part"), "spare_dispatched": _("Record part sent"),
    "spare_delivered": _("Record part arrival"), "loaner_requested": _("Request a loaner"),
    "loaner_installed": _("Record loaner running"), "waiting": _("Wait for the customer"),
    "resumed": _("Resume work"), "restored": _("Restore service"), "resolved": _("Resolve ticket"),
    "report_sent": _("Record report sent"), "satisfied": _("Record that it works"),
    "not_satisfied": _("Record that it fails"), "closed": _("Close ticket"), "reopened": _("Re-open ticket"),
    "cancelled": _("Cancel ticket"), "contingency_declared": _("Declare a contingency"),
    "crisis_opened": _("Open a crisis"), "crisis_entry": _("Write a crisis record"),
    "crisis_closed": _("Close the crisis"), "change_answered": _("Record the written answer"),
    "change_confirmed": _("Record the confirmation"), "change_delivered": _("Record the delivery"),
    "visit_planned": _("Plan the visit"), "notice_sent": _("Record notice sent"),
    "visit_done": _("Record the visit"), "visit_agreed": _("Record that the date suits"),
    "visit_days_declined": _("Decline the proposed dates"), "maker_asked": _("Record that the maker was asked"),
    "maker_confirmed": _("Record the maker's yes"),
}  # fmt: skip
GROUPS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (pgettext_lazy("a request", "Change"), ("change_answered", "change_confirmed", "change_delivered")),
    (_("Inspection"), (
        "visit_planned", "notice_sent", "visit_agreed", "visit_days_declined", "maker_asked", "maker_confirmed",
        "visit_done",
    )),
    (_("First steps"), ("responded", "diagnosed", "level_confirmed")),
    (_("Remote work"), ("remote_requested", "remote_granted", "remote_refused", "remote_started", "remote_failed")),
    (_("Visit"), ("departed", "arrived", "visit_failed")),
    (_("Parts"), ("spare_needed", "spare_dispatched", "spare_delivered", "loaner_requested", "loaner_installed")),
    (_("Waiting"), ("waiting", "resumed")),
    (_("Restore and close"), (
        "restored", "resolved", "report_sent", "satisfied", "not_satisfied", "closed", "reopened", "cancelled",
    )),
    (_("Crisis"), ("contingency_declared", "crisis_opened", "crisis_entry", "crisis_closed")),
)  # fmt: skip
NEXT = {
    "waiting": "resumed", "visit_booked": "departed", "on_the_way": "arrived",
    "waiting_part": "spare_delivered", "restored": "resolved", "resolved": "closed", "closed": "reopened",
}  # fmt: skip
NEXT_OF_KIND: dict[Kind, dict[str, str]] = {
    Kind.CHANGE: {"new": "change_answered"},
    Kind.INSPECTION: {"new": "visit_planned", "visit_booked": "visit_done"},
}
# What such work ends with, where the state asks for nothing.
LAST = {Kind.CHANGE: "change_delivered", Kind.INSPECTION: "report_sent"}
# What a person does about the clock that is due next; for the rest restoring is the answer.
STOPS = {"reply": "diagnosed", "diagnose": "diagnosed", "arrive": "departed", "resolve": "resolved"}
REPLY = "reply"
# What is done on a page of its own, beside the ticket's.
PAGES = {"placed": "place/", "visit_planned": "move/"}


@dataclass(frozen=True)
class Step:
    type: str
    verb: Text
    icon: str

    @property
    def query(self) -> str:
        """Of its small form; empty: it has none."""
        if self.type in PAGES or self.type == REPLY:
            return ""
        return "?act=level" if self.type == "level_confirmed" else f"?act={self.type}"

    @property
    def address(self) -> str:
        if self.type in PAGES:
            return PAGES[self.type]
        return "#composer-body" if self.type == REPLY else f"{self.query}#act"


PLACE = Step("placed", _("Set customer"), LOOKS["placed"][0])


def step(type_: str) -> Step:
    return Step(type_, VERBS[type_], LOOKS.get(type_, ("info", ""))[0])


def is_possible(type_: str, status: lifecycle.Status, by: Actor, *, asks_consent: bool) -> bool:
    why_not = ticket_event_rules.unfitting(type_, status, asks_consent=asks_consent)
    return not why_not and may(by, POSTABLE[type_].action, TABLE)


def possible(status: lifecycle.Status, by: Actor, *, asks_consent: bool) -> list[tuple[Text, Sequence[Step]]]:
    """The groups with what fits now; a group with nothing is left out."""
    found: list[tuple[Text, Sequence[Step]]] = []
    for label, types in GROUPS:
        steps = [step(type_) for type_ in types if is_possible(type_, status, by, asks_consent=asks_consent)]
        if steps:
            found.append((label, steps))
    return found


def next_step(
    status: lifecycle.Status,
    by: Actor,
    *,
    asks_consent: bool,
    is_answered: bool,
    is_proposed: bool = False,
    urgent: Sequence[str] = (),
    owed: Sequence[str] = (),
) -> Step | None:
    """The one filled button: answer first, then what the state of the work asks for, then what stops the clock that
    is due next (`urgent`: open targets, the nearest first), else restore. `is_proposed`: a time waits for a yes.
    `owed`: the events that stop an open clock, which is all that is left to do on a closed ticket.
    """
    if not is_answered and not status.is_over and status.kind not in (Kind.CHANGE, Kind.INSPECTION, Kind.JOB):
        return Step(REPLY, _("Reply to the customer"), "reply") if may(by, "ticket.reply", TABLE) else None
    for wanted in ("change_confirmed",) if is_proposed else _wanted(status, urgent, owed):
        if is_possible(wanted, status, by, asks_consent=asks_consent):
            return step(wanted)
    return None


def _wanted(status: lifecycle.Status, urgent: Sequence[str], owed: Sequence[str]) -> Iterator[str]:
    """What makes sense now, the best first."""
    kind = Kind(status.kind)
    if status.shown == "closed":
        yield from owed
    if status.shown in NEXT_OF_KIND.get(kind, {}):
        yield NEXT_OF_KIND[kind][status.shown]
        return
    if status.shown in NEXT:
        yield NEXT[status.shown]
        return
    if kind in LAST:
        yield LAST[kind]
        return
    yield from (STOPS[target] for target in urgent[:1] if target in STOPS and status.shown in ("new", "in_progress"))
    yield "restored"
