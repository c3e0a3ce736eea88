"""Which open tickets wait for a part, told from the log alone: needed or sent, and not delivered since. Reads only."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import User
from tickets.models import Ticket, TicketEvent


def waiting_for_parts(user: User) -> QuerySet[Ticket]:
    """With `needed_at` and, once it is on its way, `sent_at`; what is due next on top."""
    asked = _latest("spare_needed")
    delivered_since = TicketEvent.objects.filter(
        Q(occurred_at__gt=OuterRef("needed_at")) | Q(occurred_at=OuterRef("needed_at"), seq__gt=OuterRef("needed_seq")),
        ticket=OuterRef("pk"),
        type="spare_delivered",
    )
    sent = _latest("spare_dispatched").filter(occurred_at__gte=OuterRef("needed_at"))
    return (
        Ticket.objects.visible_to(user)
        .open()
        .with_people_and_places()
        .annotate(
            needed_at=Subquery(asked.values("occurred_at")[:1]),
            needed_seq=Subquery(asked.values("seq")[:1]),
        )
        .filter(needed_at__isnull=False)
        .filter(~Exists(delivered_since))
        .annotate(sent_at=Subquery(sent.values("occurred_at")[:1]))
        .order_by(F("next_due_at").asc(nulls_last=True), "pk")
    )


def _latest(kind: str) -> QuerySet[TicketEvent]:
    of_ticket = TicketEvent.objects.filter(ticket=OuterRef("pk"), type=kind)
    return of_ticket.order_by("-occurred_at", "-seq")
