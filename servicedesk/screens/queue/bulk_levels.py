"""Levels for several tickets at once: the same code may mean something else under another scheme.

Each choice says whose level it is, and is given only to tickets whose scheme means the same by it. Changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from common.errors import Invalid
from common.whole_numbers import whole_number
from servicedesk.screens import levels
from tickets import promises
from tickets.models import Ticket

Scheme = tuple[str, int | None]


@dataclass(frozen=True)
class Option:
    """`value`: the code and whose it is, "A@hardware.3"."""

    value: str
    badge: levels.Badge


@dataclass(frozen=True)
class Group:
    """The levels of schemes that have the same ones; `schemes` as the boxes of the rows name them."""

    label: str
    schemes: str
    options: tuple[Option, ...]


def key(scheme: Scheme) -> str:
    return f"{scheme[0]}.{scheme[1] or ''}"


def scheme_of(ticket: Ticket) -> Scheme:
    return ticket.scheme_code, ticket.scheme_version


def groups(tickets: Iterable[Ticket]) -> list[Group]:
    """One for each list of levels among the schemes of these tickets; two of one name tell their version."""
    found: dict[tuple[levels.Badge, ...], dict[Scheme, str]] = {}
    for scheme in sorted({scheme_of(ticket): None for ticket in tickets}, key=key):
        if badges := tuple(levels.all_of_scheme(*scheme)):
            found.setdefault(badges, {})[scheme] = promises.find(*scheme).name or scheme[0]
    made = [_group(badges, names) for badges, names in found.items()]
    labels = [group.label for group in made]
    return sorted((_told_apart(group) if labels.count(group.label) > 1 else group for group in made), key=_by_label)


def _by_label(group: Group) -> str:
    return group.label


def _group(badges: tuple[levels.Badge, ...], names: dict[Scheme, str]) -> Group:
    first = key(next(iter(names)))
    options = tuple(Option(f"{badge.code}@{first}", badge) for badge in badges)
    return Group(", ".join(dict.fromkeys(names.values())), " ".join(map(key, names)), options)


def _told_apart(group: Group) -> Group:
    versions = ", ".join(name.rpartition(".")[2] for name in group.schemes.split())
    return replace(group, label=_("%(scheme)s, version %(version)s") % {"scheme": group.label, "version": versions})


def code_of(value: str) -> str:
    return value.partition("@")[0]


def refuse_other_meaning(ticket: Ticket, value: str) -> None:
    """Raises Invalid where the ticket's scheme means something else by the code of this option."""
    code, _at, name = value.partition("@")
    scheme, _dot, version = name.rpartition(".")
    if not scheme or (own := _meant(scheme_of(ticket), code)) is None:
        return  # a code and nothing else, or none of this ticket's levels: the service knows what to say
    if own != _meant((scheme, whole_number(version)), code):
        words = _("Level %(level)s is “%(name)s” for this ticket. Choose it from the list of its own agreement.")
        raise Invalid.field("level", words % {"level": code, "name": own.name or own.rank})


def _meant(scheme: Scheme, code: str) -> levels.Badge | None:
    found = levels.all_of_scheme(*scheme)
    return next((levels.badge(code, one.rank, one.name) for one in found if one.code == code), None)
