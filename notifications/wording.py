"""The sentences that differ only by what happened, and the names of the mails behind the bell. Text only."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

REPLY_STOPPED = "reply_stopped"  # a notice of no rule: to the author alone

PROGRESS: dict[str, LazyText] = {
    "diagnosed": _("We have found the cause and propose a solution."),
    "departed": _("Our engineer is on the way to you."),
    "arrived": _("Our engineer is on site."),
    "visit_failed": _("The visit could not take place as planned. We will come back to you."),
    "visit_planned": _("A visit has been booked."),
    "visit_done": _("The visit is done."),
    "spare_dispatched": _("The replacement part is on its way."),
    "spare_delivered": _("The replacement part has been delivered."),
    "loaner_installed": _("A loan unit has been installed."),
    "report_sent": _("Your report is ready."),
    "report_renewed": _("A new edition of your report is ready."),
    "change_answered": _("We have answered your change request in writing."),
    "change_delivered": _("Your change has been delivered."),
    "work_moved": _("The work is planned for other days now."),
    "acceptance_unsigned": _("Nobody was there to sign. Please read it and sign it on its page."),
}
# Of an inspection by phone or remotely; "" stands with its manner in `inspections.manners`.
AFAR: dict[str, LazyText | str] = {
    "visit_planned": "",
    "visit_failed": _("The inspection could not take place as planned. We will come back to you."),
    "visit_done": _("The inspection is done."),
    "visit_agreed": _("The customer agrees to the date of the inspection."),
    "visit_days_proposed": _("The customer proposes other dates for the inspection."),
}
DECISIONS: dict[str, LazyText] = {
    "remote_granted": _("The customer allows remote work."),
    "remote_refused": _("The customer does not allow remote work."),
    "satisfied": _("The customer says that it works."),
    "not_satisfied": _("The customer says that it does not work yet."),
    "reopened": _("The ticket was re-opened."),
    "change_confirmed": _("The customer has confirmed the change."),
    "visit_agreed": _("The customer agrees to the date of the visit."),
    "visit_days_proposed": _("The customer proposes other dates for the visit."),
    "report_acknowledged": _("The customer has read the report."),
    "report_commented": _("The customer has commented on the report."),
    "access_changed": _("The access notes of the site were changed."),
}
NEEDS: dict[str, LazyText] = {
    "step_late": _("A step of planned work is late."),
    "spare_needed": _("A spare part is needed."),
    "loaner_requested": _("A loan unit is requested from the regional depot."),
}
CRISES: dict[str, LazyText] = {
    "crisis_opened": _("A crisis was opened. An entry is due every hour."),
    "contingency_declared": _("A contingency was declared."),
}
SENTENCES: dict[str, LazyText] = {**PROGRESS, **DECISIONS, **NEEDS, **CRISES}
# In a subject before the title, where the sentence would be two.
HEADLINES: dict[str, LazyText] = {
    "visit_failed": _("The visit could not take place"),
    "acceptance_unsigned": _("Please read and sign"),
    "crisis_opened": _("A crisis was opened"),
}
# One line each, for the bell and for the list in a summary.
HEADINGS: dict[str, LazyText] = {
    "received": _("We have received your report"),
    "new_ticket": _("New ticket for your team"),
    "assigned": _("This ticket is now yours"),
    "customer_replied": _("The customer has written"),
    "replied": _("New message"),
    "customer_decided": _("The customer has decided"),
    "level_set": _("Level changed"),
    "level_changed": _("Level changed"),
    "level_raised": _("Level raised"),
    "clock_warned": _("Time is running out"),
    "clock_missed": _("Late"),
    "crisis": _("Crisis"),
    "crisis_closed": _("The crisis is over"),
    "part_needed": _("Part needed"),
    "step_late": _("A step is late"),
    "progress": _("News of your report"),
    "visit_moved": _("The visit is at another time"),
    "visit_announced": _("Your visit is announced"),
    "consent_asked": _("May we work remotely?"),
    "waiting": _("We need your answer"),
    "restored": _("It works again"),
    "resolved": _("Resolved"),
    "closed": _("Closed"),
    "reopened": _("Opened again"),
    "cancelled": _("Cancelled"),
    "digest": _("Summary"),
    REPLY_STOPPED: _("Your reply did not leave"),
}
# Mails that say it in their own words, whatever the event.
NAMED = frozenset({REPLY_STOPPED, "visit_moved", "visit_announced"})


def heading(kind: str, event_type: str = "") -> str:
    """What happened, in a line; the event's own sentence where it has one."""
    sentence = SENTENCES.get(event_type) if kind not in NAMED else None
    words = sentence or HEADINGS.get(kind)
    return str(words) if words is not None else kind


def headline(kind: str, event_type: str = "") -> str:
    """The same without its full stop, for a subject in which the ticket's title follows."""
    words = HEADLINES.get(event_type)
    return str(words) if words is not None else heading(kind, event_type).rstrip(".。")
