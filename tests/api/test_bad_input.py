"""Whatever is sent, the answer is a problem document that says what is wrong, never a 500."""

import json
from typing import Any

import pytest

from tests.api.conftest import FAULT

pytestmark = pytest.mark.django_db
MEMBERS = {"type", "title", "status", "detail", "errors"}


def is_problem(answer, status):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json().keys() >= MEMBERS
    assert answer.json()["status"] == status
    return True


BODIES = [
    b"", b"null", b"[]", b'"text"', b"3", b"{", b"{'a': 1}", b"\xff\xfe", b"NaN", b'{"title": NaN}', b'{"a": 1e999999}',
    b'{"kind": "fault", "title": "\\ud800"}', b'{"kind": "fault", "title": "\\u0000"}',
    b'{"\\udfff": 1}', b'{"\\u0000": 1}',
    b"[" * 100_000, b'{"a":' * 200 + b"1" + b"}" * 200, b'{"title": ' + b"9" * 5000 + b"}",
]  # fmt: skip


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_a_body_that_cannot_be_read(api, agent, body):
    assert is_problem(api(agent).raw("tickets/", body), 400)


VALUES: list[Any] = [None, True, 0, -1, 3.5, 10**400, "", " ", "x" * 300, "\x00", [], {}, [{}], {"a": 1}, "😀" * 300]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
@pytest.mark.parametrize(
    "field",
    ["kind", "title", "organisation", "site", "equipment", "level", "category", "cause", "channel", "received_at",
     "scheme", "description", "contact_email"],
)  # fmt: skip
def test_no_value_of_a_field_breaks_the_creation(api, agent, field, value):
    answer = api(agent).post("tickets/", json.dumps(FAULT | {field: value}))
    assert answer.status_code in (201, 400), answer.content
    if answer.status_code == 400:
        assert is_problem(answer, 400)
        assert field in answer.json()["errors"]


@pytest.mark.parametrize("field", ["title", "organisation", "level", "category", "description"])
@pytest.mark.parametrize("value", [True, 7, 1.5, [], {}])
def test_wrong_types_are_not_made_to_fit(api, agent, field, value):
    answer = api(agent).post("tickets/", FAULT | {field: value})
    assert list(answer.json()["errors"]) == [field]


INSTANTS = [
    "2026-11-20", "2026-11-20T17:50:00", "now", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-02-30T00:00:00Z", "2026-11-20T25:00:00Z", "2026-11-20T17:50:00+99:00", "+292277026596-12-04T15:30:08Z",
    1700000000,
]  # fmt: skip


@pytest.mark.parametrize("instant", INSTANTS)
def test_absurd_instants_are_refused(api, agent, ticket, instant):
    client = api(agent)
    assert list(client.post("tickets/", FAULT | {"received_at": instant}).json()["errors"]) == ["received_at"]
    event = client.post(f"tickets/{ticket.reference}/events/", {"type": "responded", "at": instant})
    assert list(event.json()["errors"]) == ["at"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("tickets/", FAULT), ("tickets/{}/events/", {"type": "responded"}), ("tickets/{}/replies/", {"body": "x"}),
        ("tickets/{}/notes/", {"body": "x"}), ("tickets/{}/links/", {"kind": "related", "target": "SD-1"}),
        ("tickets/{}/watchers/", {}), ("tickets/{}/merge/", {"into": "SD-1"}), ("keys/", {"name": "x"}),
        ("calendars/5x8/add/", {"start": "2026-11-20T10:00:00Z", "duration": "PT1H"}),
    ],
)  # fmt: skip
def test_unknown_fields_are_refused_by_name(api, agent, ticket, path, body):
    answer = api(agent).post(path.format(ticket.reference), body | {"surprise": 1})
    assert is_problem(answer, 400)
    assert "surprise" in answer.json()["errors"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml"]
)
def test_another_content_type_is_415(api, agent, kind):
    assert is_problem(api(agent).raw("tickets/", b"kind=fault", kind), 415)


def test_an_unknown_address_is_a_problem_with_every_method(api, agent):
    client = api(agent)
    for path in ("nothing/", "tickets", "tickets/SD-1/nothing/", "schemes/%00/"):
        assert is_problem(client.get(path), 404)
        assert is_problem(client.post(path, {}), 404)


def test_an_unknown_method_is_a_problem(api, agent):
    assert is_problem(api(agent).delete("tickets/"), 405)


def test_a_media_type_we_do_not_speak_is_a_problem(api, agent):
    assert is_problem(api(agent).get("tickets/", accept="application/xml"), 406)


def test_a_huge_body_is_413(api, agent, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert is_problem(api(agent).post("tickets/", FAULT | {"description": "x" * 2000}), 413)


def test_a_host_we_do_not_serve_is_a_problem(client):
    assert is_problem(client.get("/api/v1/", headers={"host": "evil.example"}), 400)


def test_hostile_ticket_titles_come_back_as_they_were(api, agent):
    title = "<script>alert(1)</script> 😀 สวัสดี \u202e%s {{7*7}}"
    assert api(agent).post("tickets/", FAULT | {"title": title}).json()["title"] == title
