"""Nobody is told of what was taken back in time; who was told already was told."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from notifications.models import Delivery, Notice
from tickets import services

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def test_mail_and_notice_about_what_was_taken_back_are_withdrawn(ticket, agent, alice, lead):
    services.watch(ticket=ticket, user=alice, by=Actor(user=alice))
    by = Actor(user=agent)
    with services.remembered(by=by, now=NOW) as memory:
        event = services.record(ticket=ticket, type="restored", by=by, at=NOW, now=NOW)
    assert Delivery.objects.pending().filter(event=event).exists()
    services.take_back(action=memory.action, by=by, now=NOW)
    assert not Delivery.objects.pending().filter(event=event).exists()
    assert set(Delivery.objects.filter(event=event).values_list("status", flat=True)) == {Delivery.Status.DROPPED}
    assert not Notice.objects.filter(event=event).exists()


def test_mail_that_has_left_stays_and_the_new_owner_is_not_told_late(ticket, agent, lead):
    by = Actor(user=agent)
    with services.remembered(by=by, now=NOW) as memory:
        services.assign(ticket=ticket, assignee=lead, by=by, now=NOW)
    Delivery.objects.filter(user=lead).update(status=Delivery.Status.SENT, sent_at=NOW)
    services.take_back(action=memory.action, by=by, now=NOW)
    assert Delivery.objects.get(user=lead).status == Delivery.Status.SENT
    assert not Notice.objects.filter(user=lead, kind="assigned").exists()
