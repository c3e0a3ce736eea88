"""Mail about a password goes through the outbox: asked for while the mail server is down it comes later, with a link
that no row has ever held."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache

from notifications import services
from notifications.models import Delivery
from tests.outbox import send_waiting

pytestmark = pytest.mark.django_db
REFUSING = "tests.notifications.mail_backends.Refusing"
LINK = re.compile(r"http://127\.0\.0\.1:8000(/account/password/reset/key/\S+)")


@pytest.fixture(autouse=True)
def _no_limits_of_other_tests(db):
    cache.clear()


def ask(client, email="alice@demo.test", **headers):
    return client.post("/account/password/reset/", {"email": email}, **headers)


def test_a_mail_server_that_is_down_costs_nobody_his_link(client, alice, settings):
    settings.EMAIL_BACKEND, working = REFUSING, settings.EMAIL_BACKEND
    assert ask(client)["Location"] == "/account/password/reset/done/"
    send_waiting()
    assert "no route to host" in Delivery.objects.pending().get().error
    settings.EMAIL_BACKEND = working
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=1)):
        send_waiting()
    found = LINK.search(mail.outbox[0].body)
    assert found
    assert "Choose a new password" in client.get(found[1], follow=True).content.decode()


def test_no_row_holds_the_link(client, alice):
    ask(client)
    send_waiting()
    found = LINK.search(mail.outbox[0].body)
    assert found
    secret = found[1].rstrip("/").rsplit("/", 1)[1]
    assert Delivery.objects.get().status == Delivery.Status.SENT
    assert secret not in repr(Delivery.objects.values().get())


def test_its_subject_says_only_what_it_is(client, alice):
    ask(client)
    send_waiting()
    assert mail.outbox[0].to == ["alice@demo.test"]
    assert mail.outbox[0].subject == "Choose a new password"


def test_the_link_leads_to_the_desk_whatever_host_was_asked(client, alice):
    ask(client, HTTP_HOST="localhost")
    send_waiting()
    assert LINK.search(mail.outbox[0].body)


def test_an_unknown_address_is_told_so_and_nothing_about_signing_up(client, db):
    ask(client, "nobody@demo.test")
    send_waiting()
    assert mail.outbox[0].to == ["nobody@demo.test"]
    assert mail.outbox[0].subject == "No account with this address"
    assert "nobody@demo.test" in mail.outbox[0].body
    assert "signed up" not in mail.outbox[0].body
    assert "/account/" not in mail.outbox[0].body


def test_pressed_again_while_it_waits_it_is_still_one_mail(client, alice):
    for _ in range(3):
        ask(client)
    assert Delivery.objects.count() == 1


def test_who_left_in_the_meantime_gets_no_link(client, alice):
    ask(client)
    alice.is_active = False
    alice.save()
    send_waiting()
    assert mail.outbox == []
    assert Delivery.objects.get().status == Delivery.Status.DROPPED


def test_what_could_not_be_sent_for_days_is_dropped(client, alice, settings):
    ask(client)
    later = datetime.now(UTC) + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
    for pk in services.hand_over(now=later):
        services.deliver(pk=pk, now=later)
    assert mail.outbox == []
    assert Delivery.objects.get().status == Delivery.Status.DROPPED


def test_an_address_longer_than_any_mailbox_is_answered_like_every_other(client, db):
    assert ask(client, f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.test").status_code == 302
    assert not Delivery.objects.exists()


def test_an_invitation_says_how_long_it_is_good_and_who_was_too_late_gets_another(client, administrator):
    client.force_login(administrator)
    form = {"name": "Nia", "email": "nia@demo.test", "role": "agent", "language": "en", "zone": "", "phone": ""}
    assert client.post("/settings/people/new/", form).status_code == 302
    client.logout()
    send_waiting()
    assert "The link works once, within 3 days." in mail.outbox[0].body
    old = LINK.search(mail.outbox[0].body)
    with time_machine.travel(datetime.now(UTC) + timedelta(days=4)):
        page = client.get(old[1], follow=True).content.decode()
        assert "This link no longer works" in page
        assert 'href="/account/password/reset/"' in page
        ask(client, "nia@demo.test")
        send_waiting()
        new = LINK.search(mail.outbox[1].body)
        form = client.get(new[1], follow=True)
        words = {"password1": "quiet-river-88", "password2": "quiet-river-88"}
        done = client.post(form.redirect_chain[-1][0], words, follow=True).content.decode()
        assert "Your password is saved" in done
        assert client.login(username="nia@demo.test", password="quiet-river-88")
