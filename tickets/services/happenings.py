"""The one door for everything that happens to a case: `record`, and the verbs people use most.

It knows no deadline; what a late or early fact does to the clocks follows from the log.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid
from common.instants import parse_instant
from tickets import lifecycle, promises, proposals
from tickets.event_types import POSTABLE, EventType
from tickets.models import Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import conversation, log, rows


@transaction.atomic
def record(
    *,
    ticket: Ticket,
    type: str,
    by: Actor,
    at: datetime,
    now: datetime,
    note: str = "",
    message: str = "",
    said_at: datetime | None = None,
    token: UUID | None = None,
    follows: str = "",
    fields: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> TicketEvent:
    """Writes one event that happened `at`. `fields`: what may stand beside its type.

    `note` is internal, whatever the event; `message` is a public reply that is written with it, said `said_at`, else
    now, and known by `token`. `follows`: an event of the same press, whose mail says it all. Instants in `fields` are
    aware. Raises NotVisible, Stale, Forbidden, Invalid (beside its field) and Illegal when it does not fit the story.
    """
    row = rows.lock(ticket.pk, by=by, expected_version=expected_version)
    event_type = POSTABLE.get(type)
    if event_type is None:
        raise Invalid.field("type", _("This is not an event people can record."))
    require(by, event_type.action, TABLE)
    rows.check_instant(row, at, by=by, now=now)
    entry = log.Entry(type, at, _data(row, type, note.strip(), fields or {}, follows))
    history = log.read([row])[row.pk]
    _check_proposal(history, entry)
    _check_lowering(row, history, entry)
    _check_agreement(history, entry, by)
    _check_story(row, history, entry, by)
    if not message.strip():
        entries = [entry, *_ended_wait(row, history, event_type, by, at)]
        return log.append(ticket=row, entries=entries, log=history, by=by, now=now)[0]
    _check_message(row, history, type, by)
    return conversation.tell(
        row=row, entry=entry, message=message, history=history, by=by, now=now, said_at=said_at or now, token=token
    )


def begin(*, ticket: Ticket, type: str, by: Actor, at: datetime, fields: Mapping[str, Any]) -> log.Entry:
    """The entry of an event that comes in with the report itself, checked as `record` does. Raises as it does."""
    require(by, POSTABLE[type].action, TABLE)
    entry = log.Entry(type, at, _data(ticket, type, "", fields, ""))
    _check_story(ticket, [], entry, by)
    return entry


def _data(ticket: Ticket, type_: str, note: str, fields: Mapping[str, Any], follows: str) -> dict[str, Any]:
    allowed = POSTABLE[type_].fields
    foreign = sorted(name for name, value in fields.items() if value is not None and name not in allowed)
    if foreign:
        raise Invalid({name: [_("This event has no such field.")] for name in foreign})
    data = {name: _plain(value) for name, value in fields.items() if value is not None}
    if "down" in allowed:
        data.setdefault("down", ticket.kind == "fault")
    for name in ("agreed_at", "planned_at"):
        if name in allowed and name not in data:
            raise Invalid.field(name, _("Enter the day and time."))
    if "level" in allowed:
        data["from"] = ticket.level
        _check_level(ticket, data.get("level"))
    told = {"note": note, "with": follows}
    return data | {name: words for name, words in told.items() if words}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _check_level(ticket: Ticket, level: str | None) -> None:
    if not level:
        raise Invalid.field("level", _("Choose a level."))
    try:
        levels = promises.find(ticket.scheme_code, ticket.scheme_version).levels
    except promises.UnknownPromise:
        return
    if level not in levels:
        known = ", ".join(levels)
        raise Invalid.field("level", _("There is no such level. Levels of this scheme: %(known)s.") % {"known": known})


def _check_lowering(ticket: Ticket, history: list[TicketEvent], entry: log.Entry) -> None:
    """A lighter level makes a promise weaker: it needs a reason. A raise and a confirmation need none."""
    if entry.type != "level_confirmed" or entry.data.get("note"):
        return
    in_force = lifecycle.in_force(history)
    known = [event for event in in_force if event.type in log.LEVEL_EVENTS and event.occurred_at <= entry.at]
    of_level = [event.data["level"] for event in known if event.data.get("level")]
    try:
        levels = promises.find(ticket.scheme_code, ticket.scheme_version).levels
    except promises.UnknownPromise:
        return
    old, new = levels.get(of_level[-1] if of_level else ticket.level), levels.get(entry.data["level"])
    if old is not None and new is not None and new > old:
        raise Invalid.field("note", _("Say why the level is lowered."))


def _check_proposal(history: list[TicketEvent], entry: log.Entry) -> None:
    proposed_at = entry.data.get("proposed_at")
    if not proposed_at:
        return
    if proposals.of(lifecycle.in_force(history)).is_agreed:
        raise Invalid.field("proposed_at", _("A time is agreed already. It stands until the change is delivered."))
    if parse_instant(proposed_at) <= entry.at:
        raise Invalid.field("proposed_at", _("Propose a time after the answer."))


def _check_agreement(history: list[TicketEvent], entry: log.Entry, by: Actor) -> None:
    """A promise is made by who keeps it: the customer agrees to the time that was proposed, not to one of his own."""
    if entry.type != "change_confirmed" or not by.is_of_customer:
        return
    terms = proposals.of(lifecycle.in_force(history))
    if terms.proposed_at is not None and parse_instant(entry.data["agreed_at"]) != terms.proposed_at:
        raise Invalid.field("agreed_at", _("We proposed another time. Agree to that, or write to us for another one."))


def _ended_wait(
    ticket: Ticket, history: list[TicketEvent], event_type: EventType, by: Actor, at: datetime
) -> list[log.Entry]:
    """A customer who allows, refuses or agrees has answered: we no longer wait for him."""
    is_answer = by.is_of_customer and event_type.action == "ticket.consent"
    return conversation.end_of_wait(log.status(ticket, history), at) if is_answer else []


def _check_message(ticket: Ticket, history: list[TicketEvent], type_: str, by: Actor) -> None:
    """Only the desk tells, of events the customer hears of, and while the ticket is open before or after; a written
    report is owed, and told, after closing too.
    """
    if by.is_of_customer:
        raise Invalid.field("message", _("Only staff may set this."))
    require(by, "ticket.reply", TABLE)
    if not POSTABLE[type_].is_public:
        raise Invalid.field("message", _("The customer does not hear of this event. Write a reply instead."))
    before = log.status(ticket, history)
    reason = lifecycle.refusal(before, "replied") if type_ != lifecycle.REPORT else None
    if reason is not None and lifecycle.refusal(lifecycle.after(before, type_), "replied") is not None:
        raise Illegal(str(SENTENCES[reason]))


def _check_story(ticket: Ticket, history: list[TicketEvent], entry: log.Entry, by: Actor) -> None:
    """The event must fit today's state and its own place in the story, and must not make a later one impossible."""
    history = list(lifecycle.in_force(history))
    now_status = lifecycle.fold(ticket.kind, history)
    reason = lifecycle.refusal(now_status, entry.type) if now_status.is_over else None
    if reason is None:
        before = [event for event in history if event.occurred_at <= entry.at]
        later = [event for event in history if event.occurred_at > entry.at]
        status = lifecycle.fold(ticket.kind, before)
        reason = lifecycle.refusal(status, entry.type, asks_consent=ticket.asks_consent)
        if reason is None and later:
            reason = _breaks_later(ticket.kind, before, entry, later)
    if reason is None and entry.type == "closed" and by.is_of_customer:
        reason = None if now_status.is_finished else "not_resolved"
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))


def _breaks_later(kind: str, before: list[TicketEvent], entry: log.Entry, later: list[TicketEvent]) -> str | None:
    """Only a person's later event that fitted without the new one, and no longer fits with it, stands in the way."""
    without = lifecycle.fold(kind, before)
    with_it = lifecycle.after(without, entry.type)
    for event in later:
        fitted = lifecycle.refusal(without, event.type) is None
        reason = lifecycle.refusal(with_it, event.type)
        if fitted and reason is not None and not event.is_automatic:
            return reason
        without, with_it = lifecycle.after(without, event.type), lifecycle.after(with_it, event.type)
    return None


def resolve(*, ticket: Ticket, by: Actor, at: datetime, now: datetime, note: str = "") -> TicketEvent:
    return record(ticket=ticket, type="resolved", by=by, at=at, now=now, note=note)


def restore(*, ticket: Ticket, by: Actor, at: datetime, now: datetime, note: str = "") -> TicketEvent:
    return record(ticket=ticket, type="restored", by=by, at=at, now=now, note=note)
