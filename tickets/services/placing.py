"""Triage: whose work this is, where, and on which unit. Coverage and promise follow, counted from the report on."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from customers.coverage import Coverage
from customers.models import Equipment, Organisation, Site
from tickets import lifecycle, promises
from tickets.models import Ticket
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import finding, intake, log, rows

PLACES = ("organisation", "site", "equipment")
ROWS = frozenset({*PLACES, "contract"})
FOLLOWING = ("contract", "coverage_status", "coverage_reason", "scheme_code", "scheme_version", "asks_consent")


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

    Nothing different: nothing is written. Raises Invalid beside organisation, site, equipment or level; Illegal on a
    ticket that is over.
    """
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    require(by, "ticket.place", TABLE)
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), "placed")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    before = _columns(row)
    data = _move(row, organisation=organisation, site=site, equipment=equipment, level=level, by=by)
    columns = _columns(row)
    if columns == before:
        return row
    columns["search"] = finding.whole(row)
    log.append(ticket=row, entries=[log.Entry("placed", now, data)], log=history, by=by, now=now, **columns)
    return row


def follow_category(row: Ticket, *, by: Actor) -> dict[str, Any] | None:
    """Another category can belong to another contract. Sets what follows on the locked row, like `place`.

    Returns the data of the event to write, None when the contract stays. A level that somebody gave is kept where the
    new scheme has it too; else that scheme's default counts.
    """
    if row.organisation is None:
        return None
    known = intake.Intake(
        title=row.title, organisation=row.organisation, site=row.site, equipment=row.equipment, category=row.category
    )
    _owner, _where, covered, promise = intake.work_out(known, by=by, at=row.received_at)
    if (covered.contract.pk if covered.contract else None) == row.contract_id:
        return None
    if row.is_level_confirmed and row.level in promise.levels:
        known = replace(known, level=row.level)
    places, was = {name: getattr(row, name) for name in PLACES}, _plain(_columns(row))
    return {**_follow(row, places, known, covered, promise), "changes": {}, "why": "category", "was": was}


@dataclass(frozen=True)
class Foreseen:
    """What placing would make of a ticket: the row, not saved, and the data of the event, not written."""

    ticket: Ticket
    data: dict[str, Any]

    @property
    def has_new_scheme(self) -> bool:
        return "level" in self.data


def foresee_place(
    *,
    ticket: Ticket,
    organisation: Organisation | None,
    by: Actor,
    site: Site | None = None,
    equipment: Equipment | None = None,
    level: str = "",
) -> Foreseen:
    """For showing what follows before it is saved; writes nothing. Raises Invalid like `place`."""
    row = copy(ticket)
    return Foreseen(row, _move(row, organisation=organisation, site=site, equipment=equipment, level=level, by=by))


def put_back(row: Ticket, was: Mapping[str, Any]) -> dict[str, Any]:
    """Sets places, cover and scheme as they were before a `placed` event that is being taken back; see its data."""
    for name, value in was.items():
        setattr(row, f"{name}_id" if name in ROWS else name, value)
    return _columns(row)


def _plain(columns: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.pk if isinstance(value, Model) else value for name, value in columns.items()}


def _columns(row: Ticket) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*PLACES, *FOLLOWING)}


def _move(
    row: Ticket,
    *,
    organisation: Organisation | None,
    site: Site | None,
    equipment: Equipment | None,
    level: str,
    by: Actor,
) -> dict[str, Any]:
    """Sets the places and what follows from them on the row; returns the event's data."""
    known = intake.Intake(
        title=row.title, organisation=organisation, site=site, equipment=equipment, level=level, category=row.category
    )
    owner, where, covered, promise = intake.work_out(known, by=by, at=row.received_at)
    if owner is None:
        raise Invalid.field("organisation", _("Choose the customer."))
    was = _plain(_columns(row))
    places = {"organisation": owner, "site": where, "equipment": equipment}
    changes = {name: [str(getattr(row, name) or ""), str(value or "")] for name, value in places.items()}
    return {**_follow(row, places, known, covered, promise), "changes": changes, "was": was}


def _follow(
    row: Ticket, places: dict[str, Any], known: intake.Intake, covered: Coverage, promise: promises.Promise
) -> dict[str, Any]:
    """Places, coverage and scheme on the row, and as the event's data; `level` only when the scheme is another."""
    has_new_scheme = (promise.code, promise.version) != (row.scheme_code, row.scheme_version)
    if known.level not in ("", row.level) and not has_new_scheme:
        raise Invalid.field("level", _("The service scheme stays the same. Change the level by itself."))
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
