"""Every type of event the log knows: who may write it, whether the customer reads it, what stands beside it.

One table; forms, REST, lifecycle, policy and timeline read it. It decides no deadline: that is the scheme's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from tickets.kinds import Kind


class Writer(StrEnum):
    """Who adds an event: people through the one door, a service of its own (reply, assign ...), or the program."""

    PEOPLE = "people"
    SERVICE = "service"
    PROGRAM = "program"


@dataclass(frozen=True)
class EventType:
    """`action` is the policy entry; `fields` may stand beside the event; `kinds` empty means every kind."""

    code: str
    label: str | LazyText
    writer: Writer = Writer.PEOPLE
    is_public: bool = True
    action: str = "ticket.work"
    fields: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


_CHANGE = frozenset({Kind.CHANGE.value})
_INSPECTION = frozenset({Kind.INSPECTION.value})
_JOB = frozenset({Kind.JOB.value})
_PART = frozenset({"request"})  # the card of the store room it belongs to
_ALL = (
    EventType("received", _("Reported"), Writer.SERVICE),
    EventType("level_confirmed", _("Level confirmed"), action="ticket.set_level", fields=frozenset({"level"})),
    EventType("responded", _("Replied to the customer")),
    EventType("diagnosed", _("Solution proposed")),
    EventType("remote_requested", _("Remote access requested")),
    EventType("remote_granted", _("Remote access granted"), action="ticket.consent"),
    EventType("remote_refused", _("Remote access refused"), action="ticket.consent"),
    EventType("remote_started", _("Remote work started")),
    EventType("remote_failed", _("Remote work did not help")),
    EventType("departed", _("Engineer on the way"), fields=frozenset({"expected_at"})),
    EventType("arrived", _("Engineer on site")),
    EventType("visit_failed", _("Visit failed")),
    EventType("spare_needed", _("Spare part needed"), fields=_PART),
    EventType("spare_dispatched", _("Spare part sent"), action="ticket.move_spare", fields=_PART),
    EventType("spare_delivered", _("Spare part delivered"), action="ticket.move_spare", fields=_PART),
    EventType("loaner_requested", _("Loaner requested"), is_public=False, action="ticket.move_spare", fields=_PART),
    EventType("loaner_installed", _("Loaner installed"), fields=_PART),
    EventType("part_moved", _("Part on its way"), Writer.SERVICE, is_public=False, action="ticket.move_spare"),
    EventType("waiting", _("Waiting for the customer")),
    EventType("resumed", _("Work resumed")),
    EventType("restored", _("Service restored")),
    EventType("resolved", _("Resolved")),
    EventType("report_sent", _("Report sent")),
    EventType("satisfied", _("Customer satisfied"), action="ticket.judge"),
    EventType("not_satisfied", _("Customer not satisfied"), action="ticket.judge", fields=frozenset({"down"})),
    EventType("closed", _("Closed"), action="ticket.close"),
    EventType("reopened", _("Re-opened"), action="ticket.reopen", fields=frozenset({"down"})),
    EventType("cancelled", _("Cancelled"), action="ticket.cancel"),
    EventType("contingency_declared", _("Contingency declared"), is_public=False, action="ticket.lead"),
    EventType("crisis_opened", _("Crisis opened"), is_public=False, action="ticket.lead"),
    EventType("crisis_entry", _("Crisis record"), is_public=False),
    EventType("crisis_closed", _("Crisis closed"), is_public=False, action="ticket.lead"),
    EventType(
        "change_answered",
        _("Change answered in writing"),
        fields=frozenset({"proposed_at"}),
        kinds=_CHANGE,
    ),
    EventType(
        "change_confirmed",
        _("Change confirmed"),
        action="ticket.consent",
        fields=frozenset({"agreed_at"}),
        kinds=_CHANGE,
    ),
    EventType("change_delivered", _("Change delivered"), kinds=_CHANGE),
    EventType(
        "visit_planned",
        _("Visit booked"),
        fields=frozenset({"planned_at", "minutes", "moved_from", "takes"}),
        kinds=_INSPECTION,
    ),
    EventType("notice_sent", _("Notice sent"), fields=frozenset({"visit_at"}), kinds=_INSPECTION),
    EventType("visit_agreed", _("Date agreed"), action="ticket.consent", kinds=_INSPECTION),
    EventType(
        "visit_days_proposed", _("Other dates proposed"), Writer.SERVICE, action="ticket.consent", kinds=_INSPECTION
    ),
    EventType("visit_days_declined", _("Proposed dates declined"), kinds=_INSPECTION),
    EventType("maker_asked", _("Maker asked"), is_public=False, fields=frozenset({"contact"}), kinds=_INSPECTION),
    EventType(
        "maker_confirmed", _("Maker confirmed"), is_public=False, fields=frozenset({"contact"}), kinds=_INSPECTION
    ),
    EventType("visit_done", _("Visit done"), kinds=_INSPECTION),
    EventType("visit_unbegun", _("Begin of the visit taken back"), Writer.SERVICE, is_public=False, kinds=_INSPECTION),
    EventType("step_done", _("Step done"), Writer.SERVICE, kinds=_JOB, action="ticket.consent"),
    EventType("work_moved", _("Planned work moved"), Writer.SERVICE, kinds=_JOB),
    EventType("step_late", _("Step late"), Writer.PROGRAM, is_public=False, kinds=_JOB),
    EventType("acceptance_signed", _("Signed by the customer"), Writer.SERVICE, kinds=_JOB, action="ticket.consent"),
    EventType("acceptance_unsigned", _("Nobody there to sign"), Writer.SERVICE, kinds=_JOB),
    EventType("clock_warned", _("Clock warned"), Writer.PROGRAM, is_public=False),
    EventType("clock_missed", _("Clock missed"), Writer.PROGRAM, is_public=False),
    EventType("level_raised", _("Level raised"), Writer.PROGRAM),
    EventType("replied", _("Message"), Writer.SERVICE),
    EventType("noted", _("Internal note"), Writer.SERVICE, is_public=False),
    EventType("placed", _("Customer and place set"), Writer.SERVICE, is_public=False),
    EventType("edited", _("Changed"), Writer.SERVICE, is_public=False),
    EventType("access_changed", _("Access notes changed"), Writer.SERVICE, is_public=False),
    EventType("assigned", _("Assigned"), Writer.SERVICE, is_public=False),
    EventType("tagged", _("Tags"), Writer.SERVICE, is_public=False),
    EventType("linked", _("Linked"), Writer.SERVICE, is_public=False),
    EventType("unlinked", _("Link removed"), Writer.SERVICE, is_public=False),
    EventType("attached", _("File added"), Writer.SERVICE, is_public=False),
    EventType("survey_answered", _("Customer's answer"), Writer.SERVICE, is_public=False),
    EventType("report_renewed", _("New edition of the report sent"), Writer.SERVICE),
    EventType("report_acknowledged", _("Report acknowledged"), Writer.SERVICE, is_public=False),
    EventType("report_commented", _("Customer's comment on the report"), Writer.SERVICE, is_public=False),
    EventType("retracted", _("Taken back"), Writer.SERVICE, is_public=False),
)
TYPES: Mapping[str, EventType] = {event_type.code: event_type for event_type in _ALL}
POSTABLE: Mapping[str, EventType] = {code: entry for code, entry in TYPES.items() if entry.writer == Writer.PEOPLE}
PUBLIC = frozenset(code for code, entry in TYPES.items() if entry.is_public)
