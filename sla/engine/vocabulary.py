"""The events every scheme speaks of, and what holds for them in every scheme ("Rules for every scheme").

Only names of events stand here, never the name of a scheme, level or target.
"""

from collections.abc import Mapping

# fmt: off
PEOPLE: frozenset[str] = frozenset((
    "received", "level_confirmed", "responded", "diagnosed", "remote_requested", "remote_granted", "remote_refused",
    "remote_started", "remote_failed", "departed", "arrived", "visit_failed", "spare_needed", "spare_dispatched",
    "spare_delivered", "loaner_requested", "loaner_installed", "waiting", "resumed", "restored", "resolved",
    "report_sent", "satisfied", "not_satisfied", "closed", "reopened", "cancelled", "contingency_declared",
    "crisis_opened", "crisis_entry", "crisis_closed", "change_answered", "change_confirmed", "change_delivered",
    "visit_planned", "notice_sent", "visit_done",
))
# fmt: on
PROGRAM_ONLY: frozenset[str] = frozenset(("clock_warned", "clock_missed", "level_raised"))
# What a consequence in a scheme may write; people may write them too.
CONSEQUENCES: frozenset[str] = frozenset(("spare_needed", "loaner_requested", "crisis_opened"))
ALL: frozenset[str] = PEOPLE | PROGRAM_ONLY

# A later step implies the earlier ones.
IMPLIES: Mapping[str, tuple[str, ...]] = {
    "resolved": ("restored", "responded"),
    "restored": ("responded",),
    "diagnosed": ("responded",),
    "remote_started": ("responded",),
    "arrived": ("responded",),
}

YEARLY = ("inspection", "call", "assurance", "training")  # planned work that a scheme promises so many times a year
PAUSES = "waiting"
RESUMES: frozenset[str] = frozenset(("resumed", "restored", "resolved", "closed", "cancelled"))
REOPENS: frozenset[str] = frozenset(("reopened", "not_satisfied"))
UNDOES: Mapping[str, frozenset[str]] = {
    "visit_failed": frozenset(("arrived",)),
    "reopened": frozenset(("restored", "resolved")),
    "not_satisfied": frozenset(("restored", "resolved")),
}
OUTLIVES_ROUND: frozenset[str] = frozenset(("received", "responded"))
ENDS: frozenset[str] = frozenset(("closed", "cancelled"))
ENDS_CRISIS: frozenset[str] = frozenset(("crisis_closed", "closed", "cancelled"))

# Targets apply to these kinds unless they say otherwise.
USUAL_KINDS: frozenset[str] = frozenset(("fault", "question", "complaint"))
KINDS: frozenset[str] = USUAL_KINDS | {"change", "inspection"}

INSTANT_FIELDS: tuple[str, ...] = ("agreed_at", "planned_at")

# What an event cannot do without.
NEEDS: Mapping[str, str] = {"level_confirmed": "level", "change_confirmed": "agreed_at", "visit_planned": "planned_at"}
