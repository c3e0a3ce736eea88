"""From events to rows: who hears of them, by mail and behind the bell. Sends nothing.

A constant number of statements however many events come at once; the unique keys make a second time harmless.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from notifications import rules
from notifications.facts.people import People, Recipient
from notifications.models import Delivery, Notice
from notifications.rules import Audience, Rule
from tickets.models import TicketEvent

Hearing = tuple[TicketEvent, Rule, Recipient]


def announce(*, events: Sequence[TicketEvent], now: datetime) -> None:
    """Called in the transaction that wrote the events: nothing is announced that did not happen."""
    wanted = [(event, rule) for event in events for rule in rules.rules_for(event.type, event.data)]
    if not wanted:
        return
    heard = [event for event, _ in wanted]
    people = People(heard, {audience for _, rule in wanted for audience in rule.audiences}, now)
    hearings = list(_hearings(wanted, people))
    told = {_run(event, who) for event, _, who in hearings if event.type in rules.TELLS_OF_MISS}
    mails = [_delivery(event, rule, who, now) for event, rule, who in hearings if _has_mail(event, rule, who, told)]
    notices = [_notice(*hearing, now) for hearing in hearings if hearing[1].has_notice and hearing[2].user is not None]
    if mails:
        Delivery.objects.bulk_create(mails, ignore_conflicts=True)
    if notices:
        Notice.objects.bulk_create(notices, ignore_conflicts=True)


def customers_told(*, event: TicketEvent, now: datetime) -> list[str]:
    """The customer's people, by name or address, who hear of this event. Empty: nobody does."""
    people = People([event], {Audience.CUSTOMERS}, now).of(Audience.CUSTOMERS, event)
    return [recipient.user.name if recipient.user is not None else recipient.address for recipient in people]


def remember(*, events: Sequence[TicketEvent], now: datetime) -> None:
    """Whom the ladder called, for a history that was written in silence: notices long read, and no mail."""
    wanted = [(event, rule) for event in events for rule in rules.rules_for(event.type, event.data)]
    wanted = [(event, rule) for event, rule in wanted if Audience.LADDER in rule.audiences]
    people = People([event for event, _ in wanted], {Audience.LADDER}, now)
    notices = [_notice(event, rule, who, event.recorded_at) for event, rule, who in _hearings(wanted, people)]
    for notice in notices:
        notice.read_at = notice.created_at
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def _hearings(wanted: Sequence[tuple[TicketEvent, Rule]], people: People) -> Iterator[Hearing]:
    """Each person once per event, by the first rule that reaches him."""
    reached: set[tuple[int, str]] = set()
    for event, rule in wanted:
        for audience in sorted(rule.audiences):
            for recipient in people.of(audience, event):
                key = (event.pk, recipient.key)
                if key in reached or (recipient.wrote(event) and not rule.also_author):
                    continue
                reached.add(key)
                yield event, rule, recipient


def _has_mail(event: TicketEvent, rule: Rule, recipient: Recipient, told: Collection[object]) -> bool:
    return rule.has_mail and not (event.type == "clock_missed" and _run(event, recipient) in told)


def _run(event: TicketEvent, recipient: Recipient) -> tuple[object, ...]:
    """The run of a clock an event is about, for one person."""
    return (event.ticket_id, event.data.get("target"), event.data.get("run"), recipient.key)


def _delivery(event: TicketEvent, rule: Rule, recipient: Recipient, now: datetime) -> Delivery:
    return Delivery(
        user_id=recipient.user_pk,
        address="" if recipient.user is not None else recipient.address,
        language=recipient.language,
        ticket_id=event.ticket_id,
        event_id=event.pk,
        kind=rule.kind,
        is_digestible=rule.is_digestible and not event.data.get("has_message"),
        is_automatic=event.is_automatic or rule.also_author,
        key=f"{event.pk}:{recipient.key}:{Delivery.Channel.EMAIL}",
        next_attempt_at=now,
        created_at=now,
    )


def _notice(event: TicketEvent, rule: Rule, recipient: Recipient, now: datetime) -> Notice:
    return Notice(
        user_id=recipient.user_pk or 0, ticket_id=event.ticket_id, event_id=event.pk, kind=rule.kind, created_at=now
    )
