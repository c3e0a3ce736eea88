"""The panels beside a ticket: escalation, visits, spares, cover. All of it comes from plan, scheme and log."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from customers import coverage
from inspections.models import Appointment
from servicedesk import wording
from servicedesk.screens import event_words, ticket_calls
from servicedesk.screens.ticket_case import Case
from sla import policy_text
from sla.words import target_label
from tickets import appointments, lifecycle
from tickets.event_types import TYPES
from tickets.models import Ticket, TicketEvent

SHOWN, SHOWN_EARLIER = 6, 4
VISITS = frozenset({"departed", "arrived"}) | appointments.TOLD_BY - {"closed", "cancelled", "reopened", "retracted"}
SPARES = frozenset({"spare_needed", "spare_dispatched", "spare_delivered", "loaner_requested", "loaner_installed"})
CALLING = frozenset(
    {"clock_warned", "clock_missed", "level_raised", "crisis_opened", "loaner_requested", "spare_needed"}
)


@dataclass(frozen=True)
class Told:
    """What called people, and them by role and name; `names` are all of them where `people` is shorter."""

    at: datetime
    what: str
    people: str = ""
    names: str = ""


@dataclass(frozen=True)
class Escalation:
    """Who was called so far, and what comes next by itself.

    `step` of `steps`: how far up the scheme's ladder the ticket's level is; 0 where nothing was escalated yet.
    """

    told: Sequence[Told]
    next_at: datetime | None
    next_words: str
    ladder: Sequence[str]  # whom the next step calls, where the words name only the first
    step: int = 0
    steps: int = 0
    latest: Told | None = None  # alone: its people are named


def escalation(case: Case) -> Escalation:
    calling = [event for event in lifecycle.in_force(case.log) if event.type in CALLING and event.is_automatic]
    told, latest = list(_told(case, calling[-SHOWN:])), next(_told(case, calling[-1:]), None)
    plan, scheme = case.standing.plan, case.standing.scheme
    timer = min(plan.timers, key=lambda timer: timer.at, default=None) if plan else None
    ladder = scheme.ladder_for(case.ticket.level) if scheme else None
    calls = ladder.calls if ladder else ()
    rungs = list(reversed(scheme.ladder)) if scheme and told else []
    if rungs and scheme and scheme.level(rungs[0].level) == scheme.gravest:
        rungs.reverse()  # written from the mildest level up or from the gravest down
    step = next((at for at, rung in enumerate(rungs, 1) if rung.level == case.ticket.level), 0)
    words = _next_words(timer.kind, timer.target, case.ticket.scheme_code, calls) if timer else ""
    is_cut = timer and timer.kind in ("warn", "miss") and ticket_calls.short(calls) != policy_text.listed(calls)
    return Escalation(
        told, timer.at if timer else None, words, calls if is_cut else (), step, len(rungs) if step else 0, latest
    )


def _told(case: Case, calling: Sequence[TicketEvent]) -> Iterator[Told]:
    """People called again and again are named once; after that they are the same people."""
    before: Sequence[str] = ()
    for event in calling:
        line = event_words.line(event, case)
        names = policy_text.listed(line.called)
        people = ticket_calls.short(line.called)
        if len(line.called) > 1 and line.called == before:
            people = ngettext("the same %(n)d person", "the same %(n)d people", len(before)) % {"n": len(before)}
        before = line.called or before
        what = " · ".join(filter(None, [line.what, line.rule]))
        yield Told(event.occurred_at, what, people, "" if names == people else names)


UNLESS: dict[str, LazyText] = {
    "respond": gettext_lazy("if nobody has replied"),
    "reply": gettext_lazy("if no solution is proposed"),
    "solution": gettext_lazy("if no solution is proposed"),
    "arrive": gettext_lazy("if nobody is on site"),
    "restore": gettext_lazy("if the service is not restored"),
    "resolve": gettext_lazy("if it is not resolved"),
}


def _next_words(kind: str, target: str, scheme: str, calls: Sequence[str]) -> str:
    """Whom the next step calls and what would stop it: "local manager, if nobody is on site"."""
    if kind not in ("warn", "miss"):
        return str(TYPES[kind].label) if kind in TYPES else kind
    clock = {"clock": target_label(target, scheme)}
    unless = str(UNLESS.get(target, _("if %(clock)s is still open") % {"clock": clock["clock"].lower()}))
    if calls:
        return _("%(people)s, %(unless)s") % {"people": ticket_calls.short(calls), "unless": unless}
    what = _("%(clock)s clock warns") if kind == "warn" else _("%(clock)s clock is missed")
    return _("%(what)s, %(unless)s") % {"what": what % clock, "unless": unless}


def level_rules(case: Case) -> Sequence[str]:
    """What a change of level does to running times, in the scheme's own words: people choose nothing here."""
    scheme = case.standing.scheme
    if scheme is None or len(scheme.levels) < 2:
        return ()
    return [policy_text.raises(scheme)[-1], _("If the level is lowered, times count from the report.")]


def earlier(ticket: Ticket) -> Sequence[Ticket]:
    """The last tickets of the same unit, one more than is shown: there are others."""
    if ticket.equipment_id is None:
        return ()
    same = Ticket.objects.filter(equipment=ticket.equipment_id).exclude(pk=ticket.pk)
    return list(
        same.only("number", "title", "language", "state", "received_at").order_by("-received_at")[:SHOWN_EARLIER]
    )


@dataclass(frozen=True)
class Happened:
    at: datetime
    what: str
    who: str
    more: str


def visits(case: Case) -> Sequence[Happened]:
    return _happened(case, VISITS)


def spares(case: Case) -> Sequence[Happened]:
    return _happened(case, SPARES)


def _happened(case: Case, types: frozenset[str]) -> Sequence[Happened]:
    """From the log, the latest last; what was taken back has not happened."""
    found = []
    for event in lifecycle.in_force(case.log):
        if event.type in types:
            line = event_words.line(event, case)
            found.append(Happened(event.occurred_at, line.what, line.who, line.more))
    return found[-SHOWN:]


def appointment(case: Case) -> Appointment | None:
    """With the plan behind it, which says whether the maker comes too."""
    rows = Appointment.objects.filter(ticket=case.ticket).select_related("ticket__inspection__plan")
    return rows.first()


@dataclass(frozen=True)
class Cover:
    """What the money side says: one tag, one reason."""

    label: str
    tone: str
    reason: str


def cover(ticket: Ticket) -> Cover:
    looks = {
        "covered": (_("Covered"), "met"),
        "in_warranty": (_("In warranty"), "met"),
        "chargeable": (_("Chargeable"), "risk"),
        "lapsed": (_("Contract ended"), "risk"),
    }
    label, tone = looks.get(ticket.coverage_status, (_("Cover unknown"), ""))
    return Cover(label, tone, coverage.reason_words(ticket.coverage_reason, wording.date_of))


def warranty_is_on(ticket: Ticket, now: datetime) -> bool | None:
    unit = ticket.equipment
    if unit is None or unit.warranty_starts_on is None or unit.warranty_ends_on is None:
        return None
    return unit.warranty_starts_on <= timezone.localdate(now) < unit.warranty_ends_on
