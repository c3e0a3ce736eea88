"""Nothing internal reaches a customer, and nothing at all reaches a stranger."""

import re
from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tests.conftest import person
from tests.tickets.files import upload
from tickets import follow, services

pytestmark = pytest.mark.django_db
CANARIES = ("NOTECANARY", "EVENTCANARY", "FILECANARY", "Zebulon", "COVERCANARY", "CAUSECANARY", "zebulon@")


@pytest.fixture
def worked(ticket, agent):
    """A case on which much internal work was done, by somebody whose name is nobody's business."""
    now = datetime.now(UTC)
    colleague = person("zebulon", "lead")
    by = Actor(user=colleague)
    services.note(ticket=ticket, body="NOTECANARY", by=by, now=now)
    for kind in (
        "responded",
        "diagnosed",
        "remote_requested",
        "departed",
        "arrived",
        "spare_needed",
        "loaner_requested",
    ):
        services.record(ticket=ticket, type=kind, by=by, at=now, now=now, note="EVENTCANARY")
    services.record(ticket=ticket, type="crisis_opened", by=by, at=now, now=now, note="EVENTCANARY")
    services.record(
        ticket=ticket, type="level_confirmed", by=by, at=now, now=now, note="EVENTCANARY", fields={"level": "1"}
    )
    services.attach(ticket=ticket, uploads=[upload("FILECANARY.txt")], by=by, now=now, is_internal=True)
    services.assign(ticket=ticket, assignee=colleague, by=by, now=now)
    type(ticket).objects.filter(pk=ticket.pk).update(coverage_reason="COVERCANARY", cause="CAUSECANARY")
    services.reply(ticket=ticket, body="A public answer", by=Actor(user=agent), now=now)
    return ticket


def addresses(ticket):
    return [
        "/portal/",
        "/portal/?q=NOTECANARY",
        f"/portal/{ticket.reference}/",
        f"/portal/follow/{follow.token(ticket.pk)}/",
        f"/portal/{ticket.reference}/survey/",
        f"/portal/follow/{follow.token(ticket.pk)}/survey/",
        f"/portal/survey/{follow.survey_token(ticket.pk)}/yes/",
        "/portal/?show=done",
        "/report/",
    ]


def test_nothing_internal_is_in_any_page_of_a_customer(client, alice, worked):
    client.force_login(alice)
    for address in addresses(worked):
        text = client.get(address).content.decode().replace("q=NOTECANARY", "").replace('value="NOTECANARY"', "")
        text = text.replace("“NOTECANARY”", "")
        assert not [canary for canary in CANARIES if canary in text], address


def test_the_public_answer_is_there_with_its_author(client, alice, worked):
    client.force_login(alice)
    text = client.get(f"/portal/{worked.reference}/").content.decode()
    assert "A public answer" in text
    assert "Agent" in text


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_a_stranger_finds_nothing_under_any_address(client, worked, who, request):
    client.force_login(request.getfixturevalue(who))
    address = f"/portal/{worked.reference}/"
    assert client.get(address).status_code == 404
    for action in ("write", "works", "fails", "reopen", "grant", "refuse"):
        assert client.post(address, {"action": action, "body": "x", "nonce": "y"}).status_code == 404
    assert worked.reference not in client.get("/portal/").content.decode()
    assert "No fault matches" in client.get(f"/portal/?q={worked.reference}").content.decode()


def test_a_number_that_does_not_exist_looks_the_same(client, carol, worked):
    client.force_login(carol)
    texts = []
    for reference in (worked.reference, "SD-999999999"):
        text = client.get(f"/portal/{reference}/").content.decode().replace(reference, "N")
        texts.append(re.sub(r'(data-now|value|hx-headers)=("[^"]*"|\'[^\']*\')', "", text))
    assert texts[0] == texts[1]


def test_without_sign_in_one_is_asked_to(client, worked):
    assert client.get(f"/portal/{worked.reference}/")["Location"].startswith("/account/sign-in/?next=")


def test_staff_are_shown_to_their_own_pages(client, agent, worked):
    client.force_login(agent)
    assert client.get("/portal/")["Location"] == "/tickets/"
    assert client.get(f"/portal/{worked.reference}/")["Location"] == f"/tickets/{worked.reference}/"
