"""/tickets/{number}/events/: the one door for everything that happens, and what each reader sees of it."""

from datetime import UTC, datetime, timedelta

import pytest

from tickets.event_types import PUBLIC, TYPES, Writer

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(ticket):
    return f"tickets/{ticket.reference}/events/"


def test_an_event_is_answered_with_its_place_in_the_log(api, agent, report):
    answer = api(agent).post(
        f"tickets/{report().reference}/events/", {"type": "responded", "note": "called back", "level": None}
    )
    assert answer.status_code == 201
    event = answer.json()
    assert (event["seq"], event["type"], event["by"], event["automatic"]) == (2, "responded", agent.email, False)
    assert event["at"] == event["recorded_at"]
    assert (event["note"], event["data"]) == ("called back", {})


def test_staff_may_give_an_earlier_time(api, agent, at):
    earlier = (datetime.now(UTC) - timedelta(minutes=30)).replace(microsecond=0)
    event = api(agent).post(at, {"type": "responded", "at": earlier.isoformat()}).json()
    assert event["at"] == earlier.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert event["recorded_at"] > event["at"]


@pytest.mark.parametrize("offset", [timedelta(hours=1), timedelta(hours=-2), timedelta(days=-40)])
def test_a_time_in_the_future_or_before_the_report_is_refused(api, agent, at, offset):
    answer = api(agent).post(at, {"type": "responded", "at": (datetime.now(UTC) + offset).isoformat()})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["at"])


def test_a_customer_may_not_give_a_time(api, alice, at):
    earlier = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
    answer = api(alice).post(at, {"type": "remote_granted", "at": earlier})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["at"])


@pytest.mark.parametrize("code", [*sorted(c for c, t in TYPES.items() if t.writer != Writer.PEOPLE), "nonsense", ""])
def test_what_people_do_not_do_they_cannot_post(api, administrator, at, code):
    answer = api(administrator).post(at, {"type": code})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["type"])


def test_level_confirmed_takes_a_level_of_the_scheme(api, agent, ticket, at):
    client = api(agent)
    assert list(client.post(at, {"type": "level_confirmed"}).json()["errors"]) == ["level"]
    assert list(client.post(at, {"type": "level_confirmed", "level": "A"}).json()["errors"]) == ["level"]
    assert client.post(at, {"type": "level_confirmed", "level": "1"}).status_code == 201
    assert client.get(f"tickets/{ticket.reference}/").json()["level"] == "1"


def test_a_field_the_event_does_not_have_is_refused(api, agent, at):
    answer = api(agent).post(at, {"type": "responded", "planned_at": "2026-11-20T10:00:00Z"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["planned_at"])


def test_an_illegal_transition_is_a_conflict(api, agent, at):
    client = api(agent)
    assert client.post(at, {"type": "waiting"}).status_code == 201
    answer = client.post(at, {"type": "waiting"})
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"


def test_what_the_role_does_not_allow_is_403(api, alice, at):
    assert api(alice).post(at, {"type": "restored"}).status_code == 403


def test_the_list_is_a_cursor_page_in_the_order_of_the_log(api, agent, report):
    client, at = api(agent), f"tickets/{report().reference}/events/"
    client.post(at, {"type": "responded"})
    client.post(at, {"type": "diagnosed"})
    page = client.get(at + "?page_size=2").json()
    assert [event["seq"] for event in page["results"]] == [1, 2]
    assert [event["type"] for event in client.get(page["next"]).json()["results"]] == ["diagnosed"]


def test_a_customer_reads_neither_notes_nor_internal_events(api, agent, alice, ticket, at):
    client = api(agent)
    client.post(at, {"type": "responded", "note": "SECRET one"})
    client.post(at, {"type": "loaner_requested", "note": "SECRET two"})
    client.post(f"tickets/{ticket.reference}/notes/", {"body": "SECRET three"})
    customer = api(alice)
    events = customer.get(at)
    assert {event["type"] for event in events.json()["results"]} == {"received", "responded"} <= PUBLIC
    assert all(event["data"].keys() <= {"level"} for event in events.json()["results"])
    for below in ("", "clocks/", "events/", "replies/", "attachments/", "links/", "watchers/"):
        assert b"SECRET" not in customer.get(f"tickets/{ticket.reference}/{below}").content


def test_automatic_events_are_by_system(api, agent, report):
    ticket = report(level="1", at=datetime.now(UTC) - timedelta(minutes=20))
    events = api(agent).get(f"tickets/{ticket.reference}/events/?type=clock_missed").json()["results"]
    assert [(e["by"], e["automatic"], e["data"]["target"]) for e in events] == [("system", True, "respond")]


def test_a_message_is_a_reply_that_both_sides_read_and_the_note_is_not(api, agent, alice, ticket, at):
    body = {"type": "restored", "note": "SECRET", "message": "The fan tray was changed."}
    assert api(agent).post(at, body).json()["note"] == "SECRET"
    for reader in (agent, alice):
        (reply,) = api(reader).get(f"tickets/{ticket.reference}/replies/").json()["results"]
        assert (reply["body"], reply["from_customer"]) == ("The fan tray was changed.", False)
    events = api(alice).get(at)
    assert [event["type"] for event in events.json()["results"]] == ["received", "restored", "replied"]
    assert b"SECRET" not in events.content


def test_a_customer_sends_no_message_with_an_event(api, alice, at):
    answer = api(alice).post(at, {"type": "remote_granted", "message": "Come in"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["message"])


def test_lowering_a_level_needs_its_reason(api, agent, at):
    client = api(agent)
    assert client.post(at, {"type": "level_confirmed", "level": "1"}).status_code == 201
    answer = client.post(at, {"type": "level_confirmed", "level": "3"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["note"])
    assert client.post(at, {"type": "level_confirmed", "level": "3", "note": "one desk only"}).status_code == 201


def test_a_visit_may_fail_that_nobody_wrote_down_before(api, agent, at):
    """The contract names what is illegal; this is not among it. Pages ask for the visit first."""
    assert api(agent).post(at, {"type": "visit_failed", "note": "Gate shut"}).status_code == 201
