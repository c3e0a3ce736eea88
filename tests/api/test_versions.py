"""ETag and If-Match: nobody overwrites what he has not read."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(report):
    return f"tickets/{report().reference}/"


def test_a_ticket_answers_with_its_version(api, agent, at):
    client = api(agent)
    first = client.get(at)
    assert first["ETag"] == f'"{first.json()["version"]}"'
    changed = client.patch(at, {"title": "New"}, if_match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert client.get(at)["ETag"] == changed["ETag"]


def test_a_stale_write_is_412_with_what_changed(api, agent, lead, at):
    tag = api(agent).get(at)["ETag"]
    api(lead).patch(at, {"title": "His title"})
    answer = api(agent).patch(at, {"title": "Mine"}, if_match=tag)
    assert answer.status_code == 412
    changed = answer.json()["changed"]
    assert changed["fields"]["title"] == ["Server does not start", "His title"]
    assert [event["type"] for event in changed["events"]] == ["edited"]
    assert changed["etag"] == api(agent).get(at)["ETag"]
    assert api(agent).get(at).json()["title"] == "His title"


@pytest.mark.parametrize("tag", ['"999"', '"0"', '"abc"', "1", 'W/"1"', "", '""', '"' + "9" * 400 + '"', '"é"', ","])
def test_a_tag_we_never_gave_is_412(api, agent, at, tag):
    answer = api(agent).patch(at, {"title": "Mine"}, if_match=tag)
    assert (answer.status_code, answer["Content-Type"]) == (412, "application/problem+json")


@pytest.mark.parametrize("tag", ["*", '"1"', '"7", "1"', ' "1" '])
def test_tags_that_fit(api, agent, at, tag):
    assert api(agent).patch(at, {"title": "Mine"}, if_match=tag).status_code == 200


@pytest.mark.parametrize(
    ("below", "body"),
    [
        ("events/", {"type": "responded"}),
        ("replies/", {"body": "Hello"}),
        ("notes/", {"body": "Hello"}),
        ("watchers/", {}),
    ],
)
def test_every_write_below_a_ticket_heeds_if_match(api, agent, at, below, body):
    assert api(agent).post(at + below, body, if_match='"77"').status_code == 412
    assert api(agent).post(at + below, body, if_match='"1"').status_code == 201


def test_a_customer_is_not_told_of_internal_changes(api, agent, alice, at):
    tag = api(alice).get(at)["ETag"]
    api(agent).patch(at, {"assignee": agent.email})
    answer = api(alice).post(at + "replies/", {"body": "Hello"}, if_match=tag)
    assert answer.status_code == 412
    assert answer.json()["changed"]["events"] == []
    assert answer.json()["changed"]["fields"] == {}
