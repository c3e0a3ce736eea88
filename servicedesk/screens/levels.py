"""Fault levels as the pages show them: a badge of one or two characters, its weight, its name in plain words.

The name and the weight are the scheme's; nothing here decides how grave something is.
"""

from collections.abc import Iterable
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


def badge(code: str, severity: int | None, name: str = "", among: Iterable[str] = ()) -> Badge:
    """Long codes show a letter, or two where `among` the scheme's codes "major" and "minor" differ only then.

    The name says the rest: "No" of "normal" would read as a word.
    """
    label = code if len(code) <= LABEL_LENGTH else _short(code, among)
    return Badge(label or "–", severity or 4, name or ("" if label == code else code), code)


def _short(code: str, among: Iterable[str]) -> str:
    others = [other for other in among if other != code]
    is_shared = any(other[:1].upper() == code[:1].upper() for other in others)
    return code[: LABEL_LENGTH if is_shared else 1].upper()


def of_ticket(ticket: Ticket) -> Badge:
    return badge_of(ticket.scheme_code, ticket.scheme_version, ticket.level, ticket.severity)


def badge_of(scheme_code: str, scheme_version: int | None, code: str, severity: int | None) -> Badge:
    promise = _promise(scheme_code, scheme_version)
    if promise is None:
        return badge(code, severity)
    return badge(code, severity, promise.level_names.get(code, ""), promise.levels)


def name_of(ticket: Ticket, code: str) -> str:
    promise = promise_of(ticket)
    return promise.level_names.get(code, "") if promise else ""


def all_of(ticket: Ticket) -> list[Badge]:
    """The levels of the ticket's scheme, gravest first; empty while the scheme cannot be read."""
    return all_of_scheme(ticket.scheme_code, ticket.scheme_version)


def all_of_scheme(code: str, version: int | None) -> list[Badge]:
    promise = _promise(code, version)
    if promise is None:
        return []
    names, known = promise.level_names, promise.levels
    found = [badge(code, severity, names.get(code, ""), known) for code, severity in known.items()]
    return sorted(found, key=lambda level: level.rank)


def is_lower(ticket: Ticket, code: str) -> bool:
    """Whether that level promises less than the one that the ticket has."""
    ranks = {one.code: one.rank for one in all_of(ticket)}
    return ranks.get(code, 0) > ranks.get(ticket.level, 0)


def promise_of(ticket: Ticket) -> promises.Promise | None:
    return _promise(ticket.scheme_code, ticket.scheme_version)


def _promise(code: str, version: int | None) -> promises.Promise | None:
    try:
        return promises.find(code, version)
    except promises.UnknownPromise:
        return None
