"""Two people recorded something about the same ticket: which of it contradicts. The rest merges. Pure."""

from tickets.event_types import TYPES

# These may stand beside each other, however many people write them.
REPEATABLE = frozenset({"crisis_entry"})
# Who waits for the customer does not work, and the other way round: one of the two is wrong about the clocks.
AGAINST_WAITING = ("resumed", "departed", "arrived", "remote_started", "restored", "resolved")
PAIRS = frozenset(
    frozenset(pair)
    for pair in (
        *(("waiting", other) for other in AGAINST_WAITING),
        ("remote_granted", "remote_refused"),
        ("departed", "visit_failed"),
        ("arrived", "visit_failed"),
        ("restored", "not_satisfied"),
        ("restored", "reopened"),
        ("resolved", "not_satisfied"),
        ("resolved", "reopened"),
        ("satisfied", "not_satisfied"),
        ("closed", "not_satisfied"),
        ("closed", "reopened"),
        ("crisis_opened", "crisis_closed"),
        ("change_answered", "change_confirmed"),
    )
)
assert {name for pair in PAIRS for name in pair} | REPEATABLE <= TYPES.keys()


def contradict(one: str, other: str) -> bool:
    """The same said twice may differ in its time; the opposite cannot both be so."""
    return one not in REPEATABLE if one == other else frozenset((one, other)) in PAIRS
