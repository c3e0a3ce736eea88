"""A scheme in words: durations, calendars, conditions, what moves a clock and what a miss sets off. Text only.

Works on what any scheme may say; it names no scheme, level or target of its own, so that an eighth scheme reads as
well as the seven that are shipped.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from customers.kinds import Category
from sla.engine import Scheme
from sla.engine.terms import (
    Condition,
    Consequence,
    Counted,
    Duration,
    LadderStep,
    Months,
    Target,
    Travel,
    Until,
    Warranty,
    WorkingDays,
    WorkingDaysBefore,
)

MINUTE_US, HOUR_US = 60_000_000, 3_600_000_000
ALWAYS = "24x7"
CALENDARS: Mapping[str, LazyText] = {
    ALWAYS: gettext_lazy("around the clock"),
    "5x24": gettext_lazy("on working days, day and night"),
    "5x8": gettext_lazy("in working hours"),
    "working-days": gettext_lazy("in working days"),
}
COUNTED: Mapping[str, LazyText] = {
    ALWAYS: gettext_lazy("counted around the clock"),
    "5x24": gettext_lazy("counted on working days, day and night"),
    "5x8": gettext_lazy("counted in working hours"),
    "working-days": gettext_lazy("counted in working days"),
}
STARTS: Mapping[str, LazyText] = {
    "5x24": gettext_lazy("starting on a working day"),
    "5x8": gettext_lazy("starting in working hours"),
    "working-days": gettext_lazy("starting on a working day"),
}
CALENDAR_MEANINGS: Mapping[str, LazyText] = {
    ALWAYS: gettext_lazy("Around the clock: every hour of every day, public holidays included."),
    "5x24": gettext_lazy(
        "On working days, day and night: from 00:00 to 24:00 on Monday to Friday, without public holidays; a Saturday "
        "or Sunday worked in exchange for a public holiday counts too."
    ),
    "5x8": gettext_lazy(
        "Working hours: 09:00 to 12:00 and 13:00 to 18:00 on Monday to Friday, without public holidays; a Saturday or "
        "Sunday worked in exchange for a public holiday counts too."
    ),
    "working-days": gettext_lazy(
        "Working days: Monday to Friday without public holidays, and a Saturday or Sunday worked in exchange for one. "
        "A time promised in working days ends at 18:00 on the last of them."
    ),
}
EVENTS: Mapping[str, LazyText] = {
    "received": gettext_lazy("your report reaches us"),
    "responded": gettext_lazy("a person answers you"),
    "diagnosed": gettext_lazy("we propose a solution"),
    "remote_failed": gettext_lazy("support from afar has failed"),
    "remote_started": gettext_lazy("work from afar begins"),
    "arrived": gettext_lazy("an engineer is with you"),
    "visit_failed": gettext_lazy("a visit fails"),
    "spare_needed": gettext_lazy("a spare part is needed"),
    "spare_dispatched": gettext_lazy("the spare part is sent"),
    "spare_delivered": gettext_lazy("the spare part is with you"),
    "loaner_requested": gettext_lazy("a loaner is requested"),
    "restored": gettext_lazy("the service works again"),
    "resolved": gettext_lazy("the matter is solved"),
    "report_sent": gettext_lazy("you get the report"),
    "crisis_opened": gettext_lazy("a crisis is opened"),
    "crisis_entry": gettext_lazy("the next entry is written"),
    "crisis_closed": gettext_lazy("the crisis is closed"),
    "change_answered": gettext_lazy("you get our answer in writing"),
    "change_confirmed": gettext_lazy("you confirm the change"),
    "change_delivered": gettext_lazy("the change is delivered"),
    "visit_planned": gettext_lazy("a visit is planned"),
    "notice_sent": gettext_lazy("you get the notice"),
    "visit_done": gettext_lazy("the visit is done"),
    "closed": gettext_lazy("the ticket is closed"),
    "cancelled": gettext_lazy("the ticket is cancelled"),
}
INSTANTS: Mapping[str, LazyText] = {
    "agreed_at": gettext_lazy("the agreed date"),
    "planned_at": gettext_lazy("the planned day"),
}
KINDS: Mapping[str, LazyText] = {
    "fault": gettext_lazy("faults"),
    "question": gettext_lazy("questions"),
    "complaint": gettext_lazy("complaints"),
    "change": gettext_lazy("change requests"),
    "inspection": gettext_lazy("inspections"),
}
CHANNELS: Mapping[str, LazyText] = {
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
    "portal": gettext_lazy("the portal"),
    "web": gettext_lazy("the web form"),
    "api": gettext_lazy("the interface"),
    "monitoring": gettext_lazy("monitoring"),
    "visit": gettext_lazy("a visit"),
}
CATEGORIES: Mapping[str, LazyText] = {category.value: category.label for category in Category}
CAUSES: Mapping[str, LazyText] = {
    "design_defect": gettext_lazy("a defect of design"),
    "wear": gettext_lazy("wear"),
    "operation": gettext_lazy("an operating error"),
    "environment": gettext_lazy("the environment"),
    "third_party": gettext_lazy("a third party"),
    "force_majeure": gettext_lazy("force majeure"),
}


def length(us: int) -> str:
    """Counted time, never turned into days: "30 minutes", "4 hours", "1 hour 30 minutes"."""
    hours, minutes = us // HOUR_US, us % HOUR_US // MINUTE_US
    parts = []
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if minutes or not hours:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes})
    return parts[0] if len(parts) == 1 else _("%(hours)s %(minutes)s") % {"hours": parts[0], "minutes": parts[1]}


def duration(value: Duration) -> str:
    """As a promise: "within 4 hours", "by the agreed date"."""
    if isinstance(value, Counted):
        if value.is_at_once:
            return _("at once (within %(time)s)") % {"time": length(value.us)}
        return _("within %(time)s") % {"time": length(value.us)}
    if isinstance(value, WorkingDays):
        pattern = ngettext("within %(n)d working day", "within %(n)d working days", value.days)
        return pattern % {"n": value.days}
    if isinstance(value, Months):
        return ngettext("within %(n)d month", "within %(n)d months", value.months) % {"n": value.months}
    if isinstance(value, Travel):
        return _travel(value)
    if isinstance(value, WorkingDaysBefore):
        pattern = ngettext(
            "at least %(n)d working day before %(moment)s", "at least %(n)d working days before %(moment)s", value.days
        )
        return pattern % {"n": value.days, "moment": _word(INSTANTS, value.field)}
    return _by(value)


def _by(value: Until) -> str:
    return _("by %(moment)s") % {"moment": _word(INSTANTS, value.field)}


def _travel(value: Travel) -> str:
    whole = _("within the travel time to your site and %(time)s") % {"time": length(value.plus_us)}
    if value.near_us is None:
        return whole
    near = {"time": length(value.near_us), "minutes": value.near_up_to_minutes}
    return _("within %(time)s for sites up to %(minutes)d minutes away, else %(whole)s") % {**near, "whole": whole}


def calendar(code: str) -> str:
    return str(CALENDARS.get(code, code))


@dataclass(frozen=True)
class Cell:
    """A target's promise at one level. `words` empty: not promised."""

    words: str = ""
    counting: str = ""

    @property
    def sentence(self) -> str:
        """ "within 4 hours, counted around the clock"."""
        return clauses([part for part in (self.words, self.counting) if part])


