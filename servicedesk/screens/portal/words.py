"""What customers read about their cases: whole sentences by target, state and event. Text only; decides nothing.

"You" is the reader, "we" the service organisation. No name of a colleague but who comes, no internal word.
"""

from collections.abc import Mapping

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from inspections import manners

Sentences = Mapping[str, LazyText]

PROMISED: Sentences = {
    "respond": _("We reply by %(at)s."),
    "diagnose": _("We propose a solution by %(at)s."),
    "reply": _("We propose a solution by %(at)s."),
    "solution": _("We propose a solution by %(at)s."),
    "start_remote": _("We start remote work by %(at)s."),
    "arrive": _("An engineer is with you by %(at)s."),
    "restore": _("We restore service by %(at)s."),
    "resolve": _("We solve it by %(at)s."),
    "replace_part": _("The spare part is with you by %(at)s."),
    "send_spare": _("We send the spare part by %(at)s."),
    "spare_on_site": _("The spare part is with you by %(at)s."),
    "upgrade": _("The upgrade is in place by %(at)s."),
    "fault_report": _("Our written report reaches you by %(at)s."),
    "change_reply": _("You have our written answer by %(at)s."),
    "change_delivery": _("We deliver the change by %(at)s."),
    "inspection_notice": _("We announce the visit by %(at)s."),
    "inspection_report": _("The visit report reaches you by %(at)s."),
}
BROKEN: Sentences = {
    "respond": _("We promised to reply by %(at)s."),
    "diagnose": _("We promised to propose a solution by %(at)s."),
    "reply": _("We promised to propose a solution by %(at)s."),
    "solution": _("We promised to propose a solution by %(at)s."),
    "start_remote": _("We promised to start remote work by %(at)s."),
    "arrive": _("We promised to be with you by %(at)s."),
    "restore": _("We promised to restore service by %(at)s."),
    "resolve": _("We promised to solve it by %(at)s."),
    "replace_part": _("We promised the spare part by %(at)s."),
    "send_spare": _("We promised to send the spare part by %(at)s."),
    "spare_on_site": _("We promised the spare part by %(at)s."),
    "upgrade": _("We promised the upgrade by %(at)s."),
    "fault_report": _("We promised our written report by %(at)s."),
    "change_reply": _("We promised our written answer by %(at)s."),
    "change_delivery": _("We promised to deliver the change by %(at)s."),
    "inspection_notice": _("We promised to announce the visit by %(at)s."),
    "inspection_report": _("We promised the visit report by %(at)s."),
}
# Most telling first, where several clocks run at once.
ORDER = tuple(PROMISED)

TITLES: Sentences = {
    "new": _("We have your report"),
    "in_progress": _("We are working on it"),
    "remote": _("We are working on it remotely"),
    "visit_booked": _("A visit is booked"),
    "on_the_way": _("An engineer is on the way"),
    "on_site": _("An engineer is on site"),
    "waiting": _("We are waiting for your answer"),
    "waiting_part": _("We are waiting for a spare part"),
    "restored": _("Service is restored"),
    "works_so_far": _("Service is restored"),
    "resolved": _("Does it work for you?"),
    "works": _("You told us that it works"),
    "closed": _("This case is closed"),
    "cancelled": _("This case was cancelled"),
}
# States in which the reader is asked for something.
NEEDS_READER = frozenset({"waiting", "restored", "resolved"})
# States of which a late promise says enough.
AT_WORK = frozenset({"new", "in_progress", "fails", "open_again"})
AFTERWARDS: Sentences = {
    "waiting": _("The promised times stand still until you answer."),
    "restored": _("Does it work for you? Tell us at once if it does not. We finish the remaining work."),
    "resolved": _("We have finished our work. Tell us whether it works; then we close the case."),
    "closed": _("If it fails again, you can open it again."),
}
# What the customer's side said of the work, where that still stands.
JUDGED: Sentences = {
    "works_so_far": _("You told us %(at)s that it works. We finish the remaining work."),
    "works": _("We noted it %(at)s. We close the case."),
    "fails": _("You told us %(at)s that it does not work yet. We go on with it."),
    "open_again": _("The case was opened again %(at)s. We go on with it."),
}
# Of a case that was merged into another one.
MERGED_TITLE = _("This case goes on under another number")
MERGED = _("It is about the same fault as %(number)s. We go on working there.")
MERGED_LINE = _("This case was joined with %(number)s, where the work goes on.")
NO_PROMISE = _("We answer as soon as we can. No time is promised for this.")
NO_TIMES_YET = _("The promised times are being worked out. Your report is safe with us.")
LATE = _("We are late")
WERE_LATE = _("We were late.")
NEW_TIME = _("The new time is %(at)s.")
NOW_EXPECTED = _("An engineer is now expected at %(at)s.")
NOW_EXPECTED_BY_NAME = _("%(name)s is now expected at %(at)s.")
EXPECTED = _("The engineer should be with you at about %(at)s.")
EXPECTED_BY_NAME = _("%(name)s should be with you at about %(at)s.")
SET_OUT = _("The engineer set out at %(at)s and is on the way to you.")
SET_OUT_BY_NAME = _("%(name)s set out at %(at)s and is on the way to you.")
HERE = _("The engineer has been with you since %(at)s.")
HERE_BY_NAME = _("%(name)s has been with you since %(at)s.")
PLANNED = _("The visit is planned for %(at)s.")
PROPOSED_TITLE = _("Do you agree to this time?")
PROPOSED = _("We propose to deliver the change by %(at)s.")
PROPOSED_NEXT = _("Once you agree, the time is promised.")
PROPOSED_PAST = _(
    "We proposed to deliver the change by %(at)s. That time has passed. Write to us which time suits you."
)
AGREED_TITLE = _("The change is agreed")
AGREED_PAST = _("We agreed on delivery by %(at)s. We have not delivered it yet.")
CALLED = _("We have not done it yet. The people responsible have been called.")
CALLED_AT = _("We have not done it yet. The people responsible were called at %(time)s: %(people)s.")
CALLED_THEN = _("We have not done it yet. The people responsible were called at %(time)s.")
CANCELLED = _("It was cancelled %(at)s. If you still need help, report it again.")
SINCE = _("The last step was %(at)s.")
ICONS = {
    "new": "saved",
    "in_progress": "sliders",
    "fails": "sliders",
    "open_again": "sliders",
    "remote": "keyboard",
    "visit_booked": "calendar",
    "on_the_way": "truck",
    "on_site": "visit",
    "waiting": "pause",
    "waiting_part": "box",
    "restored": "check",
    "works_so_far": "check",
    "resolved": "check",
    "works": "check",
    "closed": "check",
    "cancelled": "x",
}

