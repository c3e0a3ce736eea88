"""Mail about somebody's sign-in: asked for on a page, sent by the outbox. The row holds no link, see `letters`."""

import uuid
from datetime import datetime

from accounts.models import User
from notifications.models import Delivery

LONGEST_ADDRESS = 254  # of a mailbox, RFC 5321


def post_account_mail(*, kind: str, user: User | None, address: str, language: str, now: datetime) -> None:
    """`user` none: to the bare address. Asked for again while one of the kind waits, that one will do."""
    if user is None and len(address) > LONGEST_ADDRESS:
        return
    goes_to = {"user": user, "address": "" if user else address}
    if Delivery.objects.pending().filter(kind=kind, **goes_to).exists():
        return
    Delivery.objects.create(
        **goes_to,
        language=language,
        kind=kind,
        key=f"{kind}:{uuid.uuid4()}",
        next_attempt_at=now,
        created_at=now,
    )
