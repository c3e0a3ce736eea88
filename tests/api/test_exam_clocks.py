"""A real ticket and a told story are the same: GET /tickets/{number}/clocks/ against what the simulation says.

Events are posted at their times; the program catches up with what fell due in between.
"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from sla import services

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
END = START + timedelta(hours=30)
STORIES = {
    "nothing is done": [],
    "answered and waiting": [(10, "responded", {}), (120, "waiting", {})],
    "a pause, then restored": [(10, "responded", {}), (60, "waiting", {}), (180, "resumed", {}), (300, "restored", {})],
    "raised by a person": [(10, "responded", {}), (30, "level_confirmed", {"level": "1"})],
    "raised and lowered": [
        (10, "level_confirmed", {"level": "2"}),
        (20, "level_confirmed", {"level": "4", "note": "no"}),
    ],
    "a visit": [(5, "remote_failed", {}), (60, "arrived", {}), (70, "spare_needed", {})],
    "a failed visit": [(5, "arrived", {}), (10, "visit_failed", {}), (20, "remote_failed", {})],
    "down again": [(5, "resolved", {}), (60, "reopened", {}), (90, "restored", {})],
    "closed with a report owed": [(5, "resolved", {}), (60, "closed", {})],
    "cancelled": [(45, "cancelled", {})],
}
MEMBERS = {
    "target", "run", "level", "state", "started_at", "due_at", "stopped_at", "elapsed_seconds", "remaining_seconds",
    "over_seconds", "paused", "explanation",
}  # fmt: skip


def told(minutes, code, **more):
    return {"type": code, "at": (START + timedelta(minutes=minutes)).isoformat(), **more}


@pytest.fixture
def lived(api, lead, acme):
    """The client of a lead, and the number of a ticket that has seen these events."""

    def live(events):
        body = {
            "kind": "fault", "title": "Router down", "organisation": "acme", "site": "acme-hq", "level": "3",
            "channel": "phone",
        }  # fmt: skip
        with time_machine.travel(START, tick=False) as clock:
            client = api(lead)
            number = client.post("tickets/", body).json()["number"]
            for event in events:
                clock.move_to(datetime.fromisoformat(event["at"]))
                answer = client.post(f"tickets/{number}/events/", event)
                assert answer.status_code == 201, answer.content
        return client, number

    return live


@pytest.mark.parametrize("name", STORIES)
def test_a_real_ticket_has_the_clocks_of_its_story(lived, name):
    events = [told(minutes, code, **more) for minutes, code, more in STORIES[name]]
    client, number = lived(events)
    with time_machine.travel(END, tick=False):
        services.fire_due(now=END)
        clocks = client.get(f"tickets/{number}/clocks/").json()
        ticket = client.get(f"tickets/{number}/").json()
        story = {
            "site": {"zone": "Asia/Shanghai", "country": "CN", "travel_minutes": 30, "local_loaner": False},
            "events": [told(0, "received", level="3"), *events],
            "as_of": END.isoformat(),
        }
        played = client.post("schemes/infrastructure/simulate/", story).json()
    assert all(set(clock) >= MEMBERS for clock in clocks)
    assert clocks == played["clocks"]
    assert (ticket["level"], ticket["next_due_at"]) == (played["level"], played["next_due_at"])
    assert [(c["target"], c["run"], c["state"], c["due_at"]) for c in ticket["clocks"]] == [
        (c["target"], c["run"], c["state"], c["due_at"]) for c in clocks
    ]


def test_a_customer_reads_the_same_clocks_and_a_stranger_none(lived, api, alice, bob):
    client, number = lived([])
    with time_machine.travel(END, tick=False):
        assert api(alice).get(f"tickets/{number}/clocks/").json() == client.get(f"tickets/{number}/clocks/").json()
        assert api(bob).get(f"tickets/{number}/clocks/").status_code == 404
