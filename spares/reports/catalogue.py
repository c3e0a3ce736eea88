"""Which parts of the catalogue are offered to who asks for one. Reads only."""

from spares.models import Part
from tickets.models import Ticket

SUGGESTED = 20


def suggested(ticket: Ticket | None, text: str = "") -> list[Part]:
    """By a search, or what fits the unit of the ticket; the first parts of the catalogue where nothing is known."""
    parts = Part.objects.in_use()
    if text:
        return list(parts.matching(text)[:SUGGESTED])
    unit = ticket.equipment if ticket else None
    fitting = list(parts.filter(products=unit.product_id)[:SUGGESTED]) if unit else []
    return fitting or list(parts[:SUGGESTED])
