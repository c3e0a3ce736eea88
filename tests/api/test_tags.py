"""Tags over REST: read, written and asked for by staff; for customers there are none."""

import pytest

from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ticket):
    return f"tickets/{ticket.reference}/"


def test_the_whole_list_is_written_and_the_log_says_what_changed(api, agent, at):
    client = api(agent)
    assert client.get(at).json()["tags"] == []
    assert client.patch(at, {"tags": ["Power Supply", "fan"]}).json()["tags"] == ["fan", "power-supply"]
    assert client.patch(at, {"tags": ["fan", "停电"], "title": "New"}).json()["tags"] == ["fan", "停电"]
    events = client.get(f"{at}events/?type=tagged").json()["results"]
    assert events[1]["data"] == {"added": ["停电"], "removed": ["power-supply"]}
    assert client.patch(at, {"title": "Other"}).json()["tags"] == ["fan", "停电"]
    assert client.patch(at, {"tags": []}).json()["tags"] == []


@pytest.mark.parametrize("given", [["a/b"], [""], ["x" * 41], ["a,b"], [7], "fan", None, [f"t{n}" for n in range(21)]])
def test_what_is_no_tag_is_400_beside_the_field(api, agent, at, given):
    answer = api(agent).patch(at, {"tags": given, "title": "New"})
    assert answer.status_code == 400
    assert {name.partition("[")[0] for name in answer.json()["errors"]} == {"tags"}
    assert Ticket.objects.get().title != "New"


def test_a_version_that_moved_on_is_412(api, agent, at):
    client = api(agent)
    etag = client.get(at)["ETag"]
    assert client.patch(at, {"tags": ["fan"]}, if_match=etag).status_code == 200
    assert client.patch(at, {"tags": ["ups"]}, if_match=etag).status_code == 412


def test_a_stale_list_is_told_what_others_did_to_it_like_any_field(api, agent, lead, alice, at):
    client = api(agent)
    client.patch(at, {"tags": ["fan", "old"]})
    etag, customers = client.get(at)["ETag"], api(alice).get(at)["ETag"]
    for words in (["fan", "ups"], ["fan", "停电"]):
        api(lead).patch(at, {"tags": words})
    refused = client.patch(at, {"tags": ["fan", "mine"]}, if_match=etag)
    assert refused.status_code == 412
    assert refused.json()["changed"]["fields"] == {"tags": [["fan", "old"], ["fan", "停电"]]}
    assert client.get(at).json()["tags"] == ["fan", "停电"]
    assert api(alice).patch(at, {"title": "Mine"}, if_match=customers).json()["changed"]["fields"] == {}


def test_without_a_version_the_list_is_written_over_like_any_field(api, agent, lead, at):
    api(lead).patch(at, {"tags": ["fan"], "title": "His"})
    body = api(agent).patch(at, {"tags": ["ups"], "title": "Mine"}).json()
    assert (body["tags"], body["title"]) == (["ups"], "Mine")


def test_lists_are_narrowed_by_any_of_the_tags(api, agent, report, at):
    client, other = api(agent), report()
    report()
    client.patch(at, {"tags": ["fan"]}), client.patch(f"tickets/{other.reference}/", {"tags": ["ups"]})
    assert len(client.get("tickets/?tag=fan,UPS").json()["results"]) == 2
    assert [row["tags"] for row in client.get("tickets/?tag=fan").json()["results"]] == [["fan"]]
    assert client.get("tickets/?tag=unknown").json()["results"] == []


def test_a_customer_neither_reads_nor_writes_nor_asks_for_them(api, agent, alice, at):
    api(agent).patch(at, {"tags": ["secret-word"]})
    client = api(alice)
    assert client.get(at).json()["tags"] is None
    assert client.patch(at, {"tags": ["mine"]}).status_code == 403
    assert client.get("tickets/?tag=secret-word").json()["errors"] == {"tag": ["Only staff can ask for this."]}
    assert client.get("tickets/?q=secret-word").json()["results"] == []
    assert "secret-word" not in client.get(f"{at}events/").content.decode()
