"""The outbox: one hand-over at a time, back-off, a row stays unsent until the server has said yes.

Against the in-memory mail backend; a real server stands in `test_smtp`.
"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from notifications import services as notifications
from notifications.models import Delivery
from notifications.patience import HAND_OVER, LEASE, MAX_ATTEMPTS, pause_after
from tests.notifications.conftest import NOW

pytestmark = pytest.mark.django_db
REFUSING = "tests.notifications.mail_backends.Refusing"
SECOND = timedelta(seconds=1)


@pytest.fixture
def waiting(case):
    """One delivery that waits."""
    return Delivery.objects.get()


def again(delivery):
    delivery.refresh_from_db()
    return delivery


def test_what_was_handed_over_is_not_handed_over_again_at_once(waiting):
    assert notifications.hand_over(now=NOW) == [waiting.pk]
    assert notifications.hand_over(now=NOW + SECOND) == []


def test_what_no_worker_took_is_handed_over_again(waiting):
    notifications.hand_over(now=NOW)
    assert notifications.hand_over(now=NOW + HAND_OVER) == [waiting.pk]


def test_what_the_broker_did_not_take_is_free_at_once(waiting):
    notifications.take_back(pks=notifications.hand_over(now=NOW))
    assert notifications.hand_over(now=NOW + SECOND) == [waiting.pk]


def test_delivered_twice_is_sent_once(waiting, mailoutbox):
    assert notifications.deliver(pk=waiting.pk, now=NOW)
    assert not notifications.deliver(pk=waiting.pk, now=NOW)
    assert len(mailoutbox) == 1
    assert again(waiting).status == Delivery.Status.SENT


def test_while_one_worker_sends_no_other_does(waiting, mailoutbox):
    Delivery.objects.update(next_attempt_at=NOW + LEASE, attempts=1)
    assert not notifications.deliver(pk=waiting.pk, now=NOW + SECOND)
    assert mailoutbox == []


def test_what_a_killed_worker_had_in_hand_is_sent_after_its_lease(waiting, run_outbox):
    notifications.hand_over(now=NOW)
    Delivery.objects.update(next_attempt_at=NOW + LEASE, attempts=1)  # taken, then kill -9
    assert run_outbox(NOW + LEASE - SECOND) == []
    assert len(run_outbox(NOW + LEASE)) == 1


def test_message_id_stays_the_same_over_attempts(waiting, settings, run_outbox):
    settings.EMAIL_BACKEND, sending = REFUSING, settings.EMAIL_BACKEND
    first = waiting.message_id
    run_outbox(NOW)
    settings.EMAIL_BACKEND = sending
    assert run_outbox(NOW + timedelta(minutes=5))[0].extra_headers["Message-ID"] == first


def test_failure_is_written_down_and_waits_longer_each_time(waiting, settings, run_outbox):
    settings.EMAIL_BACKEND = REFUSING
    run_outbox(NOW)
    assert again(waiting).next_attempt_at == NOW + timedelta(seconds=10)
    assert "no route to host" in waiting.error
    run_outbox(waiting.next_attempt_at)
    assert again(waiting).next_attempt_at == NOW + timedelta(seconds=30)


def test_pauses_grow_from_ten_seconds_to_a_day():
    pauses = [pause_after(attempt) for attempt in range(1, MAX_ATTEMPTS)]
    assert pauses[0] == timedelta(seconds=10)
    assert pauses[-1] == timedelta(hours=24)
    assert pauses == sorted(pauses)


def test_after_the_last_attempt_it_has_failed_and_can_be_sent_again(waiting, settings, run_outbox):
    settings.EMAIL_BACKEND, sending = REFUSING, settings.EMAIL_BACKEND
    Delivery.objects.update(attempts=MAX_ATTEMPTS - 1)
    run_outbox(NOW)
    assert again(waiting).status == Delivery.Status.FAILED
    settings.EMAIL_BACKEND = sending
    assert notifications.send_again(pks=[waiting.pk], now=NOW) == 1
    assert len(run_outbox(NOW)) == 1


def test_mailbox_that_does_not_exist_fails_at_once(waiting, settings, run_outbox):
    settings.EMAIL_BACKEND = "tests.notifications.mail_backends.NoSuchMailbox"
    run_outbox(NOW)
    assert again(waiting).status == Delivery.Status.FAILED
    assert "550" in waiting.error


def test_what_was_sent_is_not_sent_again(waiting, run_outbox):
    run_outbox(NOW)
    assert notifications.send_again(pks=[waiting.pk], now=NOW) == 0


def test_one_event_has_one_mail_per_person_in_the_database_itself(waiting):
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(user=waiting.user, key=waiting.key, kind="x", next_attempt_at=NOW, created_at=NOW)
