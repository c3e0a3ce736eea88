"""Taking back what one press did, within ten minutes, by the person who did it: an opposite change, or a retraction.
An app above may have a single event retracted, by rules of its own.

The log is only ever added to. Fields and links are changed back; an event is retracted by a further one, and whatever
is worked out of the log leaves both out. What was announced in the meantime stays on record. Each part asks policy and
lifecycle again, and refuses when the ticket went on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Team, User
from accounts.policies import require
from common.errors import Illegal, NotVisible, Refusal
from tickets import lifecycle
from tickets.event_types import POSTABLE, TYPES
from tickets.models import TAKE_BACK, RecentAction, RecentPart, Ticket, TicketEvent
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import changes, conversation, finding, links, log, placing, rows, tagging

OPPOSITE = {"edited": "ticket.edit", "assigned": "ticket.assign", "placed": "ticket.place"}
OF_LEVEL = frozenset({"level_confirmed", "placed"})


@dataclass
class TakenBack:
    """Ticket by ticket: what is as before, and why the rest is not."""

    done: list[Ticket] = field(default_factory=list)
    refused: list[tuple[Ticket, str]] = field(default_factory=list)


def take_back(*, action: RecentAction, by: Actor, now: datetime) -> TakenBack:
    """Each ticket in a transaction of its own. What is taken back already counts as done.

    Raises NotVisible for another person's action, Illegal when its time is over.
    """
    if by.user is None or action.person_id != by.user.pk:
        raise NotVisible(_("There is no such action."))
    if now - action.at > TAKE_BACK:
        raise Illegal(_("This can no longer be taken back: more than ten minutes have passed."))
    result = TakenBack()
    for part in action.parts.select_related("ticket").order_by("ticket_id"):
        try:
            _part(part, by, now)
        except Refusal as refusal:
            result.refused.append((part.ticket, refusal.detail))
        else:
            result.done.append(part.ticket)
    return result


@transaction.atomic
def _part(part: RecentPart, by: Actor, now: datetime) -> None:
    partner = _partner(part)
    for pk in sorted({part.ticket_id, *partner}):  # the order in which everybody locks
        rows.lock(pk, by=by)
    if not RecentPart.objects.filter(pk=part.pk, taken_back_at=None).update(taken_back_at=now):
        return
    history = log.read([part.ticket])[part.ticket_id]
    written = [event for event in history if event.seq in part.entries]
    for event in sorted(written, key=lambda event: event.seq, reverse=True):
        UNDO.get(event.type, _retract)(part, event, by, now)


@transaction.atomic
def retract(*, event: TicketEvent, by: Actor, now: datetime) -> None:
    """One event, as if it had never been recorded; for an app above, which knows when that may be. Raises Forbidden,
    Illegal where what people recorded after it would not fit any more.
    """
    require(by, POSTABLE[event.type].action, TABLE)
    row = rows.lock(event.ticket_id, by=by)
    history = log.read([row])[row.pk]
    _check_story(row, history, event)
    _write_retraction(row, history, event, by, now)


def _partner(part: RecentPart) -> list[int]:
    events = TicketEvent.objects.filter(ticket=part.ticket_id, seq__in=part.entries, type__in=["linked", "unlinked"])
    numbers = [int(event.data["to"].removeprefix("SD-")) for event in events]
    return list(Ticket.objects.filter(number__in=numbers).values_list("pk", flat=True)) if numbers else []


def _retract(part: RecentPart, event: TicketEvent, by: Actor, now: datetime) -> None:
    """As if the event had never been recorded, if the story goes on without it."""
    require(by, POSTABLE[event.type].action, TABLE)
    row = rows.lock(part.ticket_id, by=by)
    history = log.read([row])[row.pk]
    _check_went_on(history, part.entries, event)
    _check_story(row, history, event)
    columns = {"merged_into": None} if event.data.get("duplicate_of") else {}
    _write_retraction(row, history, event, by, now, **columns)


def _write_retraction(
    row: Ticket, history: list[TicketEvent], event: TicketEvent, by: Actor, now: datetime, **columns: Any
) -> None:
    """What the customer was told with the event stays said, and is the response if nothing else is."""
    entries = [log.Entry(lifecycle.RETRACTED, now, {"seq": event.seq}, key=f"retracted:{event.seq}")]
    left = [other for other in history if other.seq != event.seq]
    if event.data.get("has_message") and not conversation.has_responded(left):
        said_at = next(other.occurred_at for other in history if other.seq == event.seq + 1)
        entries.append(log.Entry("responded", said_at, {"by_reply": True}))
    log.append(ticket=row, entries=entries, log=history, by=by, now=now, **columns)


def _check_went_on(history: Sequence[TicketEvent], own: Sequence[int], event: TicketEvent) -> None:
    """Somebody's later step of the same sort builds on this one: taking it back would take that back too."""
    is_of_level = event.type in OF_LEVEL
    for later in lifecycle.in_force(history):
        if later.seq <= event.seq or later.seq in own or later.is_automatic or later.data.get("by_reply"):
            continue
        if later.type in OF_LEVEL if is_of_level else later.type in POSTABLE and later.type not in OF_LEVEL:
            raise Illegal(_went_on(later))


