"""Papers: what a PDF says, as plain data, and the process that sets it. Pure.

Strings arrive as data and stay text; the process that sets a paper opens no network and writes no file.
"""

from inspections.paper.chart import Chart, Dot, Limit, Value, draw
from inspections.paper.document import (
    Advice,
    Block,
    Cards,
    Charts,
    Facts,
    Finding,
    Heading,
    Note,
    Paper,
    Picture,
    Pictures,
    Signature,
    Signatures,
    Table,
    Text,
)
from inspections.paper.setting import PaperError, set_pdf

__all__ = [
    "Advice", "Block", "Cards", "Chart", "Charts", "Dot", "Facts", "Finding", "Heading", "Limit", "Note", "Paper",
    "PaperError", "Picture", "Pictures", "Signature", "Signatures", "Table", "Text", "Value", "draw", "set_pdf",
]  # fmt: skip
