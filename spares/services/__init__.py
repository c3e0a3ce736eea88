"""The only writers of the store room. Import the module, not the names: `services.reserve(request=..., by=..., ...)`.

Locks are taken in one order: the ticket, then the request, then stores, then balances (by the database, in key order).
"""

from spares.services.asking import answer_log, ask, cancel, forget_need, give_up, met_outside, name_part, split
from spares.services.ledger import OUTSIDE, Line, Spot, move, piece_of, reverse
from spares.services.offering import offered
from spares.services.places import road, shelf_at, van_of
from spares.services.reserving import choose_source, release, reserve
from spares.services.travelling import arrive, bring_back, hand_over, send, use

__all__ = [
    "OUTSIDE",
    "Line",
    "Spot",
    "answer_log",
    "arrive",
    "ask",
    "bring_back",
    "cancel",
    "choose_source",
    "forget_need",
    "give_up",
    "hand_over",
    "met_outside",
    "move",
    "name_part",
    "offered",
    "piece_of",
    "release",
    "reserve",
    "reverse",
    "road",
    "send",
    "shelf_at",
    "split",
    "use",
    "van_of",
]
