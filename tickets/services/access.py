"""How people get in at the ticket's site, changed from the ticket: kept with the site, told in the log."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from common.errors import Illegal
from customers import services as places
from customers.models import Site
from tickets import lifecycle
from tickets.models import Ticket
from tickets.refusals import SENTENCES
from tickets.services import log, rows

CHANGED = "access_changed"


@transaction.atomic
def change_access(*, ticket: Ticket, notes: str, by: Actor, now: datetime, seen: str | None = None) -> Site:
    """The text itself stays out of the log, which nobody can shorten: it may name codes and keys.

    Raises Forbidden, Invalid beside `access_notes`, Stale when somebody else changed them, Illegal.
    """
    row = rows.lock(ticket.pk, by=by)
    if row.site is None:
        raise Illegal(_("It is not known at which site this is."))
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), CHANGED)
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    saved = places.write_access_notes(site=row.site, notes=notes, by=by, seen=seen)
    if saved.mine:
        log.append(ticket=row, entries=[log.Entry(CHANGED, now)], log=history, by=by, now=now)
    site: Site = saved.row
    return site
