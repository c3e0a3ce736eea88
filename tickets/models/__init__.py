"""The rows of `tickets`: the ledger itself; what people keep while they read and write stands in modules beside it."""

from tickets.models.ledger import Attachment, Link, NextTicketNumber, Note, Reply, Ticket, TicketEvent

__all__ = ["Attachment", "Link", "NextTicketNumber", "Note", "Reply", "Ticket", "TicketEvent"]
