"""The contract of simulated stories and calendars to the letter: names of members, null, Z, what is refused and how."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db

CLOCK = {
    "target", "run", "level", "state", "started_at", "due_at", "stopped_at", "elapsed_seconds", "remaining_seconds",
    "over_seconds", "paused", "explanation",
}  # fmt: skip
STATES = {"running", "paused", "met", "missed", "missed_stopped", "replaced", "void"}


def event(code: str, time: str, day: int = 20, **more: Any) -> dict[str, Any]:
    return {"type": code, "at": f"2026-11-{day:02}T{time}:00+08:00", **more}


RECEIVED = event("received", "10:00", level="3")


@pytest.fixture
def simulate(api, agent):
    def play(code, *events, as_of="2026-11-20T20:00:00+08:00", **more):
        body = {"events": list(events), "as_of": as_of, **more}
        return api(agent).post(f"schemes/{code}/simulate/", body)

    return play


def test_the_example_of_the_contract(simulate):
    told = simulate(
        "infrastructure",
        event("received", "17:50", level="3"),
        event("responded", "17:58"),
        as_of="2026-11-22T12:00:00+08:00",
        site={"zone": "Asia/Shanghai", "country": "CN", "travel_minutes": 90, "local_loaner": False},
        ticket={"kind": "fault", "channel": "phone", "category": "hardware", "cause": None, "in_warranty": True},
    ).json()
    assert set(told) == {"events", "clocks", "level", "next_due_at"}
    assert (told["level"], told["next_due_at"]) == ("1", "2026-11-21T17:50:00Z")
    assert all(set(clock) >= CLOCK and clock["state"] in STATES for clock in told["clocks"])
    respond, first = told["clocks"][0], next(c for c in told["clocks"] if (c["target"], c["run"]) == ("restore", 1))
    assert (respond["state"], respond["stopped_at"]) == ("met", "2026-11-20T09:58:00Z")
    assert {name: first[name] for name in ("level", "state", "started_at", "due_at", "stopped_at", "paused")} == {
        "level": "3", "state": "missed", "started_at": "2026-11-20T09:50:00Z", "due_at": "2026-11-21T09:50:00Z",
        "stopped_at": None, "paused": False,
    }  # fmt: skip
    assert (first["elapsed_seconds"], first["remaining_seconds"], first["over_seconds"]) == (86400, 0, 0)
    [stretch] = first["explanation"]
    assert (stretch["from"], stretch["to"]) == ("2026-11-20T09:50:00Z", "2026-11-21T09:50:00Z")
    assert (stretch["kind"], stretch["seconds"]) == ("counted", 86400)
    assert stretch["why"] == "24x7"


def test_automatic_events_stand_in_their_places_and_say_so(simulate):
    told = simulate(
        "power", event("received", "10:00", level="B"), event("diagnosed", "10:04"), event("closed", "12:30")
    )
    seen = [(e["type"], e["at"], e["automatic"]) for e in told.json()["events"]]
    assert seen == [
        ("received", "2026-11-20T02:00:00Z", False),
        ("clock_warned", "2026-11-20T02:03:45Z", True),
        ("diagnosed", "2026-11-20T02:04:00Z", False),
        ("clock_warned", "2026-11-20T03:30:00Z", True),
        ("clock_missed", "2026-11-20T04:00:00Z", True),
        ("level_raised", "2026-11-20T04:00:00Z", True),
        ("closed", "2026-11-20T04:30:00Z", False),
    ]
    missed, raised = told.json()["events"][4:6]
    assert (missed["data"]["target"], raised["level"], raised["data"]["level"]) == ("restore", "A", "A")


def test_a_paused_clock_has_no_due_time_and_the_ticket_none_either(simulate):
    told = simulate(
        "infrastructure", RECEIVED, event("responded", "10:10"), event("waiting", "12:00"), as_of="2026-11-20T13:00:00Z"
    ).json()
    restore = next(clock for clock in told["clocks"] if clock["target"] == "restore")
    assert (restore["state"], restore["paused"], restore["due_at"], restore["stopped_at"]) == (
        "paused",
        True,
        None,
        None,
    )
    assert (restore["elapsed_seconds"], restore["remaining_seconds"]) == (7200, 22 * 3600)
    assert [(s["kind"], s["seconds"]) for s in restore["explanation"]] == [("counted", 7200), ("paused", 9 * 3600)]
    assert told["next_due_at"] is None


def test_working_days_are_numbered_where_they_count(simulate):
    told = simulate("infrastructure", RECEIVED, event("restored", "16:00")).json()
    report = next(clock for clock in told["clocks"] if clock["target"] == "fault_report")
    assert report["due_at"] == "2026-11-23T10:00:00Z"
    assert [(s["kind"], s.get("working_day")) for s in report["explanation"]][-1] == ("counted", 1)
    assert all("working_day" not in s for s in report["explanation"] if s["kind"] != "counted")


@pytest.mark.parametrize(
    ("code", "kind", "events", "entry"),
    [
        ("infrastructure", "fault", [RECEIVED, event("closed", "09:00")], 1),
        ("infrastructure", "fault", [RECEIVED, event("received", "11:00")], 1),
        ("infrastructure", "fault", [event("received", "10:00", level="A")], 0),
        ("infrastructure", "fault", [RECEIVED, event("level_confirmed", "11:00")], 1),
        ("infrastructure", "fault", [RECEIVED, event("clock_missed", "11:00")], 1),
        ("infrastructure", "fault", [RECEIVED, event("level_raised", "11:00", level="2")], 1),
        ("infrastructure", "fault", [RECEIVED, event("resumed", "11:00")], 1),
        ("infrastructure", "fault", [RECEIVED, event("satisfied", "11:00")], 1),
        ("infrastructure", "fault", [RECEIVED, event("not_satisfied", "11:00")], 1),
        ("infrastructure", "fault", [RECEIVED, event("reopened", "11:00")], 1),
        ("infrastructure", "fault", [RECEIVED, event("restored", "11:00"), event("restored", "12:00")], 2),
        ("infrastructure", "fault", [RECEIVED, event("closed", "11:00"), event("responded", "12:00")], 2),
        ("infrastructure", "fault", [RECEIVED, event("cancelled", "11:00"), event("reopened", "12:00")], 2),
        ("infrastructure", "fault", [RECEIVED, event("crisis_entry", "11:00")], 1),
        ("telecom", "fault", [event("received", "10:00"), event("visit_done", "11:00")], 1),
        ("telecom", "change", [event("received", "10:00"), event("change_confirmed", "11:00")], 1),
        ("telecom", "inspection", [event("received", "10:00"), event("visit_planned", "11:00")], 1),
    ],
)
def test_a_story_that_cannot_be_is_422_and_names_the_entry(simulate, code, kind, events, entry):
    answer = simulate(code, *events, ticket={"kind": kind})
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"].startswith("application/problem+json")
    assert list(answer.json()["errors"]) == [f"events[{entry}]"]


def test_a_crisis_that_the_program_opened_may_be_written_up(simulate):
    told = simulate("infrastructure", event("received", "10:00", level="1"), event("crisis_entry", "14:30"))
    assert told.status_code == 200
    first = next(clock for clock in told.json()["clocks"] if clock["target"] == "crisis_record")
    assert (first["state"], first["stopped_at"]) == ("met", "2026-11-20T06:30:00Z")


def test_remote_work_needs_no_grant_in_a_story(simulate):
    for code in ("power", "telecom", "software"):
        assert simulate(code, event("received", "10:00"), event("remote_started", "10:03")).status_code == 200


def test_events_may_be_told_in_any_order(simulate):
    told = simulate("infrastructure", event("responded", "10:10"), RECEIVED).json()
    assert [e["type"] for e in told["events"][:2]] == ["received", "responded"]


@pytest.mark.parametrize("written", [{"duration": {"working_days": 2}}, {"working_days": 2}])
def test_working_days_as_the_contract_writes_them(api, agent, written):
    body = {"start": "2026-11-18T14:10:00+08:00", "zone": "Asia/Shanghai", "country": "CN", **written}
    answer = api(agent).post("calendars/working-days/add/", body)
    assert answer.json() == {"start": "2026-11-18T06:10:00Z", "end": "2026-11-20T10:00:00Z", "provisional": False}


@pytest.mark.parametrize(
    "wrong", [{"working_days": 0}, {"working_days": "2"}, {"working_days": 2, "x": 1}, {}, [2], None]
)
def test_working_days_in_any_other_shape_are_400(api, agent, wrong):
    body = {"start": "2026-11-18T14:10:00+08:00", "duration": wrong}
    answer = api(agent).post("calendars/working-days/add/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["duration"])


@pytest.mark.parametrize(
    ("code", "start", "duration", "moved", "end"),
    [  # cases of the engine's table; times of Shanghai
        ("5x8", "2025-03-04T12:30", "PT1H", "2025-03-04T05:00", "2025-03-04T06:00"),
        ("5x8", "2025-03-04T18:00", "PT30M", "2025-03-05T01:00", "2025-03-05T01:30"),
        ("5x8", "2025-03-04T09:00", "PT8H", "2025-03-04T01:00", "2025-03-04T10:00"),
        ("5x8", "2025-01-26T10:00", "PT1H", "2025-01-26T02:00", "2025-01-26T03:00"),
        ("5x8", "2025-01-27T17:00", "PT2H", "2025-01-27T09:00", "2025-02-05T02:00"),
        ("5x8", "2025-09-28T16:00", "PT24H", "2025-09-28T08:00", "2025-10-09T08:00"),
        ("5x8", "2025-12-31T17:00", "PT2H", "2025-12-31T09:00", "2026-01-04T02:00"),
        ("5x24", "2025-03-07T23:00", "PT1H", "2025-03-07T15:00", "2025-03-07T16:00"),
        ("5x24", "2025-02-08T23:00", "PT2H", "2025-02-08T15:00", "2025-02-09T17:00"),
        ("5x24", "2025-09-26T22:00", "PT4H", "2025-09-26T14:00", "2025-09-27T18:00"),
        ("24x7", "2025-01-28T20:00", "PT24H", "2025-01-28T12:00", "2025-01-29T12:00"),
    ],
)
def test_business_time_of_the_table(api, agent, code, start, duration, moved, end):
    answer = api(agent).post(f"calendars/{code}/add/", {"start": f"{start}:00+08:00", "duration": duration})
    assert answer.json() == {"start": f"{moved}:00Z", "end": f"{end}:00Z", "provisional": False}


@pytest.mark.parametrize(
    ("code", "start", "end", "hours"),
    [
        ("5x8", "2025-03-04T18:00", "2025-03-05T09:00", 0),
        ("5x8", "2025-01-27T18:00", "2025-02-05T09:00", 0),
        ("5x8", "2025-03-04T17:00", "2025-03-05T10:00", 2),
        ("5x24", "2026-02-13T00:00", "2026-02-25T00:00", 72),
        ("24x7", "2026-02-13T00:00", "2026-02-25T00:00", 288),
    ],
)
def test_business_time_between(api, agent, code, start, end, hours):
    body = {"from": f"{start}:00+08:00", "to": f"{end}:00+08:00"}
    assert api(agent).post(f"calendars/{code}/between/", body).json() == {"seconds": hours * 3600}
