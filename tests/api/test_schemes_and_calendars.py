"""/schemes/ and /calendars/: readable promises, simulated stories, business time."""

from typing import Any

import pytest

from tickets.models import Ticket

pytestmark = pytest.mark.django_db
STORY: dict[str, Any] = {
    "site": {"zone": "Asia/Shanghai", "country": "CN", "travel_minutes": 90, "local_loaner": False},
    "ticket": {"kind": "fault", "channel": "phone", "category": "hardware", "cause": None, "in_warranty": True},
    "events": [
        {"type": "received", "at": "2026-11-20T17:50:00+08:00", "level": "3"},
        {"type": "responded", "at": "2026-11-20T17:58:00+08:00"},
    ],
    "as_of": "2026-11-22T12:00:00+08:00",
}


def codes(client):
    return {row["code"] for row in client.get("schemes/").json()["results"]}


def test_the_seven_schemes_are_listed_for_staff(api, agent):
    all_seven = {"power", "infrastructure", "teleconference", "general", "telecom", "software", "hardware"}
    assert codes(api(agent)) == all_seven


def test_a_customer_reads_what_is_promised_to_him_and_nothing_else(api, alice, carol, report, borealis):
    client = api(alice)
    assert codes(client) == {"infrastructure"}
    assert client.get("schemes/infrastructure/").status_code == 200
    for path in ("schemes/power/", "schemes/power/?version=1"):
        assert client.get(path).status_code == 404
    refusal, unknown = client.get("schemes/power/").json(), client.get("schemes/nonesuch/").json()
    assert refusal["detail"] == unknown["detail"]


def test_a_scheme_of_his_own_ticket_is_his_to_read(api, carol, report, borealis):
    assert "general" not in codes(api(carol))
    ticket = report(by=carol, reporter=carol, organisation=borealis.organisation, site=borealis.site)
    Ticket.objects.filter(pk=ticket.pk).update(scheme_code="general")
    assert "general" in codes(api(carol))
    assert api(carol).get("schemes/general/").status_code == 200


def test_page_and_interface_agree_on_what_a_customer_may_read(api, client, alice):
    client.force_login(alice)
    for code in ("infrastructure", "power", "nonesuch"):
        assert api(alice).get(f"schemes/{code}/").status_code == client.get(f"/schemes/{code}/").status_code


def test_a_scheme_is_a_whole_document_by_version(api, agent):
    client = api(agent)
    scheme = client.get("schemes/power/").json()
    assert (scheme["code"], scheme["version"]) == ("power", 1)
    assert [level["code"] for level in scheme["document"]["levels"]] == ["A", "B", "C", "D"]
    assert client.get("schemes/power/?version=1").json() == scheme
    assert client.get("schemes/power/?version=2").status_code == 404
    assert client.get("schemes/nonesuch/").status_code == 404
    assert client.get("schemes/power/?version=one").status_code == 400


def test_a_story_is_played_to_its_end_and_nothing_is_stored(api, agent):
    answer = api(agent).post("schemes/infrastructure/simulate/", STORY)
    assert answer.status_code == 200, answer.content
    story = answer.json()
    automatic = [(e["type"], e["at"]) for e in story["events"] if e["automatic"]]
    assert ("clock_missed", "2026-11-21T09:50:00Z") in automatic
    raised = [e for e in story["events"] if e["type"] == "level_raised"]
    assert [e["level"] for e in raised] == ["2", "1"]
    assert [e["at"] for e in raised] == ["2026-11-21T09:50:00Z", "2026-11-21T13:50:00Z"]
    assert "crisis_opened" in {type_ for type_, _at in automatic}
    assert all(e["data"]["target"] for e in story["events"] if e["type"].startswith("clock_"))
    assert story["level"] == "1"
    restore = [c for c in story["clocks"] if c["target"] == "restore"]
    assert [c["due_at"] for c in restore] == ["2026-11-21T09:50:00Z", "2026-11-21T13:50:00Z", "2026-11-21T17:50:00Z"]
    assert all(c["explanation"] for c in restore)
    assert not Ticket.objects.exists()


def test_events_without_optional_parts_will_do(api, agent):
    body = {"events": STORY["events"][:1], "as_of": "2026-11-20T18:00:00+08:00"}
    story = api(agent).post("schemes/infrastructure/simulate/", body).json()
    assert (story["level"], story["next_due_at"]) == ("3", "2026-11-20T10:20:00Z")


def story(*events):
    return STORY | {"events": list(events)}


