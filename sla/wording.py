"""The targets in the house's words, wherever they are named; `words.target_label` knows the others. Text only."""

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

TARGETS: dict[str, LazyText] = {
    "respond": _("Reply"),
    "diagnose": _("Diagnosis"),
    "reply": _("Proposed solution"),
    "solution": _("Proposed solution"),
    "arrive": _("Arrival"),
    "start_remote": _("Remote start"),
    "restore": _("Restore"),
    "resolve": _("Resolve"),
    "upgrade": _("Upgrade"),
    "replace_part": _("Replace part"),
    "send_spare": _("Send spare"),
    "spare_on_site": _("Spare on site"),
    "fault_report": _("Fault report"),
    "crisis_record": _("Crisis record"),
    "change_reply": _("Change reply"),
    "change_delivery": _("Change delivery"),
    "inspection_notice": _("Visit notice"),
    "inspection_report": _("Visit report"),
}
ORDER = {code: position for position, code in enumerate(TARGETS)}


# Why a stretch of a ledger does not count; its calendar says nothing that "closed" does not say.
REASONS: dict[str, LazyText | str] = {
    "waiting": _("waiting for the customer"),
    "after the due time": "",
    "the day of the start": _("the day of the start"),
    **dict.fromkeys(("24x7", "5x24", "5x8", "working-days"), ""),
}


def reason(why: str) -> str:
    return str(REASONS.get(why, why))
