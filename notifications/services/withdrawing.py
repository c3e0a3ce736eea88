"""What was taken back is not told any more: mail that has not left is dropped, what nobody read behind the bell goes.

What has left stays: the log of deliveries says what people were told.
"""

from collections.abc import Sequence

from django.db.models import Q

from notifications.models import Delivery, Notice
from notifications.wording import REPLY_STOPPED
from tickets.models import TicketEvent

WHY = "Taken back before it left."


def withdraw(*, events: Sequence[TicketEvent]) -> None:
    """`events` have just been written; those that take others back name their number."""
    gone = Q()
    for event in events:
        seq = event.data.get("seq") if event.type == "retracted" else event.data.get("takes_back")
        if seq:
            gone |= Q(event__ticket=event.ticket_id, event__seq=seq)
    if gone:
        Delivery.objects.filter(gone).pending().update(status=Delivery.Status.DROPPED, error=WHY)
        Notice.objects.filter(gone, read_at=None).exclude(kind=REPLY_STOPPED).delete()
