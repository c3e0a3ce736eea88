"""Administrators test the mail settings and see what the server said; secrets are never shown."""

import smtplib

import pytest
from django.core import mail
from django.utils import timezone

from notifications.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def test_where_mail_is_not_set_up_a_test_says_that_nothing_left(admin):
    page = admin.post("/settings/mail/test/", follow=True).content.decode()
    assert "Nothing left this desk" in page
    assert "last test: written to the terminal" in page
    assert "server took" not in page


def test_a_test_mail_goes_to_who_asks(admin, settings):
    settings.EMAIL_BACKEND = "tests.notifications.mail_backends.Taking"
    page = admin.post("/settings/mail/test/", follow=True).content.decode()
    assert "The mail server took the test mail to admin@demo.test" in page
    assert mail.outbox[-1].to == ["admin@demo.test"]
    assert Delivery.objects.get().status == "sent"


def test_the_words_of_the_server_are_shown_and_nothing_is_tried_again(admin, monkeypatch):
    def refuse(_self, _messages):
        raise smtplib.SMTPAuthenticationError(535, b"no such user")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    page = admin.post("/settings/mail/test/", follow=True).content.decode()
    assert "no such user" in page
    assert Delivery.objects.get().status == "failed"


def test_no_secret_is_on_the_page(admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_PASSWORD = "mail.example.test", "geheim-77"
    page = admin.get("/settings/mail/").content.decode()
    assert "mail.example.test" in page
    assert "geheim-77" not in page


def test_tests_are_limited(still, admin):
    for _ in range(12):
        admin.post("/settings/mail/test/")
    assert len(mail.outbox) == 10


def test_a_failed_mail_is_sent_again(admin, agent):
    now = timezone.now()
    row = Delivery.objects.create(
        user=agent, kind="invitation", key="k", next_attempt_at=now, created_at=now, status="failed"
    )
    admin.post(f"/settings/mail/{row.pk}/again/")
    row.refresh_from_db()
    assert row.status == "pending"


@pytest.mark.parametrize("role", ["agent", "lead", "manager", "alice"])
def test_nobody_else_sees_or_tests_mail(client, request, role):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/settings/mail/").status_code == 403
    assert client.post("/settings/mail/test/").status_code == 403
