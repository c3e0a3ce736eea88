"""The only writers of tickets. Import the module, not the names: `services.resolve(ticket=..., by=..., ...)`."""

from tickets.services.access import access_of, change_access
from tickets.services.agreeing import agree
from tickets.services.appointing import (
    LONGEST_VISIT,
    LONGEST_WORDS,
    MOST_DAYS,
    agree_to_visit,
    appointment_of,
    move_visit,
    propose_days,
)
from tickets.services.changes import assign, edit, unwatch, watch
from tickets.services.conversation import form_key, note, reply
from tickets.services.drafting import drop_draft, drop_pending, keep_draft, keep_pending, pending, sweep_drafts, whole
from tickets.services.drafts import as_files as files_of
from tickets.services.drafts import end as end_draft
from tickets.services.drafts import save_draft
from tickets.services.due import Promised, differs, set_promised
from tickets.services.files import KeptFile, attach, keep, stash, sweep_orphans
from tickets.services.files import check as check_files
from tickets.services.handing import answer_report, hand_report
from tickets.services.happenings import record, resolve, restore
from tickets.services.intake import Contact, Intake, Visit, report
from tickets.services.links import link, merge, unlink
from tickets.services.log import Addition, Entry, append_automatic
from tickets.services.log import read as read_logs
from tickets.services.placing import Foreseen, foresee_place, place
from tickets.services.reading import mark_of, mark_read
from tickets.services.remembering import Memory, forget_old, name_action, remembered
from tickets.services.saved_replies import drop_saved_reply, keep_saved_reply
from tickets.services.sending import THEN, Sent, call_back, release_due, said_since, send
from tickets.services.steps import tell_step
from tickets.services.survey import LONGEST_COMMENT, Answer, Asked, answer_survey
from tickets.services.survey import asked as survey_asked
from tickets.services.tagging import put_right as put_tags_right
from tickets.services.tagging import tag
from tickets.services.taking_back import TakenBack, retract, take_back

__all__ = [
    "LONGEST_COMMENT",
    "LONGEST_VISIT",
    "LONGEST_WORDS",
    "MOST_DAYS",
    "THEN",
    "Addition",
    "Answer",
    "Asked",
    "Contact",
    "Entry",
    "Foreseen",
    "Intake",
    "KeptFile",
    "Memory",
    "Promised",
    "Sent",
    "TakenBack",
    "Visit",
    "access_of",
    "agree",
    "agree_to_visit",
    "answer_report",
    "answer_survey",
    "append_automatic",
    "appointment_of",
    "assign",
    "attach",
    "call_back",
    "change_access",
    "check_files",
    "differs",
    "drop_draft",
    "drop_pending",
    "drop_saved_reply",
    "edit",
    "end_draft",
    "files_of",
    "foresee_place",
    "forget_old",
    "form_key",
    "hand_report",
    "keep",
    "keep_draft",
    "keep_pending",
    "keep_saved_reply",
    "link",
    "mark_of",
    "mark_read",
    "merge",
    "move_visit",
    "name_action",
    "note",
    "pending",
    "place",
    "propose_days",
    "put_tags_right",
    "read_logs",
    "record",
    "release_due",
    "remembered",
    "reply",
    "report",
    "resolve",
    "restore",
    "retract",
    "said_since",
    "save_draft",
    "send",
    "set_promised",
    "stash",
    "survey_asked",
    "sweep_drafts",
    "sweep_orphans",
    "tag",
    "take_back",
    "tell_step",
    "unlink",
    "unwatch",
    "watch",
    "whole",
]
