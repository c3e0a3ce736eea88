"""Keeping a part for a request. The balance's constraint decides who gets the last one; this says who did."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from common import moments
from common.errors import Illegal, Invalid
from spares.kinds import AVAILABLE, Source, State, StoreKind
from spares.models import Balance, Part, PartRequest, Reservation, Store
from spares.services import ledger, rows


@transaction.atomic
def reserve(
    *,
    request: PartRequest,
    store: Store,
    by: Actor,
    now: datetime,
    condition: str = "",
    seen: int | None = None,
) -> PartRequest:
    """Requested -> picking. `condition` empty: what there is, new before refurbished.

    Raises Invalid beside `store` with who has the last one and where else there is one; Illegal, Stale.
    """
    row = rows.lock(request, rows.own_van_or_keeper(store, by), by=by, seen=seen)
    rows.check_state(row, State.REQUESTED)
    if row.part is None:
        raise Invalid.field("part", _("Say first which part it is."))
    if store.kind == StoreKind.WAY or not store.is_active:
        raise Invalid.field("store", _("Choose one of the list."))
    for tried in [condition] if condition else AVAILABLE:
        if keep(row, store, tried, row.part, by, now):
            rows.save(row, store=store, condition=tried, state=State.PICKING)
            return row
    raise Invalid.field("store", gone(store, row.part, row.quantity))


def keep(row: PartRequest, store: Store, condition: str, part: Part, by: Actor, now: datetime) -> bool:
    """Whether there were so many free. The row's transaction goes on either way."""
    try:
        with transaction.atomic():
            Reservation.objects.create(
                request=row, store=store, part=part, condition=condition, quantity=row.quantity, by=by.user, at=now
            )
    except IntegrityError as error:
        if ledger.broken_by(error) != "balance_keeps_what_is_reserved":
            raise
        return False
    return True


def let_go(row: PartRequest) -> None:
    """Whatever is kept for it is free again."""
    Reservation.objects.filter(request=row).delete()


@transaction.atomic
def release(*, request: PartRequest, by: Actor, seen: int | None = None) -> PartRequest:
    """Picking -> requested: somebody else may have it."""
    row = rows.lock(request, "spare.move", by=by, seen=seen)
    rows.check_state(row, State.PICKING)
    let_go(row)
    rows.save(row, state=State.REQUESTED, store=None, condition="", piece=None)
    return row


@transaction.atomic
def choose_source(
    *, request: PartRequest, source: Source, by: Actor, now: datetime, seen: int | None = None
) -> PartRequest:
    """The next one in the order of the scheme is asked; each step is an event with its time."""
    row = rows.lock(request, "spare.move", by=by, seen=seen)
    rows.check_state(row, State.REQUESTED)
    if source not in Source.values:
        raise Invalid.field("source", _("Choose one of the list."))
    if source == row.source:
        raise Illegal(_("They are asked already."))
    rows.save(row, source=source)
    rows.tell_step(row, "asked_of", by=by, now=now, source=source)
    return row


def gone(store: Store, part: Part, quantity: int) -> str:
    """Who has the last one, and where else there are enough."""
    last = Reservation.objects.filter(store=store, part=part).select_related("by").first()
    left = sum(row.free for row in Balance.objects.filter(store=store, part=part).working())
    if left == 0 and last is not None:
        at = moments.full(last.at, timezone.get_current_timezone())
        who = last.by.name if last.by else _("The program")
        sentence = _("%(who)s reserved the last one at %(at)s.") % {"who": who, "at": at}
    else:
        sentence = _("%(store)s has %(free)d of %(part)s free.") % {"store": store, "free": left, "part": part.number}
    return " ".join([sentence, *elsewhere(store, part, quantity)])


def elsewhere(store: Store, part: Part, quantity: int) -> list[str]:
    """At most three sentences, the fullest store first."""
    rows_ = Balance.objects.free().filter(part=part).exclude(store=store).select_related("store")
    found: dict[Store, int] = {}
    for row in rows_:
        found[row.store] = found.get(row.store, 0) + row.free
    best = sorted(found.items(), key=lambda pair: (-pair[1], pair[0].name))
    return [
        _("%(store)s has %(free)d.") % {"store": other, "free": free} for other, free in best[:3] if free >= quantity
    ]