RECEIVED, AT = STORY["events"][0], "2026-11-20T18:00:00+08:00"


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        (story(RECEIVED, {"type": "closed", "at": "2026-11-20T17:00:00+08:00"}), 1),
        (story(RECEIVED | {"level": "Z"}), 0),
        (story(RECEIVED, {"type": "level_confirmed", "at": AT, "level": "Z"}), 1),
        (story(RECEIVED, {"type": "waiting", "at": AT}, {"type": "waiting", "at": AT}), 2),
        (story(RECEIVED, {"type": "nonsense", "at": AT}), 1),
        (story({"type": "responded", "at": AT}), 0),
    ],
)
def test_a_story_that_cannot_be_is_422_and_names_the_entry(api, agent, body, entry):
    answer = api(agent).post("schemes/infrastructure/simulate/", body)
    assert answer.status_code == 422, answer.content
    assert list(answer.json()["errors"]) == [f"events[{entry}]"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"events": []}, "events"),
        ({"events": "x"}, "events"),
        ({"events": [3]}, "events[0]"),
        ({"events": [{"type": "received"}]}, "events[0].at"),
        ({"events": [{"type": "received", "at": "2026-11-20T17:50:00"}]}, "events[0].at"),
        ({"events": [RECEIVED | {"surprise": 1}]}, "events[0].surprise"),
        ({"events": [{"type": "received", "at": "0001-01-01T00:00:00Z"}]}, "events[0].at"),
        ({"as_of": None}, "as_of"),
        ({"as_of": "9999-12-31T23:59:59Z"}, "as_of"),
        ({"as_of": "2036-11-20T17:50:00Z"}, "as_of"),
        ({"site": {"zone": "Mars/Olympus"}}, "site.zone"),
        ({"site": {"country": "china"}}, "site.country"),
        ({"site": {"travel_minutes": -1}}, "site.travel_minutes"),
        ({"ticket": {"kind": "alien"}}, "ticket.kind"),
        ({"ticket": {"in_warranty": "yes"}}, "ticket.in_warranty"),
        ({"ticket": []}, "ticket"),
    ],
)
def test_a_story_of_the_wrong_shape_is_400(api, agent, change, field):
    answer = api(agent).post("schemes/infrastructure/simulate/", STORY | change)
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [field]


def test_simulation_and_calendars_are_for_staff(api, alice):
    client = api(alice)
    assert client.post("schemes/infrastructure/simulate/", STORY).status_code == 403
    assert client.get("calendars/").status_code == 403
    assert client.post("calendars/5x8/add/", {"start": "2026-11-20T10:00:00Z", "duration": "PT1H"}).status_code == 403


def test_calendars_are_listed(api, agent):
    assert {c["code"] for c in api(agent).get("calendars/").json()} == {"24x7", "5x24", "5x8", "working-days"}


@pytest.mark.parametrize(
    ("code", "body", "moved", "end"),
    [
        ("5x8", {"start": "2026-11-20T17:50:00+08:00", "duration": "PT2H"},
         "2026-11-20T09:50:00Z", "2026-11-23T02:50:00Z"),
        ("5x8", {"start": "2026-02-13T19:00:00+08:00", "duration": "PT1H"},
         "2026-02-14T01:00:00Z", "2026-02-14T02:00:00Z"),
        ("24x7", {"start": "2026-11-20T17:50:00+08:00", "duration": "PT48H"},
         "2026-11-20T09:50:00Z", "2026-11-22T09:50:00Z"),
        ("working-days", {"start": "2026-11-20T16:00:00+08:00", "working_days": 1},
         "2026-11-20T08:00:00Z", "2026-11-23T10:00:00Z"),
        ("5x8", {"start": "2026-11-20T10:00:00Z", "duration": "PT1H", "zone": "Europe/Berlin", "country": "DE"},
         "2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"),
    ],
)  # fmt: skip
def test_adding_business_time(api, agent, code, body, moved, end):
    answer = api(agent).post(f"calendars/{code}/add/", body)
    assert answer.json() == {"start": moved, "end": end, "provisional": False}


def test_an_end_beyond_the_decreed_days_is_provisional(api, agent):
    body = {"start": "2031-01-06T10:00:00+08:00", "duration": "PT1H"}
    assert api(agent).post("calendars/5x8/add/", body).json()["provisional"] is True
    assert api(agent).post("calendars/24x7/add/", body).json()["provisional"] is False


def test_measuring_between_two_instants(api, agent):
    body = {"from": "2026-11-20T17:00:00+08:00", "to": "2026-11-23T10:00:00+08:00"}
    client = api(agent)
    assert client.post("calendars/5x8/between/", body).json() == {"seconds": 7200}
    assert client.post("calendars/24x7/between/", body).json() == {"seconds": 65 * 3600}
    swapped = {"from": body["to"], "to": body["from"]}
    assert client.post("calendars/5x8/between/", swapped).json() == {"seconds": -7200}


START = {"start": "2026-11-20T10:00:00Z"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (START, "duration"),
        (START | {"duration": "PT1H", "working_days": 1}, "duration"),
        (START | {"duration": "P2D"}, "duration"),
        (START | {"duration": "-PT1H"}, "duration"),
        (START | {"duration": 3600}, "duration"),
        (START | {"duration": "PT9999999H"}, "duration"),
        (START | {"duration": "PT9999999999S"}, "duration"),
        (START | {"working_days": 0}, "working_days"),
        (START | {"working_days": "2"}, "working_days"),
        (START | {"working_days": 10**30}, "working_days"),
        ({"start": "2026-11-20T10:00:00", "duration": "PT1H"}, "start"),
        ({"start": "1800-01-01T00:00:00Z", "duration": "PT1H"}, "start"),
        (START | {"duration": "PT1H", "zone": "Nowhere"}, "zone"),
        (START | {"duration": "PT1H", "country": "XXX"}, "country"),
    ],
)
def test_a_calendar_refuses_what_it_cannot_read(api, agent, body, field):
    answer = api(agent).post("calendars/5x8/add/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_an_unknown_calendar_is_404(api, agent):
    for name in ("add", "between"):
        body = START | {"duration": "PT1H"} if name == "add" else {"from": START["start"], "to": START["start"]}
        assert api(agent).post(f"calendars/7x7/{name}/", body).status_code == 404
