"""Who was called when a clock warned or was missed: people by role and name, and the short form of a long list."""

from collections.abc import Mapping, Sequence

from django.utils.translation import ngettext, pgettext

from notifications.reports.called import Called
from servicedesk.screens.ticket_case import Case
from sla import library, policy_text
from tickets.models import TicketEvent
from tickets.promises import UnknownPromise

WHOLE = 3  # of more people the rest is a number, and all of them are one press or the pointer away


def people(event: TicketEvent, case: Case) -> Sequence[str]:
    """ "local manager Mei Chan": whoever heard of it, in the order of the ladder; empty where nobody was told."""
    told = case.called.get(event.pk, ())
    if not told:
        return ()
    names = _ladder(event, case)
    ranked = [(_rank(person, names), at, person) for at, person in enumerate(told)]
    return [_person(person, list(names.values())[rank : rank + 1]) for rank, at, person in sorted(ranked, key=_order)]


def short(names: Sequence[str]) -> str:
    """The first three, and how many more."""
    if len(names) <= WHOLE + 1:
        return policy_text.listed(names)
    more = len(names) - WHOLE
    words = ngettext("%(people)s and %(n)d more", "%(people)s and %(n)d more", more)
    return words % {"people": policy_text.listed(names[:WHOLE]), "n": more}


def _ladder(event: TicketEvent, case: Case) -> Mapping[str, str]:
    """A name as the document has it, which the duty list goes by -> the same for the reader."""
    ticket, shown = case.ticket, case.standing.scheme
    level = str(event.data.get("level") or ticket.level)
    try:
        step = library.scheme(ticket.scheme_code, ticket.scheme_version or 1).ladder_for(level)
    except (UnknownPromise, library.BrokenScheme):
        return {}
    said = shown.ladder_for(level) if shown else None
    return dict(zip(step.calls, said.calls, strict=True)) if step and said else {}


def _rank(person: Called, names: Mapping[str, str]) -> int:
    return next((at for at, name in enumerate(names) if person.has(name)), len(names))


def _order(ranked: tuple[int, int, Called]) -> tuple[int, int]:
    return ranked[:2]


def _person(person: Called, duty: Sequence[str]) -> str:
    words = {"role": duty[0] if duty else person.role.label.lower(), "name": person.name}
    return pgettext("a person", "%(role)s %(name)s") % words