def cell(target: Target, level: str) -> Cell:
    value = target.within.get(level)
    if value is None:
        return Cell()
    return Cell(duration(value), _counting(target, level, value))


def _counting(target: Target, level: str, value: Duration) -> str:
    """How the time is counted; dates and working days say that themselves."""
    start, count = target.starts_on.get(level, ALWAYS), target.counts_on.get(level, ALWAYS)
    if not isinstance(value, Counted | Travel):
        return ""
    counted = str(COUNTED.get(count, "")) or _("counted in the calendar %(calendar)s") % {"calendar": count}
    if start in (ALWAYS, count):
        return counted
    return clauses([_word(STARTS, start), counted])


def condition(value: Condition, usual: Iterable[str]) -> str:
    """When a target counts, if not always: "when you write by e-mail"."""
    parts = []
    if value.kinds != frozenset(usual):
        parts.append(_("for %(kinds)s") % {"kinds": _words(KINDS, value.kinds)})
    if value.channels:
        parts.append(_("when the report comes by %(channels)s") % {"channels": _words(CHANNELS, value.channels)})
    if value.categories:
        parts.append(_("for the category %(categories)s") % {"categories": _words(CATEGORIES, value.categories)})
    if value.causes:
        parts.append(_("when the cause is %(causes)s") % {"causes": _words(CAUSES, value.causes)})
    if value.in_warranty is not None:
        parts.append(_("while the unit is in warranty") if value.in_warranty else _("when the warranty is over"))
    return listed(parts)


