"""Against a real SMTP server: it takes mail, it goes down, it comes back; nothing is lost and nothing is held up."""

import email
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from accounts.actors import Actor
from notifications.models import Delivery
from tests.notifications.conftest import NOW
from tickets import services

pytestmark = pytest.mark.django_db


class Mailbox:
    """What the server took. `answer` is what it says to the next mails."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 — aiosmtpd's name
        if self.answer.startswith("250"):
            self.envelopes.append(envelope)
        return self.answer

    def messages(self) -> list[Any]:
        return [email.message_from_bytes(envelope.content, policy=policy.default) for envelope in self.envelopes]


class Server:
    """A mail server on a port of its own that can be switched off and on."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._controller: Controller | None = None

    def up(self) -> None:
        self._controller = Controller(self.mailbox, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def down(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@pytest.fixture
def server(settings) -> Iterator[Server]:
    server = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    server.up()
    yield server
    server.down()


def test_mail_arrives_with_its_headers(server, case, run_outbox):
    run_outbox(NOW)
    (message,) = server.mailbox.messages()
    assert message["To"] == "alice@demo.test"
    assert message["Message-ID"] == Delivery.objects.get().message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert case.reference in message.get_content()


def test_text_in_other_scripts_arrives_whole(server, case, agent, run_outbox):
    services.reply(ticket=case, body="เครื่องทำงานแล้ว 机器已恢复", by=Actor(user=agent), now=NOW)
    run_outbox(NOW)
    assert any("เครื่องทำงานแล้ว 机器已恢复" in message.get_content() for message in server.mailbox.messages())


def test_server_down_then_up_loses_nothing(server, case, agent, run_outbox):
    server.down()
    services.reply(ticket=case, body="We look into it.", by=Actor(user=agent), now=NOW)
    run_outbox(NOW)
    assert Delivery.objects.pending().count() == 2
    assert all("ConnectionRefusedError" in row.error for row in Delivery.objects.all())
    server.up()
    run_outbox(NOW + timedelta(seconds=10))
    assert len(server.mailbox.envelopes) == 2
    assert Delivery.objects.filter(status="sent", error="").count() == 2


def test_server_that_says_later_is_asked_later(server, case, run_outbox):
    server.mailbox.answer = "451 try again later"
    run_outbox(NOW)
    assert "451" in Delivery.objects.pending().get().error
    server.mailbox.answer = "250 OK"
    run_outbox(NOW + timedelta(seconds=10))
    assert len(server.mailbox.envelopes) == 1


def test_report_is_accepted_while_the_server_is_down(server, report, alice):
    server.down()
    ticket = report(by=alice, reporter=alice)
    assert ticket.number
    assert Delivery.objects.pending().count() == 1
