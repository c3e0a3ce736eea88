"""Sending one delivery, outside any transaction: lease, everything checked again, send, write down what came of it.

At least once: who dies between the mail server's yes and our own note sends again after the lease, with the same
Message-ID. A failure is never lost: it waits, and in the end stands where administrators see it.
"""

import logging
import smtplib
from datetime import datetime
from typing import Any

from django.db.models import F

from notifications import patience
from notifications.models import Delivery
from notifications.reports import letters, traffic

log = logging.getLogger(__name__)
ERROR_LENGTH = 500


def deliver(*, pk: int, now: datetime) -> bool:
    """True when the mail server took it. Handed over twice, or too early: nothing happens."""
    delivery = _take(pk, now)
    if delivery is None:
        return False
    held_until = traffic.held_until(delivery, now)
    if held_until is not None:
        _hold(delivery, held_until)
        return False
    try:
        letter = letters.compose(delivery, now)
        if letter.objection:
            _drop(delivery, letter.objection)
            return False
        letters.message(delivery, letter).send()
    except Exception as error:  # whatever it is: the row says so, waits and is tried again
        _fail(delivery, error, now)
        return False
    Delivery.objects.filter(pk=pk).pending().update(
        status=Delivery.Status.SENT, sent_at=now, address=letters.address(delivery), error=""
    )
    return True


def send_again(*, pks: list[int], now: datetime) -> int:
    """What had failed, or is waiting, is tried anew at once; what was sent is left alone."""
    again = Delivery.objects.filter(pk__in=pks, status__in=[Delivery.Status.FAILED, Delivery.Status.PENDING])
    return again.update(status=Delivery.Status.PENDING, attempts=0, next_attempt_at=now, handed_over_at=None)


def _take(pk: int, now: datetime) -> Delivery | None:
    """The lease is one statement: of several workers one gets it. The attempt counts even if its worker is killed."""
    due = Delivery.objects.due(now).filter(pk=pk)
    if not due.update(attempts=F("attempts") + 1, next_attempt_at=now + patience.LEASE):
        return None
    of_ticket = ("ticket__site", "ticket__organisation", "ticket__assignee", "event__user")
    of_analysis = ("analysis__contract__organisation", "analysis__commented_by")
    return Delivery.objects.select_related("user", *of_ticket, *of_analysis).get(pk=pk)


def _hold(delivery: Delivery, until: datetime) -> None:
    Delivery.objects.filter(pk=delivery.pk).pending().update(
        attempts=F("attempts") - 1,
        next_attempt_at=until,
        handed_over_at=None,
        error="Held back: as many mails as one address gets in an hour have been sent.",
    )


def _drop(delivery: Delivery, reason: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).pending().update(status=Delivery.Status.DROPPED, error=reason)


def _fail(delivery: Delivery, error: Exception, now: datetime) -> None:
    text = f"{type(error).__name__}: {error}"[:ERROR_LENGTH].replace("\x00", "")
    if patience.is_hopeless(delivery.attempts) or _is_refused_for_good(error):
        log.error("Delivery %d failed for good: %s", delivery.pk, text)
        changes: dict[str, Any] = {"status": Delivery.Status.FAILED, "error": text}
    else:
        log.warning("Delivery %d: attempt %d failed: %s", delivery.pk, delivery.attempts, text)
        next_attempt_at = now + patience.pause_after(delivery.attempts)
        changes = {"next_attempt_at": next_attempt_at, "handed_over_at": None, "error": text}
    Delivery.objects.filter(pk=delivery.pk).pending().update(**changes)


def _is_refused_for_good(error: Exception) -> bool:
    """The server says that there is no such mailbox (5xx); asking again would only annoy it."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _ in error.recipients.values())
