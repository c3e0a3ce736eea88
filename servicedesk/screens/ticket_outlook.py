"""What would follow if a ticket were placed there: cover, scheme, levels, new times beside the old. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from customers.models import Organisation
from servicedesk.screens import levels, ticket_panels, ticket_times
from servicedesk.screens.report import promises
from servicedesk.screens.report.places import Where
from servicedesk.screens.ticket_case import Case
from sla import reports
from tickets import services
from tickets.models import Ticket


@dataclass(frozen=True)
class Outlook:
    """`levels`: to choose from, empty where the scheme stays or cannot be read; `lines` None: a level is missing."""

    ticket: Ticket
    cover: ticket_panels.Cover
    scheme_name: str
    has_new_scheme: bool
    levels: Sequence[promises.LevelChoice]
    level: str
    lines: list[ticket_times.Line] | None

    @property
    def site_zone(self) -> str:
        return self.ticket.site.zone if self.ticket.site else ""


def of(case: Case, where: Where, level: str, of_scheme: str) -> Outlook | None:
    """None while no customer is chosen. A level chosen among those of another scheme counts as not chosen."""
    if where.organisation is None:
        return None
    ticket = case.ticket
    facts = {"kind": ticket.kind, "channel": ticket.channel, "category": ticket.category}
    offer = promises.offer(where, case.user, ticket.received_at, **facts)
    foreseen = _foresee(case, where, "")
    chosen = level if offer.level(level) and of_scheme == foreseen.ticket.scheme_code else ""
    if foreseen.has_new_scheme and chosen:
        foreseen = _foresee(case, where, chosen)
    is_open_question = foreseen.has_new_scheme and bool(offer.levels)
    promise = levels.promise_of(foreseen.ticket)
    return Outlook(
        ticket=foreseen.ticket,
        cover=ticket_panels.cover(foreseen.ticket),
        scheme_name=(promise.name if promise else "") or foreseen.ticket.scheme_code,
        has_new_scheme=foreseen.has_new_scheme,
        levels=offer.levels if is_open_question else (),
        level=chosen if is_open_question else "",
        lines=None if is_open_question and not chosen else _lines(case, foreseen),
    )


def _foresee(case: Case, where: Where, level: str) -> services.Foreseen:
    return services.foresee_place(
        ticket=case.ticket, organisation=where.organisation, site=where.site, equipment=where.unit, level=level,
        by=case.actor,
    )  # fmt: skip


def _lines(case: Case, foreseen: services.Foreseen) -> list[ticket_times.Line]:
    then = reports.foreseen(foreseen.ticket, case.now, case.log, "placed", foreseen.data)
    return ticket_times.compare(case.standing, then, case.now)


def suggested(ticket: Ticket) -> Organisation | None:
    """Whose member has the e-mail address a guest typed. A hint and no more: nobody has proven the address."""
    if ticket.organisation_id is not None or not ticket.contact_email:
        return None
    members = Organisation.objects.filter(memberships__user__email__iexact=ticket.contact_email)
    found = list(members.distinct()[:2])
    return found[0] if len(found) == 1 else None
