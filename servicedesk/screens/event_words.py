"""One line of the log in words: what happened, by which rule. A registry by type; unknown types read by their label.

Text only: the log says what happened, nothing is worked out here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.instants import parse_instant
from jobs.words import moved_days, step_title, who_signed
from servicedesk import wording
from servicedesk.screens import ticket_calls
from servicedesk.screens.clock_rows import taken
from servicedesk.screens.ticket_case import Case
from sla import policy_text
from sla.reports import ClockView
from sla.words import target_label
from spares.words import step_of_part
from tickets import lifecycle, promises
from tickets.event_types import TYPES
from tickets.kinds import Category, Cause, LinkKind
from tickets.models import Better, TicketEvent

LOOKS: dict[str, tuple[str, str]] = {
    "received": ("flag", ""), "level_confirmed": ("flag", ""), "level_raised": ("escalate", "risk"),
    "responded": ("reply", ""), "diagnosed": ("check", ""), "remote_requested": ("lock", ""),
    "remote_granted": ("check", ""), "remote_refused": ("x", ""), "remote_started": ("globe", ""),
    "remote_failed": ("x", ""), "departed": ("truck", ""), "arrived": ("visit", ""), "visit_failed": ("x", ""),
    "spare_needed": ("box", ""), "spare_dispatched": ("box", ""), "spare_delivered": ("box", ""),
    "loaner_requested": ("swap", ""), "loaner_installed": ("swap", ""), "waiting": ("pause", "pause"),
    "resumed": ("clock", "pause"), "restored": ("check", "met"), "resolved": ("check", "met"),
    "report_sent": ("file", ""), "satisfied": ("check", "met"), "not_satisfied": ("undo", "risk"),
    "closed": ("check", ""), "reopened": ("undo", "risk"), "cancelled": ("x", ""),
    "contingency_declared": ("warn", "risk"), "crisis_opened": ("warn", "risk"), "crisis_entry": ("note", "risk"),
    "crisis_closed": ("check", ""), "clock_warned": ("escalate", "risk"), "clock_missed": ("stop", "breach"),
    "edited": ("pencil", ""), "assigned": ("user", ""), "linked": ("link", ""), "unlinked": ("link", ""),
    "tagged": ("tag", ""), "access_changed": ("site", ""),
    "attached": ("clip", ""), "change_answered": ("file", ""), "change_confirmed": ("sign", ""),
    "change_delivered": ("check", "met"), "visit_planned": ("calendar", ""), "notice_sent": ("bell", ""),
    "visit_done": ("inspect", "met"), "placed": ("site", ""), "retracted": ("undo", ""),
    "visit_unbegun": ("undo", ""),
    "survey_answered": ("reply", ""), "visit_agreed": ("check", "met"), "visit_days_proposed": ("calendar", "risk"),
    "visit_days_declined": ("x", ""), "maker_asked": ("users", ""), "maker_confirmed": ("check", ""),
    "step_done": ("check", "met"), "acceptance_signed": ("sign", "met"),
    "acceptance_unsigned": ("sign", "risk"),
    "part_moved": ("truck", ""),
    "work_moved": ("calendar", ""), "step_late": ("stop", "breach"),
    "report_renewed": ("file", ""), "report_acknowledged": ("check", ""), "report_commented": ("reply", ""),
}  # fmt: skip
GIVEN = frozenset({"received", "placed"})
LEVEL_EVENTS = GIVEN | {"level_confirmed", "level_raised"}
Words = Callable[[TicketEvent, Case], str]


@dataclass(frozen=True)
class Line:
    """`what` is bold; `who` did it; `more` follows after a colon; `rule` says why the program did it.

    `called`: who was called then, by role and name; of many the stream names the first.
    """

    what: str
    icon: str = "info"
    tone: str = ""
    who: str = ""
    more: str = ""
    rule: str = ""
    written_later: str = ""
    called: Sequence[str] = ()

    @property
    def called_words(self) -> str:
        return _("called: %(people)s") % {"people": ticket_calls.short(self.called)} if self.called else ""


def line(event: TicketEvent, case: Case) -> Line:
    icon, tone = LOOKS.get(event.type, ("info", ""))
    say = MORE.get(event.type)
    note = str(event.data.get("note", ""))
    more = " · ".join(filter(None, [say(event, case) if say else "", note]))
    is_late = not event.is_automatic and (event.recorded_at - event.occurred_at).total_seconds() > 60
    written = wording.moment(event.recorded_at, case.now, timezone.get_current_timezone()) if is_late else ""
    rule = _rule(event, case) if event.is_automatic else ""
    return Line(
        _what(event, case), icon, tone, case.name_of(event), more, rule, written, ticket_calls.people(event, case)
    )


def _what(event: TicketEvent, case: Case) -> str:
    if event.type in ("clock_warned", "clock_missed"):
        pattern = _("%(clock)s clock warned") if event.type == "clock_warned" else _("%(clock)s clock missed")
        return pattern % {"clock": _clock(event, case)}
    if event.type == "waiting":
        return _("Clocks paused: waiting for the customer")
    if event.type == "resumed":
        return _("Clocks running")
    return str(TYPES[event.type].label) if event.type in TYPES else event.type


def _clock(event: TicketEvent, case: Case) -> str:
    return target_label(str(event.data.get("target", "")), case.ticket.scheme_code)


def of_clocks(views: Sequence[ClockView]) -> Line:
    """Clocks that the same thing stopped in time, in one line; one alone says how much it took."""
    if len(views) == 1:
        return of_clock(views[0])
    names = policy_text.listed([views[0].label, *(view.label.lower() for view in views[1:])])
    return Line(_("%(clocks)s clocks met") % {"clocks": names}, "check", "met")


def of_clock(view: ClockView) -> Line:
    """What stopping a clock meant, derived from the plan: it is not in the log."""
    words = {
        "clock": view.label,
        "over": wording.duration(view.over_seconds, days=False),
    }
    if view.state == "met":
        return Line(_("%(clock)s clock met") % words, "check", "met", more=taken(view))
    return Line(_("%(clock)s clock stopped late") % words, "stop", "breach", more=_("%(over)s over") % words)


def _rule(event: TicketEvent, case: Case) -> str:
    """The sentence of the scheme that made the program write this."""
    scheme = case.standing.scheme
    if event.type == "resumed":
        return _("the customer answered")
    if scheme is None:
        return ""
    return next((rule.description for rule in scheme.consequences if rule.event == event.type), "")


def _level_change(event: TicketEvent, case: Case) -> str:
    words = {"old": event.data.get("from") or "–", "new": event.data.get("level", "")}
    text = _("from %(old)s to %(new)s") % words
    if event.type == "level_raised":
        text += " · " + _("%(clock)s was missed") % {"clock": _clock(event, case)}
    return "; ".join(filter(None, [text, _moved(event, case)]))


def _moved(event: TicketEvent, case: Case) -> str:
    """What it did to the time that matters most: "restore moved from Tue 11:50 to Tue 14:35"."""
    shift, zone = case.shifts.of(event), timezone.get_current_timezone()
    if shift.old is None or shift.new is None:
        return ""
    old, new = (wording.moment(at, case.now, zone) for at in (shift.old, shift.new))
    words = {"clock": target_label(shift.target, case.ticket.scheme_code).lower(), "old": old, "new": new}
    return _("%(clock)s moved from %(old)s to %(new)s") % words


def _resumed(event: TicketEvent, case: Case) -> str:
    lost = case.shifts.of(event).uncounted
    words = _("%(time)s not counted") % {"time": wording.duration(lost, days=False)} if lost else ""
    return "; ".join(filter(None, [words, _moved(event, case)]))


def level_source(case: Case) -> str:
    """Who set the level that the ticket has: the last word of the log about it."""
    known = reversed(lifecycle.in_force(case.log))
    latest = next((event for event in known if event.type in LEVEL_EVENTS and event.data.get("level")), None)
    if latest is None or (latest.type in GIVEN and not latest.data.get("is_level_given")):
        return _("Default, not confirmed yet.")
    if latest.type in GIVEN:
        return _("Given with the report.")
    if latest.type == "level_raised":
        return _moment(latest.occurred_at.isoformat(), case, _("Raised automatically %(moment)s."))
    name = case.name_of(latest)
    return _("Confirmed by %(name)s.") % {"name": name} if name else _("Confirmed over the interface.")


def _received(event: TicketEvent, case: Case) -> str:
    return _promised(event.data, bool(event.data.get("is_level_given")))


def _promised(facts: Mapping[str, Any], is_level_given: bool) -> str:
    """Level and scheme of that moment; triage may have given the ticket another scheme since."""
    code = str(facts.get("scheme", ""))
    try:
        name = promises.find(code, facts.get("scheme_version")).name
    except promises.UnknownPromise:
        name = ""
    by_whom = _("level %(level)s as given") if is_level_given else _("level %(level)s by default")
    return policy_text.clauses([by_whom, _("scheme %(scheme)s")]) % {
        "level": facts.get("level", ""),
        "scheme": name or code,
    }


def _warned(event: TicketEvent, case: Case) -> str:
    scheme, target = case.standing.scheme, str(event.data.get("target", ""))
    share = next((item.warn_percent for item in scheme.targets if item.code == target), 75) if scheme else 75
    return _("%(share)d%% of %(clock)s time used") % {"share": share, "clock": _clock(event, case).lower()}


def _due(event: TicketEvent, case: Case) -> str:
    return _moment(event.data.get("due_at"), case, _("due %(moment)s"))


def _moment(text: object, case: Case, pattern: str = "%(moment)s") -> str:
    try:
        at = parse_instant(str(text))
    except ValueError:
        return ""
    return pattern % {"moment": wording.moment(at, case.now, timezone.get_current_timezone())}


def _assigned(event: TicketEvent, case: Case) -> str:
    changes = event.data.get("changes", {})
    if "assignee" not in changes:
        return _("team changed")
    new = changes["assignee"][1]
    person = case.people.get(event.user_id) if event.user_id else None
    if person is not None and new == person.email:
        return _("took it")
    return case.names_by_email.get(new, new) if new else _("nobody")


FIELDS: dict[str, LazyText] = {
    "title": gettext_lazy("Subject"), "description": gettext_lazy("Description"), "category": gettext_lazy("Category"),
    "cause": gettext_lazy("Cause"), "contact_name": gettext_lazy("Contact"),
    "contact_email": gettext_lazy("E-mail address"), "contact_phone": gettext_lazy("Phone"),
}  # fmt: skip
PLACES: dict[str, LazyText] = {
    "organisation": gettext_lazy("Customer"), "site": gettext_lazy("Site"), "equipment": gettext_lazy("Equipment"),
}  # fmt: skip


CHOICES: dict[str, dict[str, Any]] = {"category": dict(Category.choices), "cause": dict(Cause.choices)}


def value(name: str, stored: Any) -> Any:
    """What people call it: a category has a name beside its code."""
    return CHOICES[name].get(stored, stored) if name in CHOICES else stored


def _edited(event: TicketEvent, case: Case) -> str:
    parts = []
    for name, (old, new) in event.data.get("changes", {}).items():
        short = name in ("title", "category", "cause")
        label = str(FIELDS.get(name, name))
        parts.append(f"{label}: {value(name, old) or '–'} → {value(name, new) or '–'}" if short else label)
    return "; ".join(parts)


def _placed(event: TicketEvent, case: Case) -> str:
    """The places that changed; the level and the scheme where another scheme followed."""
    changes = event.data.get("changes", {})
    pairs = [(label, changes.get(name, ["", ""])) for name, label in PLACES.items()]
    parts = [f"{label}: {old or '–'} → {new or '–'}" for label, (old, new) in pairs if old != new]
    if event.data.get("level"):
        parts.append(_promised(event.data["facts"], bool(event.data.get("is_level_given"))))
    return "; ".join(filter(None, [*parts, _moved(event, case)]))


def _linked(event: TicketEvent, case: Case) -> str:
    kind = dict(LinkKind.choices).get(event.data.get("kind", ""), "")
    return f"{kind} {event.data.get('to') or '← ' + str(event.data.get('from', ''))}"


def _tagged(event: TicketEvent, case: Case) -> str:
    added, removed = (", ".join(event.data.get(name, ())) for name in ("added", "removed"))
    parts = [added, _("removed: %(tags)s") % {"tags": removed} if removed else ""]
    return "; ".join(filter(None, parts))


def _attached(event: TicketEvent, case: Case) -> str:
    return policy_text.listed([file.name for file in case.files if file.event_id == event.pk])


def _retracted(event: TicketEvent, case: Case) -> str:
    return next((_what(other, case) for other in case.log if other.seq == event.data["seq"]), "")


def _cancelled(event: TicketEvent, case: Case) -> str:
    other = event.data.get("duplicate_of")
    return _("duplicate of %(number)s") % {"number": other} if other else ""


def _planned(event: TicketEvent, case: Case) -> str:
    if not event.data.get("moved_from"):
        return _moment(event.data.get("planned_at"), case, _("planned for %(moment)s"))
    old, new = (_moment(event.data.get(name), case) for name in ("moved_from", "planned_at"))
    return _("moved from %(old)s to %(new)s") % {"old": old, "new": new}


def _moved_days(event: TicketEvent) -> str:
    """From when to when, and why."""
    old, new = (wording.days(*moved_days(event.data, prefix)) for prefix in ("from_", ""))
    return _("moved from %(old)s to %(new)s") % {"old": old, "new": new} + f" · “{event.data['reason']}”"


def _offered(event: TicketEvent, case: Case) -> str:
    days = policy_text.listed([_moment(day, case) for day in event.data.get("days") or ()])
    words = str(event.data.get("words") or "")
    return " · ".join(filter(None, [days, f"“{words}”" if words else ""]))


def _survey(event: TicketEvent, case: Case) -> str:
    parts = [_("it works") if event.data.get("works") else _("it does not work yet")]
    if event.data.get("score"):
        parts.append(_("score %(score)d of 5") % {"score": event.data["score"]})
    labels = dict(Better.choices)
    parts += [str(labels[code]) for code in event.data.get("better") or () if code in labels]
    comment = str(event.data.get("comment", ""))
    return " · ".join([*parts, f"“{comment}”"] if comment else parts)


def _edition(event: TicketEvent) -> str:
    return _("edition %(number)d") % {"number": event.data.get("edition", 1)}


MORE: dict[str, Words] = {
    "received": _received,
    "resumed": _resumed,
    "level_confirmed": _level_change,
    "level_raised": _level_change,
    "clock_warned": _warned,
    "clock_missed": _due,
    "assigned": _assigned,
    "edited": _edited,
    "placed": _placed,
    "linked": _linked,
    "unlinked": _linked,
    "tagged": _tagged,
    "attached": _attached,
    "survey_answered": _survey,
    "report_renewed": lambda event, case: _edition(event),
    "report_acknowledged": lambda event, case: _edition(event),
    "report_commented": lambda event, case: f"{_edition(event)} · “{event.data.get('comment', '')}”",
    "cancelled": _cancelled,
    "step_done": lambda event, case: step_title(event.data["job"], event.data["step"]),
    "step_late": lambda event, case: step_title(event.data["job"], event.data["step"]),
    "acceptance_signed": lambda event, case: who_signed(event.data, case.name_of(event)),
    "acceptance_unsigned": lambda event, case: str(event.data.get("reason", "")),
    "work_moved": lambda event, case: _moved_days(event),
    "part_moved": lambda event, case: step_of_part(event.data),
    "retracted": _retracted,
    "change_answered": lambda event, case: _moment(event.data.get("proposed_at"), case, _("proposed: %(moment)s")),
    "change_confirmed": lambda event, case: _moment(event.data.get("agreed_at"), case, _("agreed for %(moment)s")),
    "departed": lambda event, case: _moment(event.data.get("expected_at"), case, _("expected %(moment)s")),
    "visit_planned": lambda event, case: _planned(event, case),
    "visit_days_proposed": lambda event, case: _offered(event, case),
    "visit_unbegun": lambda event, case: str(event.data.get("reason", "")),
    "maker_asked": lambda event, case: str(event.data.get("contact", "")),
    "maker_confirmed": lambda event, case: str(event.data.get("contact", "")),
    "not_satisfied": lambda event, case: _("service is down") if event.data.get("down") else "",
    "reopened": lambda event, case: _("service is down") if event.data.get("down") else "",
}
