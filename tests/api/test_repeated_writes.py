"""Idempotency-Key: a repeated write gets the first answer and happens once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import IdempotentAnswer
from accounts.services import forget_answers
from tests.api.conftest import FAULT, Api
from tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db


def test_the_first_answer_comes_again_to_the_byte(api, agent, acme):
    client = api(agent)
    first, second = (client.post("tickets/", FAULT, idempotency_key="k1") for _ in range(2))
    assert second.status_code == first.status_code == 201
    assert second.content == first.content
    assert (first["ETag"], first["Location"]) == (second["ETag"], second["Location"])
    assert "Idempotent-Replay" not in first
    assert second["Idempotent-Replay"] == "true"
    assert Ticket.objects.count() == 1


def test_an_event_is_recorded_once_though_a_second_would_be_illegal(api, agent, ticket):
    client, path = api(agent), f"tickets/{ticket.reference}/events/"
    answers = [client.post(path, {"type": "waiting"}, idempotency_key="w").status_code for _ in range(2)]
    assert answers == [201, 201]
    assert TicketEvent.objects.filter(type="waiting").count() == 1


def test_a_change_is_written_once(api, agent, ticket):
    client, path = api(agent), f"tickets/{ticket.reference}/"
    answers = [client.patch(path, {"title": "New"}, idempotency_key="p") for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 200]
    assert TicketEvent.objects.filter(type="edited").count() == 1


def test_the_same_body_written_differently_is_the_same(api, agent):
    client = api(agent)
    first = client.post("tickets/", '{"kind":"fault","title":"a"}', idempotency_key="k")
    second = client.post("tickets/", '{ "title": "a", "kind": "fault" }', idempotency_key="k")
    assert first.json() == second.json()


@pytest.mark.parametrize("other", [FAULT | {"title": "Other"}, FAULT | {"level": "1"}])
def test_another_body_under_the_same_key_is_422(api, agent, other):
    client = api(agent)
    client.post("tickets/", FAULT, idempotency_key="k")
    answer = client.post("tickets/", other, idempotency_key="k")
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["errors"]
    assert Ticket.objects.count() == 1


def test_another_address_under_the_same_key_is_422(api, agent, report):
    client, one, two = api(agent), report(), report()
    client.post(f"tickets/{one.reference}/events/", {"type": "responded"}, idempotency_key="k")
    answer = client.post(f"tickets/{two.reference}/events/", {"type": "responded"}, idempotency_key="k")
    assert answer.status_code == 422


def test_keys_belong_to_their_holder(api, agent, lead):
    for user in (agent, lead):
        assert "Idempotent-Replay" not in api(user).post("tickets/", FAULT, idempotency_key="k")
    assert Ticket.objects.count() == 2


def test_a_persons_second_key_meets_the_same_answer(api, agent):
    answers = [api(agent).post("tickets/", FAULT, idempotency_key="k") for _ in range(2)]
    assert answers[0].content == answers[1].content


def test_a_refused_request_leaves_the_key_free(api, agent):
    client = api(agent)
    assert client.post("tickets/", {"kind": "fault"}, idempotency_key="k").status_code == 400
    assert client.post("tickets/", FAULT, idempotency_key="k").status_code == 201


def test_a_key_is_kept_for_24_hours(api, agent):
    client, start = api(agent), timezone.now()
    with time_machine.travel(start, tick=False):
        client.post("tickets/", FAULT, idempotency_key="k")
    with time_machine.travel(start + timedelta(hours=23, minutes=59), tick=False):
        assert client.post("tickets/", FAULT, idempotency_key="k")["Idempotent-Replay"] == "true"
    with time_machine.travel(start + timedelta(hours=24, seconds=1), tick=False):
        assert "Idempotent-Replay" not in client.post("tickets/", FAULT | {"title": "B"}, idempotency_key="k")
    assert Ticket.objects.count() == 2


def test_old_answers_are_forgotten(api, agent):
    api(agent).post("tickets/", FAULT, idempotency_key="k")
    assert forget_answers(now=timezone.now() + timedelta(hours=23)) == 0
    assert forget_answers(now=timezone.now() + timedelta(hours=25)) == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "tab\there", "ключ"])
def test_a_key_that_is_no_key_is_refused(api, agent, key):
    answer = api(agent).post("tickets/", FAULT, idempotency_key=key)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Idempotency-Key"])


def test_a_revoked_key_gets_no_answer_again(api, agent):
    client = api(agent)
    client.post("tickets/", FAULT, idempotency_key="k")
    agent.api_keys.update(revoked_at=timezone.now())
    assert client.post("tickets/", FAULT, idempotency_key="k").status_code == 401


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_ticket(api, agent):
    text = api(agent).text

    def send(_number):
        try:
            return Api(text).post("tickets/", FAULT, idempotency_key="storm")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(20)))
    assert Ticket.objects.count() == 1
    assert {a.status_code for a in answers} <= {201, 409}
    assert sum(a.status_code == 201 and "Idempotent-Replay" not in a for a in answers) == 1
    assert all(a["Retry-After"] for a in answers if a.status_code == 409)


@pytest.mark.django_db(transaction=True)
def test_answer_and_write_are_committed_together(api, agent, monkeypatch):
    monkeypatch.setattr("accounts.api.idempotency._keep", _fail)
    assert api(agent).post("tickets/", FAULT, idempotency_key="k").status_code == 500
    assert (Ticket.objects.count(), IdempotentAnswer.objects.count()) == (0, 0)


def _fail(*_arguments):
    raise RuntimeError("the power goes")
