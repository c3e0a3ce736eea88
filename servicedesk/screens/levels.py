"""Fault levels as the pages show them: a badge of one or two characters, its weight, its name in plain words.

The name and the weight are the scheme's; nothing here decides how grave something is.
"""

from dataclasses import dataclass

from tickets import promises
from tickets.models import Ticket

LABEL_LENGTH = 2


@dataclass(frozen=True)
class Badge:
    """What the level component draws."""

    label: str
    rank: int
    name: str = ""
    code: str = ""


def badge(code: str, severity: int | None, name: str = "") -> Badge:
    """Long codes ("urgent") show their first letter; the name says the rest."""
    label = code if len(code) <= LABEL_LENGTH else code[0].upper()
    return Badge(label or "–", severity or 4, name or ("" if label == code else code), code)


def of_ticket(ticket: Ticket) -> Badge:
    return badge(ticket.level, ticket.severity, name_of(ticket, ticket.level))


def name_of(ticket: Ticket, code: str) -> str:
    promise = promise_of(ticket)
    return promise.level_names.get(code, "") if promise else ""


def all_of(ticket: Ticket) -> list[Badge]:
    """The levels of the ticket's scheme, gravest first; empty while the scheme cannot be read."""
    promise = promise_of(ticket)
    if promise is None:
        return []
    found = [badge(code, severity, promise.level_names.get(code, "")) for code, severity in promise.levels.items()]
    return sorted(found, key=lambda level: level.rank)


def promise_of(ticket: Ticket) -> promises.Promise | None:
    try:
        return promises.find(ticket.scheme_code, ticket.scheme_version)
    except promises.UnknownPromise:
        return None