# What the thread tells of the public events; one that is not here is not told.
EVENTS: Sentences = {
    "responded": _("We got in touch with you."),
    "diagnosed": _("We proposed a solution."),
    "remote_requested": _("We asked you for remote access."),
    "remote_granted": _("Remote access was allowed."),
    "remote_refused": _("Remote access was not allowed."),
    "remote_started": _("We started remote work."),
    "remote_failed": _("Remote work did not help; somebody has to come."),
    "departed": _("An engineer set out to you."),
    "arrived": _("An engineer arrived."),
    "visit_failed": _("The visit did not succeed. We are arranging another one."),
    "spare_needed": _("A spare part is needed."),
    "spare_dispatched": _("The spare part was sent."),
    "spare_delivered": _("The spare part arrived."),
    "loaner_installed": _("A replacement unit was installed."),
    "waiting": _("We are waiting for your answer. The promised times stand still."),
    "resumed": _("Work goes on, and so do the promised times."),
    "restored": _("Service was restored."),
    "resolved": _("We finished our work."),
    "report_sent": _("Our written report was sent."),
    "report_renewed": _("A new edition of our written report was sent."),
    "satisfied": _("It was confirmed that everything works."),
    "not_satisfied": _("It does not work yet. The case is open again."),
    "closed": _("The case was closed."),
    "reopened": _("The case was opened again."),
    "cancelled": _("The case was cancelled."),
    "change_answered": _("We answered the change request in writing."),
    "change_confirmed": _("The change was agreed."),
    "change_delivered": _("The change was delivered."),
    "visit_planned": _("A visit was booked."),
    "step_done": _("Done: %(step)s."),
    "acceptance_signed": _("It was signed."),
    "acceptance_unsigned": _("Nobody was there to sign. Please read it and sign it on its page."),
    "work_moved": _("The work was moved to other days: %(days)s."),
    "notice_sent": _("The visit was announced."),
    "visit_done": _("The visit took place."),
    "visit_moved": _("The visit was moved to another time."),
    "visit_agreed": _("The date of the visit was agreed."),
    "visit_days_proposed": _("Other dates were proposed for the visit."),
    "visit_days_declined": _("The proposed dates do not suit us."),
    "level_confirmed": _("We agreed how urgent it is: %(level)s."),
    "level_changed": _("We changed how urgent it is from “%(old)s” to “%(level)s”."),
    "level_raised": _("A promised time had passed, so we treat it as more urgent: %(level)s."),
}
AFAR: Sentences = {
    "notice_sent": _("The inspection was announced."),
    "visit_done": _("The inspection took place."),
    "visit_moved": _("The inspection was moved to another time."),
    "visit_agreed": _("The date of the inspection was agreed."),
    "visit_days_proposed": _("Other dates were proposed for the inspection."),
}


def event_of(kind: str, manner: str) -> LazyText:
    """The line of an event; of an inspection by phone or remotely none says that somebody comes."""
    if manner not in manners.AFAR:
        return EVENTS[kind]
    return manners.AFAR[manner]["booked"] if kind == "visit_planned" else AFAR.get(kind, EVENTS[kind])


EVENT_ICONS = {
    "step_done": "check",
    "acceptance_signed": "sign",
    "acceptance_unsigned": "sign",
    "work_moved": "calendar",
    "departed": "truck",
    "arrived": "visit",
    "waiting": "pause",
    "restored": "check",
    "resolved": "check",
    "satisfied": "check",
    "closed": "check",
    "spare_needed": "box",
    "spare_dispatched": "truck",
    "spare_delivered": "box",
    "level_raised": "escalate",
    "visit_planned": "calendar",
    "visit_agreed": "check",
    "visit_days_proposed": "calendar",
    "visit_days_declined": "calendar",
    "reopened": "undo",
    "not_satisfied": "undo",
}
