"""Who hears of what: one table, event by event. Pure; knows no database and no mail.

Customers hear of public events only; a row for them whose event is internal is refused when the program starts.
Whom the ladder calls is data of the scheme; here stands only which events call it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tickets.event_types import PUBLIC


class Audience(StrEnum):
    """CUSTOMERS: reporter, contact address and customers who follow. FOLLOWERS: staff who follow. DESK: the owner, and
    while there is none the team, or else the leads. TEAM: the bell of the team. LADDER: whom the scheme calls.
    """

    CUSTOMERS = "customers"
    FOLLOWERS = "followers"
    OWNER = "owner"
    DESK = "desk"
    TEAM = "team"
    LADDER = "ladder"
    STORE = "store"


@dataclass(frozen=True)
class Rule:
    """`kind` names the mail's text. `also_author`: a confirmation, so who did it hears of it too.

    `is_digestible`: several at once become one summary. `has_mail` false: the bell only. Of several rules that reach
    one person about one event, the first counts.
    """

    kind: str
    audiences: frozenset[Audience]
    also_author: bool = False
    is_digestible: bool = True
    has_mail: bool = True
    has_notice: bool = True


def _rule(kind: str, *audiences: Audience, **flags: bool) -> Rule:
    return Rule(kind, frozenset(audiences), **flags)


_C, _F, _O, _D, _T, _L, _S = Audience
_PROGRESS = _rule("progress", _C, _F)
_DECISION = _rule("customer_decided", _D)
_MOVED = _rule("visit_moved", _C, _F)
RULES: Mapping[str, tuple[Rule, ...]] = {
    "received": (
        _rule("received", _C, also_author=True, is_digestible=False, has_notice=False),
        _rule("assigned", _O),
        _rule("new_ticket", _T, has_mail=False),
    ),
    "level_confirmed": (_rule("level_set", _O, has_mail=False), _rule("level_changed", _C, _F)),
    "level_raised": (_rule("level_raised", _L), _rule("level_changed", _C, _F)),
    "diagnosed": (_PROGRESS,),
    "remote_requested": (_rule("consent_asked", _C, _F),),
    "remote_granted": (_DECISION,),
    "remote_refused": (_DECISION,),
    "departed": (_PROGRESS,),
    "arrived": (_PROGRESS,),
    "visit_failed": (_PROGRESS,),
    "visit_planned": (_PROGRESS,),
    "notice_sent": (_rule("visit_announced", _C, _F, is_digestible=False),),
    "visit_done": (_PROGRESS,),
    "spare_needed": (_rule("part_needed", _O, _S),),
    "spare_dispatched": (_PROGRESS,),
    "spare_delivered": (_PROGRESS,),
    "loaner_requested": (_rule("part_needed", _O, _S),),
    "loaner_installed": (_PROGRESS,),
    "waiting": (_rule("waiting", _C, _F, is_digestible=False),),
    "restored": (_rule("restored", _C, _F),),
    "resolved": (_rule("resolved", _C, _F),),
    "report_sent": (_PROGRESS,),
    "report_renewed": (_PROGRESS,),
    "report_acknowledged": (_rule("customer_decided", _D, has_mail=False),),
    "report_commented": (_DECISION,),
    "satisfied": (_rule("customer_decided", _D, has_mail=False),),
    "not_satisfied": (_DECISION,),
    "closed": (_rule("closed", _C, _F),),
    "reopened": (_DECISION, _rule("reopened", _C, _F)),
    "cancelled": (_rule("cancelled", _C, _F),),
    "change_answered": (_PROGRESS,),
    "change_confirmed": (_DECISION,),
    "change_delivered": (_PROGRESS,),
    "contingency_declared": (_rule("crisis", _L),),
    "crisis_opened": (_rule("crisis", _L),),
    "crisis_closed": (_rule("crisis_closed", _L),),
    "clock_warned": (_rule("clock_warned", _L),),
    "clock_missed": (_rule("clock_missed", _L),),
    "assigned": (_rule("assigned", _O), _rule("new_ticket", _T, has_mail=False)),
    "access_changed": (_DECISION,),
    "visit_agreed": (_DECISION,),
    "visit_days_proposed": (_DECISION,),
    "work_moved": (_PROGRESS,),
    "acceptance_unsigned": (_PROGRESS,),
    "step_late": (_rule("step_late", _D),),
}
REPLIED_BY_DESK = (_rule("replied", _C, _F, is_digestible=False),)
REPLIED_BY_CUSTOMER = (_rule("customer_replied", _D), _rule("replied", _C, _F, is_digestible=False))

for _type, _rules in RULES.items():
    if _type not in PUBLIC and any(Audience.CUSTOMERS in rule.audiences for rule in _rules):
        raise ValueError(f"{_type} is internal; customers must not hear of it")

# Nobody reported planned work: while nobody follows it, these go to the customer's people who see its site. Planning a
# visit tells nobody yet; announcing it does.
PLANNED = frozenset({"inspection", "job"})
TOLD_AT_THE_SITE = frozenset(
    {
        "notice_sent",
        "visit_done",
        "report_sent",
        "report_renewed",
        "replied",
        "waiting",
        "work_moved",
        "acceptance_unsigned",
    }
)

# A raise or a crisis tells of the miss it follows from: no second mail about that to the same person.
TELLS_OF_MISS = frozenset({"level_raised", "crisis_opened"})
# A ladder is the scheme's. Without one: whoever works on it, and once it is late his lead.
DEDICATED, TEAM_LEAD = "dedicated engineer", "team lead"
HOUSE_LADDER: Mapping[str, tuple[str, ...]] = {"clock_warned": (DEDICATED,)}
HOUSE_LADDER_LATE = (DEDICATED, TEAM_LEAD)
_GROUPS = (*RULES.values(), (_MOVED,), REPLIED_BY_DESK, REPLIED_BY_CUSTOMER)
KINDS = frozenset(rule.kind for rules in _GROUPS for rule in rules)


def rules_for(type_: str, data: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Empty: nobody hears of it."""
    if type_ == "replied":
        if data.get("from_customer"):
            return REPLIED_BY_CUSTOMER
        return () if _is_told(str(data.get("with", ""))) else REPLIED_BY_DESK
    if type_ == "resolved" and _is_told(str(data.get("with", ""))):
        return ()  # one press, and one question whether it works
    if type_ == "assigned":
        moved = {Audience.OWNER: "assignee", Audience.TEAM: "team"}
        changes = data.get("changes", {})
        return tuple(rule for rule in RULES[type_] if any(moved[audience] in changes for audience in rule.audiences))
    if type_ == "visit_planned" and data.get("moved_from"):
        return (_MOVED,)
    return RULES.get(type_, ())


def _is_told(type_: str) -> bool:
    """Customers hear of that event anyway: its mail carries what was said with it."""
    return any(Audience.CUSTOMERS in rule.audiences for rule in RULES.get(type_, ()))


def duty_code(called: str) -> str:
    """A name of a ladder as the duty list knows it: "maker's expert" is makers_expert there."""
    return re.sub(r"[^a-z0-9]+", "_", called.lower().replace("'", "").replace("’", "")).strip("_")
