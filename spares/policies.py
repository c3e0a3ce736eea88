"""What each role may do in the store room. Engineers keep their own van; whose van it is, services ask."""

from accounts.policies import Table
from accounts.roles import DESK, LEADS, STAFF, Role

KEEPERS = LEADS | {Role.STOREKEEPER}

TABLE: Table = {
    "spare.see": STAFF,
    "spare.ask": DESK | {Role.ENGINEER},  # a need is a fact of the case, as its event is
    "spare.move": KEEPERS,
    # Also naming a part that was asked for in words: the storekeeper knows its number.
    "spare.use": DESK | {Role.ENGINEER, Role.STOREKEEPER},
}
