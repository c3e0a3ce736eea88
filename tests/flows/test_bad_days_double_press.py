"""A button pressed twice, or six times at the same moment, does its work once; what was meant anew is done anew."""

import threading

import pytest
from django.db import connection
from django.test import Client

from tests.tickets.files import upload
from tickets.models import Note, Reply


def press(client, ticket, count, data):
    """All at the same moment, as the same person."""
    gate, codes = threading.Barrier(count), []

    def once():
        own = Client()
        own.cookies = client.cookies
        gate.wait()
        codes.append(own.post(f"{ticket.get_absolute_url()}messages/", data).status_code)
        connection.close()

    presses = [threading.Thread(target=once) for _ in range(count)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    return codes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("kind", "model"), [("reply", Reply), ("note", Note)])
def test_message_pressed_at_once_is_said_once(client, agent, ticket, kind, model):
    client.force_login(agent)
    codes = press(client, ticket, 5, {"kind": kind, "body": "We are on it", "version": ticket.last_seq})
    assert set(codes) <= {302, 409}
    assert 302 in codes
    assert model.objects.get().body == "We are on it"


@pytest.mark.django_db
def test_same_words_on_a_newer_page_are_said_again(client, agent, ticket):
    client.force_login(agent)
    for _ in range(2):
        ticket.refresh_from_db()
        data = {"kind": "note", "body": "Called, no answer", "version": ticket.last_seq}
        client.post(f"{ticket.get_absolute_url()}messages/", data)
        client.post(f"{ticket.get_absolute_url()}messages/", data)
    assert Note.objects.count() == 2


@pytest.mark.django_db
def test_files_the_store_refused_may_be_sent_again(client, agent, ticket, settings, tmp_path):
    client.force_login(agent)
    (tmp_path / "attachments").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path
    address, kind = f"{ticket.get_absolute_url()}messages/", {"kind": "reply", "body": "", "version": ticket.last_seq}
    assert client.post(address, {**kind, "files": upload("plan.txt")}).status_code == 400
    (tmp_path / "attachments").unlink()
    assert client.post(address, {**kind, "files": upload("plan.txt")}).status_code == 302
    assert ticket.attachments.count() == 1
