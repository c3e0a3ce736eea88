"""A customer's key reads what his pages tell: no address of a colleague, no owner, no test for who works here."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tests.conftest import person
from tickets import services

pytestmark = pytest.mark.django_db
BELOW = ("", "clocks/", "events/", "replies/", "attachments/", "links/", "watchers/")


@pytest.fixture
def worked(ticket):
    now = datetime.now(UTC)
    colleague = person("zebulon", "lead")
    by = Actor(user=colleague)
    services.note(ticket=ticket, body="NOTECANARY", by=by, now=now)
    services.assign(ticket=ticket, assignee=colleague, by=by, now=now)
    services.record(ticket=ticket, type="responded", by=by, at=now, now=now, note="EVENTCANARY")
    services.reply(ticket=ticket, body="A public answer", by=by, now=now)
    services.edit(ticket=ticket, changes={"cause": "CAUSECANARY"}, by=by, now=now)
    return ticket


def test_no_answer_names_a_colleague_by_address(api, alice, worked):
    client = api(alice)
    for address in ("tickets/", *(f"tickets/{worked.reference}/{below}" for below in BELOW)):
        text = client.get(address).content.decode()
        assert not [canary for canary in ("zebulon@", "CANARY") if canary in text], address


def test_a_reply_is_signed_and_an_event_is_the_desks(api, alice, worked):
    client = api(alice)
    assert client.get(f"tickets/{worked.reference}/replies/").json()["results"][0]["author"] == "Zebulon"
    events = client.get(f"tickets/{worked.reference}/events/").json()["results"]
    assert [event["by"] for event in events if event["type"] == "responded"] == ["staff"]


@pytest.mark.parametrize("asked", ["assignee=agent@demo.test", "assignee=nobody@demo.test", "assignee=me", "team=desk"])
def test_who_works_here_cannot_be_asked(api, alice, agent, asked):
    answer = api(alice).get(f"tickets/?{asked}")
    assert answer.status_code == 400
    assert "Only staff can ask for this." in answer.content.decode()


def test_words_of_notes_are_found_by_the_desk_alone(api, alice, agent, worked):
    assert api(agent).get("tickets/?q=notecanary").json()["results"]
    assert not api(alice).get("tickets/?q=notecanary").json()["results"]
