"""What can be done with checklists, plans and visits, by verb."""

from inspections.services.analyses import (
    answer_analysis,
    ask_analysis,
    begin_analysis,
    keep_analysis,
    send_analysis,
    write_analysis,
)
from inspections.services.answering import MOST_ENTRIES, Entry, Taken, take
from inspections.services.appointments import differing, fill_missing, keep_appointments, rewrite
from inspections.services.asked import ask
from inspections.services.checklists import (
    check_document,
    discard_draft,
    import_bundle,
    import_document,
    load_shipped,
    make_checklist,
    publish,
    save_draft,
    set_retired,
)
from inspections.services.editions import LANGUAGES, LONGEST_COMMENT, Made, is_unchanged, words_of
from inspections.services.editions import WORDS as PAPER_WORDS
from inspections.services.feeds import feed_of, subscribe, token_of, unsubscribe
from inspections.services.findings import promise_of, suggested_level
from inspections.services.generating import generate
from inspections.services.making import fail_paper, put_back, take_paper
from inspections.services.photos import add_photo, form_key, photo_id, remove_photo
from inspections.services.plans import save_plan, set_active
from inspections.services.reference_pictures import bundle, keep_picture, sweep_pictures
from inspections.services.reports import (
    answer_report,
    ask_report,
    begin_report,
    keep_report,
    send_report,
    write_report,
)
from inspections.services.seen import Seen, SeenCheck
from inspections.services.settling import settle
from inspections.services.signing import (
    Signature,
    check_ready,
    checked,
    digest_of,
    finish,
    is_intact,
    reason_of,
    shown_of,
    sign_later,
    signer_of,
)
from inspections.services.unbeginning import has_given, may_take_back, take_back_begin
from inspections.services.visits import WORDS, add_sheet, begin, plain, unit_of, version_of, write_words
from inspections.services.warranties import plan_warranty_ends

__all__ = [
    "LANGUAGES", "LONGEST_COMMENT", "MOST_ENTRIES", "PAPER_WORDS", "WORDS", "Entry", "Made", "Seen", "SeenCheck",
    "Signature", "Taken", "add_photo", "add_sheet", "answer_analysis", "answer_report", "ask", "ask_analysis",
    "ask_report", "begin", "begin_analysis", "begin_report", "bundle", "check_document", "check_ready", "checked",
    "differing", "digest_of", "discard_draft", "fail_paper", "feed_of", "fill_missing", "finish", "form_key",
    "generate", "has_given", "import_bundle", "import_document", "is_intact", "is_unchanged", "keep_analysis",
    "keep_appointments", "keep_picture", "keep_report", "load_shipped", "make_checklist", "may_take_back", "photo_id",
    "plain", "plan_warranty_ends", "promise_of", "publish", "put_back", "reason_of", "remove_photo", "rewrite",
    "save_draft", "save_plan", "send_analysis", "send_report", "set_active", "set_retired", "settle", "shown_of",
    "sign_later", "signer_of", "subscribe", "suggested_level", "sweep_pictures", "take", "take_back_begin",
    "take_paper", "token_of", "unit_of", "unsubscribe", "version_of", "words_of", "write_analysis", "write_report",
    "write_words",
]  # fmt: skip
