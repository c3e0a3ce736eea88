"""The rows of `tickets`: the ledger itself; what people keep while they read and write stands in modules beside it."""

from tickets.models.ledger import Attachment, Link, NextTicketNumber, Note, Reply, Ticket, TicketEvent
from tickets.models.survey import Better, SurveyAnswer
from tickets.models.writing import TAKE_BACK, RecentAction, RecentPart

__all__ = [
    "TAKE_BACK", "Attachment", "Better", "Link", "NextTicketNumber", "Note", "RecentAction", "RecentPart", "Reply",
    "SurveyAnswer", "Ticket", "TicketEvent",
]  # fmt: skip
