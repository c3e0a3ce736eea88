"""Triage: whose work this is, where, and on which unit. Coverage and promise follow, counted from the report on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from customers.models import Equipment, Organisation, Site
from tickets import lifecycle, promises, search
from tickets.models import Ticket
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import intake, log, rows

PLACES = ("organisation", "site", "equipment")


@transaction.atomic
def place(
    *,
    ticket: Ticket,
    organisation: Organisation | None,
    by: Actor,
    now: datetime,
    site: Site | None = None,
    equipment: Equipment | None = None,
    level: str = "",
    expected_version: int | None = None,
) -> Ticket:
    """Sets the customer and the place. If another scheme follows, the level is `level`, else that scheme's default.

    Raises Invalid beside organisation, site, equipment or level; Illegal on a ticket that is over.
    """
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    require(by, "ticket.place", TABLE)
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(lifecycle.fold(row.kind, history), "placed")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    known = intake.Intake(
        title=row.title, organisation=organisation, site=site, equipment=equipment, level=level, category=row.category
    )
    owner, where, covered, promise = intake.work_out(known, by=by, at=row.received_at)
    if owner is None:
        raise Invalid.field("organisation", _("Choose the customer."))
    columns: dict[str, Any] = {"organisation": owner, "site": where, "equipment": equipment}
    before = {name: str(getattr(row, name) or "") for name in PLACES}
    data = _apply(row, columns, known, covered, promise)
    data["changes"] = {name: [before[name], str(columns[name] or "")] for name in PLACES}
    columns |= {name: getattr(row, name) for name in _FOLLOWING}
    columns["search"] = search.vector(*intake.search_texts(row), *row.replies.values_list("body", flat=True))
    log.append(ticket=row, entries=[log.Entry("placed", now, data)], log=history, by=by, now=now, **columns)
    return row


_FOLLOWING = ("contract", "coverage_status", "coverage_reason", "scheme_code", "scheme_version", "asks_consent")


def _apply(
    row: Ticket, places: dict[str, Any], known: intake.Intake, covered: Any, promise: promises.Promise
) -> dict[str, Any]:
    """What follows from the places, on the row and as the event's data; `level` only when the scheme is another."""
    has_new_scheme = (promise.code, promise.version) != (row.scheme_code, row.scheme_version)
    for name, value in places.items():
        setattr(row, name, value)
    row.contract, row.coverage_status, row.coverage_reason = covered.contract, covered.status, covered.reason
    row.scheme_code, row.scheme_version, row.asks_consent = promise.code, promise.version, promise.asks_consent
    facts = intake.facts(row, covered)
    for name in ("kind", "channel", "category", "cause"):
        facts.pop(name)
    if not has_new_scheme:
        facts.pop("level")
        return {"facts": facts}
    facts["level"] = intake.level_of(known, promise)
    return {"facts": facts, "level": facts["level"], "is_level_given": bool(known.level)}
