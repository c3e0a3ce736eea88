"""The rows of `tickets`: the ledger itself; what people keep while they read and write stands in modules beside it."""

from tickets.models.ledger import Attachment, Link, NextTicketNumber, Note, Reply, Ticket, TicketEvent
from tickets.models.reading import ReadMark
from tickets.models.reporting import PendingFile, ReportDraft
from tickets.models.survey import Better, SurveyAnswer
from tickets.models.writing import TAKE_BACK, Draft, RecentAction, RecentPart, SavedReply, WaitingReply

__all__ = [
    "TAKE_BACK",
    "Attachment",
    "Better",
    "Draft",
    "Link",
    "NextTicketNumber",
    "Note",
    "PendingFile",
    "ReadMark",
    "RecentAction",
    "RecentPart",
    "Reply",
    "ReportDraft",
    "SavedReply",
    "SurveyAnswer",
    "Ticket",
    "TicketEvent",
    "WaitingReply",
]  # fmt: skip
