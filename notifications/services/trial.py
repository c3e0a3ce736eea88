"""A test of the mail settings: one mail to whoever asks, sent at once and not by the relay, with the server's words."""

import uuid
from datetime import datetime

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Forbidden, NotVisible
from notifications.models import Delivery
from notifications.policies import TABLE
from notifications.services.sending import deliver, send_again


def send_test(*, by: Actor, now: datetime) -> Delivery:
    """The row afterwards: sent, or failed with the error. It is not tried again by itself."""
    require(by, "mail.test", TABLE)
    if by.user is None:
        raise Forbidden("A test mail goes to a person.")
    delivery = Delivery.objects.create(
        user=by.user,
        language=by.user.language,
        kind="mail_test",
        key=f"mail_test:{uuid.uuid4()}",
        next_attempt_at=now,
        handed_over_at=now,  # the relay leaves it alone
        created_at=now,
    )
    deliver(pk=delivery.pk, now=now)
    Delivery.objects.filter(pk=delivery.pk).pending().update(status=Delivery.Status.FAILED)
    delivery.refresh_from_db()
    return delivery


def retry(*, pk: int, by: Actor, now: datetime) -> None:
    """A failed mail goes back into the queue. Raises NotVisible."""
    require(by, "mail.send_again", TABLE)
    if not send_again(pks=[pk], now=now):
        raise NotVisible("There is no such mail to send.")