def moves(target: Target) -> str:
    """What starts the clock and what stops it."""
    facts = {"start": _words(EVENTS, target.starts), "stop": _words(EVENTS, target.stops)}
    return _("The clock starts when %(start)s, and stops when %(stop)s.") % facts


def extras(target: Target) -> list[str]:
    """What else holds for a target, one sentence each."""
    said = []
    if target.voids:
        said.append(_("It is no longer needed once %(event)s.") % {"event": _words(EVENTS, target.voids)})
    if not target.is_paused_by_waiting:
        said.append(_("It goes on while we wait for you."))
    if target.survives_closing:
        said.append(_("It runs on after the ticket is closed."))
    if target.repeats:
        said.append(_("Each time it stops or is missed, it starts anew."))
    if target.reopens == "always":
        said.append(_("It starts again when the ticket is re-opened."))
    elif target.reopens == "if_down":
        said.append(_("It starts again when the ticket is re-opened and the service is down."))
    return said


def consequence(value: Consequence, scheme: Scheme) -> str:
    """The scheme's own sentence; without one, what it says in general words."""
    if value.description:
        return value.description
    event = _word(EVENTS, value.event)
    name = next((target.name for target in scheme.targets if target.code in (value.missed, value.share_of)), "")
    if value.missed:
        return _("When “%(target)s” is missed, %(event)s.") % {"target": name, "event": event}
    if value.share_of:
        facts = {"percent": value.percent, "target": name, "event": event}
        return _("When %(percent)d%% of “%(target)s” is used up, %(event)s.") % facts
    facts = {"after": _word(EVENTS, value.after or ""), "event": event, "time": length(value.delay_us)}
    return _("%(time)s after %(after)s, %(event)s.") % facts


def raises(scheme: Scheme) -> list[str]:
    """What a miss does to the level, and what a raise by a person does to the clocks."""
    said = [
        _(
            "If “%(target)s” is missed, the fault is raised by one level, up to level %(top)s, and this time starts "
            "anew."
        )
        % {"target": target.name, "top": scheme.gravest.code}
        for target in scheme.targets
        if target.raises_level
    ]
    if len(scheme.levels) > 1:
        said.append(
            _("If a person raises the level, the times of the new level count from that moment.")
            if scheme.on_raise == "restart"
            else _("If a person raises the level, no running time becomes longer: the earlier due time counts.")
        )
    return said


def a_year(scheme: Scheme) -> list[str]:
    """What is counted against the plans of a contract, kind by kind."""
    say: dict[str, Callable[[int], str]] = {
        "inspection": lambda n: ngettext("%(n)d inspection", "%(n)d inspections", n),
        "call": lambda n: ngettext("%(n)d early-warning call", "%(n)d early-warning calls", n),
        "assurance": lambda n: ngettext("%(n)d event assurance", "%(n)d event assurances", n),
        "training": lambda n: ngettext("%(n)d training", "%(n)d trainings", n),
    }
    return [say[kind](n) % {"n": n} for kind, n in scheme.a_year.items()]


