"""The page behind the bell: own notices only, unread first, read by POST."""

from datetime import timedelta

import pytest

from accounts.actors import SYSTEM, Actor
from notifications.models import Notice
from tests.notifications.conftest import NOW
from tickets import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(case, agent):
    """The agent has been given alice's fault."""
    services.assign(ticket=case, assignee=agent, by=SYSTEM, now=NOW)
    return Notice.objects.get(user=agent)


def test_strangers_are_sent_to_the_sign_in(client, db):
    assert client.get("/notifications/").status_code == 302


def test_list_shows_what_is_new(client, agent, notice, case):
    client.force_login(agent)
    page = client.get("/notifications/").content.decode()
    assert "This ticket is now yours" in page
    assert case.reference in page
    assert "Notifications, 1 new" in page


def test_looking_marks_nothing_read(client, agent, notice):
    client.force_login(agent)
    client.get("/notifications/")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_reading_leads_to_the_ticket(client, agent, notice, case):
    client.force_login(agent)
    response = client.post(f"/notifications/{notice.pk}/read/")
    assert response["Location"] == case.get_absolute_url()
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_customer_is_led_to_the_portal(client, alice, agent, case, happen):
    happen(case, "departed", by=agent)
    client.force_login(alice)
    assert "Our engineer is on the way" in client.get("/notifications/").content.decode()
    notice = Notice.objects.get(user=alice)
    assert client.post(f"/notifications/{notice.pk}/read/")["Location"] == f"/portal/{case.reference}/"


def test_somebody_elses_notice_does_not_exist(client, lead, notice):
    client.force_login(lead)
    assert client.post(f"/notifications/{notice.pk}/read/").status_code == 404


def test_all_read_spares_what_came_after_the_list(client, agent, notice, happen, case, alice):
    client.force_login(agent)
    services.reply(ticket=case, body="Well?", by=Actor(user=alice), now=NOW + timedelta(minutes=1))
    client.post("/notifications/read/", {"upto": notice.pk})
    assert list(Notice.objects.filter(user=agent).unread().values_list("kind", flat=True)) == ["customer_replied"]


@pytest.mark.parametrize("upto", ["", "x", "-1", "9" * 40, "٣"])
def test_nonsense_marks_nothing(client, agent, notice, upto):
    client.force_login(agent)
    assert client.post("/notifications/read/", {"upto": upto}).status_code == 302
    assert Notice.objects.filter(user=agent).unread().count() == 1


def test_unread_comes_first(client, agent, notice, case, alice):
    Notice.objects.update(read_at=NOW)
    services.reply(ticket=case, body="Well?", by=Actor(user=alice), now=NOW + timedelta(minutes=1))
    client.force_login(agent)
    page = client.get("/notifications/").content.decode()
    assert page.index("The customer has written") < page.index("This ticket is now yours")


def test_who_lost_access_sees_no_notice_of_it(client, alice, agent, case, happen):
    happen(case, "departed", by=agent)
    alice.memberships.all().delete()
    client.force_login(alice)
    assert case.reference not in client.get("/notifications/").content.decode()


@pytest.mark.parametrize("is_owner", [True, False])
def test_a_reply_that_did_not_leave_is_told_to_its_author_once(client, agent, alice, lead, case, is_owner):
    """Also where the same message has rung the owner's bell already, and was read."""
    if is_owner:
        services.assign(ticket=case, assignee=agent, by=SYSTEM, now=NOW)
    wait = timedelta(seconds=10)
    seen = case.events.order_by("seq").last().seq
    services.send(ticket=case, body="On its way", by=Actor(user=agent), now=NOW, wait=wait, seen_seq=seen)
    services.reply(ticket=case, body="Well?", by=Actor(user=alice), now=NOW)
    Notice.objects.update(read_at=NOW)
    services.release_due(now=NOW + wait)
    told = Notice.objects.filter(kind="reply_stopped")
    assert [(row.user, row.event.type, row.read_at) for row in told] == [(agent, "replied", None)]
    client.force_login(agent)
    assert client.get("/notifications/").content.decode().count("Your reply did not leave") == 1


def test_a_reply_that_was_closed_over_is_told_with_the_ticket_that_goes_on(agent, lead, case, report):
    wait = timedelta(seconds=10)
    services.send(ticket=case, body="On its way", by=Actor(user=agent), now=NOW, wait=wait)
    other = report(at=NOW, now=NOW)
    services.merge(ticket=case, into=other, by=Actor(user=lead), now=NOW)
    services.release_due(now=NOW + wait)
    assert Notice.objects.get(kind="reply_stopped").ticket == other
