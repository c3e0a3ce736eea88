"""Taking a request in hand: its ticket's lock first, then its own. Every writing service of requests starts here."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, NotVisible, Stale
from spares.kinds import Purpose, State
from spares.models import PartRequest, Store
from spares.policies import TABLE
from tickets import services as tickets
from tickets.services.rows import lock as lock_ticket


def own_van_or_keeper(store: Store | None, by: Actor) -> str:
    """The action asked for a movement out of this store: an engineer needs nobody for his own van."""
    is_own = store is not None and by.user is not None and store.keeper_id == by.user.pk
    return "spare.use" if is_own else "spare.move"


def lock(request: PartRequest, action: str, *, by: Actor, seen: int | None = None) -> PartRequest:
    """`seen`: the version somebody had before him. Raises NotVisible, Forbidden, Stale."""
    rows = PartRequest.objects.all() if by.user is None else PartRequest.objects.visible_to(by.user)
    if not rows.filter(pk=request.pk).exists():
        raise NotVisible(_("There is no such request."))
    require(by, action, TABLE)
    ticket = lock_ticket(request.ticket_id, by=by)
    row = PartRequest.objects.select_for_update(of=("self",)).select_related("part", "store", "piece", "engineer")
    found = row.get(pk=request.pk)
    found.ticket = ticket
    if seen is not None and found.version != seen:
        raise Stale(
            _("Somebody moved this card meanwhile: it is “%(state)s” now.") % {"state": found.get_state_display()}
        )
    return found


def check_state(request: PartRequest, *allowed: State) -> None:
    """A scan in the wrong state says what is wrong."""
    if request.state not in allowed:
        wanted = ", ".join(f"“{state.label}”" for state in allowed)
        values = {"state": request.get_state_display(), "wanted": wanted}
        raise Illegal(_("This part is “%(state)s”; for this it must be %(wanted)s.") % values)


def save(request: PartRequest, **values: object) -> None:
    for name, value in values.items():
        setattr(request, name, value)
    request.version += 1
    request.save()


def tell(request: PartRequest, kind: str, *, by: Actor, at: datetime, now: datetime, note: str = "") -> None:
    """An event in the ticket's log, where the case takes one. A closed ticket's parts still move."""
    if request.ticket.is_open:
        fields = {"request": request.pk}
        tickets.record(ticket=request.ticket, type=kind, by=by, at=at, now=now, note=note, fields=fields)


def tell_step(request: PartRequest, step: str, *, by: Actor, now: datetime, **data: str) -> None:
    """A step between the events that the clocks know, for the staff. `step`: "sent", "sent_partly", "asked_of"."""
    if request.ticket.is_open:
        said = {"step": step, "request": request.pk, "part": str(request), **data}
        tickets.tell_step(ticket=request.ticket, type="part_moved", data=said, by=by, now=now)


def is_last(request: PartRequest, *awaited: State) -> bool:
    """Whether it was the last part for the repair that stood in one of these: then a promise about parts is kept. A
    loaner keeps promises of its own.
    """
    parts = PartRequest.objects.filter(ticket=request.ticket, purpose=Purpose.REPAIR, state__in=awaited)
    return request.purpose == Purpose.REPAIR and not parts.exclude(pk=request.pk).exists()
