"""How people get in at the ticket's place, changed from the ticket: kept with the site, told in the log.

What came with a report stands on the ticket itself, as a guest has no site, until somebody writes it into the notes of
the site. The text stays out of the log, which nobody can shorten: it may name codes and keys.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Stale
from customers import services as places
from customers.policies import TABLE
from tickets import lifecycle
from tickets.models import Ticket
from tickets.refusals import SENTENCES
from tickets.services import log, rows

CHANGED = "access_changed"


def access_of(ticket: Ticket) -> str:
    """All that is known: of the site, and with this report."""
    known = [ticket.site.access_notes if ticket.site else "", ticket.access_notes]
    return "\n".join(text for text in dict.fromkeys(known) if text)


@transaction.atomic
def change_access(*, ticket: Ticket, notes: str, by: Actor, now: datetime, seen: str | None = None) -> Ticket:
    """`notes`, and what was `seen`: all that is known. At a site all of it becomes the notes of the site.

    Raises Forbidden, Invalid beside `access_notes`, Stale when somebody else changed them, Illegal.
    """
    row = rows.lock(ticket.pk, by=by)
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), CHANGED)
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    require(by, "customer.write_access_notes", TABLE)
    stored, wanted = access_of(row), places.plain_notes(notes)
    before = stored if seen is None else _in_plain_lines(seen)
    if wanted in (stored, before):
        return row
    if before != stored:
        raise Stale(_("Somebody changed this while you were editing."), {"access_notes": (stored, wanted)})
    kept = wanted
    if row.site is not None:
        at_site = None if seen is None else row.site.access_notes  # as read; somebody may write it at this moment
        places.write_access_notes(site=row.site, notes=wanted, by=by, seen=at_site)
        kept = ""
    log.append(ticket=row, entries=[log.Entry(CHANGED, now)], log=history, by=by, now=now, access_notes=kept)
    return row


def _in_plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