def warning(scheme: Scheme) -> str:
    """When people of the desk are warned; one sentence."""
    shares = sorted({target.warn_percent for target in scheme.targets})
    if not shares:
        return ""
    words = listed([_("%(n)d%%") % {"n": share} for share in shares])
    return _("Our people are warned when %(share)s of a time is used up, and called when it is missed.") % {
        "share": words
    }


def ladder_step(step: LadderStep) -> str:
    called = listed(step.calls)
    if step.handling_us is None:
        return called
    return _("%(people)s; handling time %(time)s") % {"people": called, "time": length(step.handling_us)}


def warranty(scheme: Scheme) -> str:
    """Empty: the scheme says nothing of a warranty."""
    terms = scheme.warranty
    parts = [_warranty_months(terms), terms.description]
    return sentences([part for part in parts if part])


def _warranty_months(terms: Warranty) -> str:
    months = terms.months
    if not months:
        return ""
    if terms.counts_from == "acceptance":
        words = ngettext("%(n)d month from acceptance.", "%(n)d months from acceptance.", months)
    elif terms.counts_from == "delivery":
        words = ngettext("%(n)d month from delivery.", "%(n)d months from delivery.", months)
    else:
        words = ngettext("%(n)d month.", "%(n)d months.", months)
    return words % {"n": months}


def not_promised(scheme: Scheme, kinds: Sequence[str]) -> str:
    """Which kinds of work the scheme promises nothing; empty when there are none."""
    missing = [kind for kind in kinds if kind not in scheme.kinds]
    if not missing:
        return ""
    return _("This scheme promises no times for %(kinds)s.") % {"kinds": _words(KINDS, missing)}


def calendars_used(scheme: Scheme) -> list[str]:
    """Codes of the calendars the scheme counts in, in the house's order."""
    used = {code for target in scheme.targets for level in target.within for code in _calendars(target, level)}
    return [code for code in CALENDARS if code in used] + sorted(used - set(CALENDARS))


def _calendars(target: Target, level: str) -> set[str]:
    value = target.within[level]
    if isinstance(value, WorkingDays | WorkingDaysBefore):
        return {"working-days"}
    return {target.starts_on.get(level, ALWAYS), target.counts_on.get(level, ALWAYS)}


def _word(table: Mapping[str, LazyText], code: str) -> str:
    return str(table.get(code, code.replace("_", " ")))


def _words(table: Mapping[str, LazyText], codes: Iterable[str]) -> str:
    """In the table's order, joined by "or"."""
    order = {code: position for position, code in enumerate(table)}
    words = [_word(table, code) for code in sorted(codes, key=lambda code: (order.get(code, len(order)), code))]
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": listed(words[:-1]), "last": words[-1]}


def listed(words: Sequence[str]) -> str:
    """ "a, b, c" with the reader's comma."""
    return _joined(words, pgettext("list", "%(first)s, %(next)s"))


def clauses(words: Sequence[str]) -> str:
    """Parts of one sentence with the comma that stands between clauses; Chinese has another one for lists."""
    return _joined(words, pgettext("two clauses", "%(first)s, %(next)s"))


def sentences(words: Sequence[str]) -> str:
    """Sentence after sentence; Chinese sets no space between them."""
    return _joined(words, pgettext("two sentences", "%(first)s %(next)s"))


def named(name: str, value: str) -> str:
    """ "Reply: by 10:35" with the reader's colon."""
    return pgettext("name and value", "%(name)s: %(value)s") % {"name": name, "value": value}


def _joined(words: Sequence[str], pattern: str) -> str:
    text = words[0] if words else ""
    for word in words[1:]:
        text = pattern % {"first": text, "next": word}
    return text
