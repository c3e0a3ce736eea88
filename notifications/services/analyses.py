"""Who hears of a system analysis: the customer's people who see its contract, and who sent it of the word on it.

No event of a ticket tells of it, so that it has rows of its own in the outbox; the unique keys make a second time
harmless. Sends nothing.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.models import User
from accounts.roles import Role
from customers.models import Membership
from inspections.models import Analysis
from notifications.facts.people import Recipient
from notifications.models import Delivery
from notifications.reports.analyses import COMMENTED, SENT


def who_reads(*, analysis: Analysis) -> list[User]:
    """The customer's people who hear of it, by name: contracts are the whole organisation's."""
    place = (analysis.contract.organisation_id, None)
    return list(User.objects.filter(pk__in=Membership.objects.people_at([place])[place]).order_by("name", "pk"))


def announce_analysis(*, analysis: Analysis, address: str, now: datetime) -> None:
    """Called in the transaction that sends it. `address`: of somebody without an account; empty: nobody."""
    readers = who_reads(analysis=analysis)
    found = [Recipient(user, user.email, user.language) for user in readers]
    if address and address not in {user.email.lower() for user in readers}:
        found.append(Recipient(None, address, analysis.language))
    _post(SENT, analysis, found, now)


def remember_analysis(*, analysis: Analysis, now: datetime) -> None:
    """Who heard of it when it was sent, of one that was sent in silence: mails long gone."""
    readers = [Recipient(user, user.email, user.language) for user in who_reads(analysis=analysis)]
    _post(SENT, analysis, readers, now, status=Delivery.Status.SENT, sent_at=now)


def tell_comment(*, analysis: Analysis, now: datetime) -> None:
    """To whoever sent it; where he left to the leads."""
    sender = analysis.sent_by
    people = User.objects.filter(role=Role.LEAD, is_active=True).order_by("name", "pk")
    told = [sender] if sender is not None and sender.is_active else list(people)
    _post(COMMENTED, analysis, [Recipient(user, user.email, user.language) for user in told], now)


def analysis_told(*, analysis: Analysis) -> list[str]:
    """Who heard of it when it was sent, by name or address."""
    rows = Delivery.objects.filter(analysis=analysis, kind=SENT).select_related("user").order_by("pk")
    return [row.user.name if row.user is not None else row.address for row in rows]


def _post(kind: str, analysis: Analysis, people: Iterable[Recipient], now: datetime, **more: Any) -> None:
    rows = [
        Delivery(
            user_id=who.user_pk,
            address="" if who.user is not None else who.address,
            language=who.language,
            analysis=analysis,
            kind=kind,
            key=f"{kind}:{analysis.pk}:{who.key}",
            next_attempt_at=now,
            created_at=now,
            **more,
        )
        for who in people
    ]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