def _check_story(row: Ticket, history: Sequence[TicketEvent], event: TicketEvent) -> None:
    """What people recorded after it, in the story's order, must still fit."""
    with_it = without = lifecycle.Status(kind=row.kind)
    for entry in lifecycle.in_force(history):
        if entry.seq != event.seq:
            fitted = lifecycle.refusal(with_it, entry.type) is None
            if fitted and lifecycle.refusal(without, entry.type) and not entry.is_automatic:
                raise Illegal(_went_on(entry))
            without = lifecycle.after(without, entry.type)
        with_it = lifecycle.after(with_it, entry.type)


def _went_on(event: TicketEvent) -> str:
    words = {"who": str(event.user or _("Somebody")), "what": str(TYPES[event.type].label)}
    return _("The ticket went on since. %(who)s recorded: %(what)s.") % words


def _fields(part: RecentPart, event: TicketEvent, by: Actor, now: datetime) -> None:
    """The old values again, unless somebody gave others since."""
    require(by, OPPOSITE[event.type], TABLE)
    row = rows.lock(part.ticket_id, by=by)
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), event.type)
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    pairs: Mapping[str, list[Any]] = event.data["changes"]
    for name, (_old, new) in pairs.items():
        if changes.plain(getattr(row, name)) != new:
            raise Illegal(_changed_since(history, event, name))
    columns = {name: _value(name, old) for name, (old, _new) in pairs.items()}
    for name, value in columns.items():
        setattr(row, name, value)
    if columns.keys() & changes.SEARCHED:
        columns["search"] = finding.whole(row)
    data = {"changes": {name: [new, old] for name, (old, new) in pairs.items()}, "takes_back": event.seq}
    entry = log.Entry(event.type, now, data, key=f"undone:{event.seq}")
    log.append(ticket=row, entries=[entry], log=history, by=by, now=now, **columns)


def _value(name: str, old: Any) -> Any:
    if name == "assignee" and old:
        owner = User.objects.filter(email=old).first()
        changes.check_assignee(owner)
        return owner
    if name == "team" and old:
        return Team.objects.filter(pk=old).first()
    return old or None if name in ("assignee", "team") else old


def _changed_since(history: Sequence[TicketEvent], event: TicketEvent, name: str) -> str:
    later = [entry for entry in history if entry.seq > event.seq and name in entry.data.get("changes", {})]
    who = str(later[-1].user) if later and later[-1].user else _("Somebody")
    return _("The ticket went on since. %(who)s changed the same thing again.") % {"who": who}


def _place(part: RecentPart, event: TicketEvent, by: Actor, now: datetime) -> None:
    """Retracted, so that the clocks come out as if it had never been there; the row gets its places back."""
    is_of_category = event.data.get("why") == "category"
    require(by, "ticket.edit" if is_of_category else "ticket.place", TABLE)
    row = rows.lock(part.ticket_id, by=by)
    history = log.read([row])[row.pk]
    reason = lifecycle.refusal(log.status(row, history), "placed")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    _check_went_on(history, part.entries, event)
    columns = placing.put_back(row, event.data["was"])
    columns["search"] = finding.whole(row)
    _write_retraction(row, history, event, by, now, **columns)


def _unlink(part: RecentPart, event: TicketEvent, by: Actor, now: datetime) -> None:
    links.unlink(ticket=part.ticket, target=_other(event), kind=event.data["kind"], by=by, now=now)


def _link(part: RecentPart, event: TicketEvent, by: Actor, now: datetime) -> None:
    links.link(ticket=part.ticket, target=_other(event), kind=event.data["kind"], by=by, now=now)


def _tags(part: RecentPart, event: TicketEvent, by: Actor, now: datetime) -> None:
    """Word by word: what others put there or took off since stays as they left it."""
    words = event.data
    tagging.tag(ticket=part.ticket, add=words["removed"], remove=words["added"], by=by, now=now)


def _other(event: TicketEvent) -> Ticket:
    return Ticket.objects.get(number=int(event.data["to"].removeprefix("SD-")))


Undo = Callable[[RecentPart, TicketEvent, Actor, datetime], None]
UNDO: Mapping[str, Undo] = {
    "edited": _fields,
    "assigned": _fields,
    "placed": _place,
    "linked": _unlink,
    "unlinked": _link,
    "tagged": _tags,
}
