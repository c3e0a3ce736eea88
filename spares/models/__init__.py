"""Parts, the places they lie in, the ledger of their movements, and who asked for them. Decides nothing.

Balances and the place of a serial number follow from the ledger by a trigger; nothing else may write them.
"""

from spares.models.catalogue import Part, Substitute
from spares.models.ledger import Balance, Movement, Piece, Reservation
from spares.models.requests import PartRequest
from spares.models.stores import Cover, Stocking, Store

__all__ = [
    "Balance",
    "Cover",
    "Movement",
    "Part",
    "PartRequest",
    "Piece",
    "Reservation",
    "Stocking",
    "Store",
    "Substitute",
]
