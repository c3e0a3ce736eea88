"""Two people at one step: nothing that one of them wrote is lost to the other's saving."""

import json

import pytest
from django.test import Client

from accounts.actors import Actor
from jobs import services
from jobs.kinds import JobKind
from tests.jobs.conftest import NOW
from tests.jobs.test_moving import FIRST, LAST

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrival(studio, engineer):
    wanted = services.Wanted(JobKind.DELIVERY, "Storage", studio.site, FIRST, LAST)
    return services.make(wanted=wanted, by=Actor(engineer), now=NOW).steps.get(code="arrival")


def line(item, arrived=1):
    return {"item": item, "ordered": 1, "arrived": arrived, "damaged": 0}


def fill(step, by, *lines, seen=None, **more):
    given = {"packing": [line(item) if isinstance(item, str) else item for item in lines], **more}
    services.fill(job=step.job, code=step.code, given=services.Given(given, seen), by=Actor(by), now=NOW)
    step.refresh_from_db()
    return [one["item"] for one in step.values.get("packing", [])]


def test_lines_of_both_stand_together(arrival, engineer, lead):
    seen = {}
    fill(arrival, engineer, "Array", seen=seen)
    assert fill(arrival, lead, "Rails", seen=seen) == ["Array", "Rails"]


def test_what_one_takes_out_or_mends_the_other_does_not_bring_back(arrival, engineer, lead):
    fill(arrival, engineer, "Array", "Rails", "Cable")
    seen = dict(arrival.values)
    fill(arrival, engineer, line("Array", arrived=0), "Cable", seen=seen)
    assert fill(arrival, lead, "Array", "Rails", "Cable", "Optics", seen=seen) == ["Array", "Cable", "Optics"]
    assert arrival.values["packing"][0]["arrived"] == 0


def test_other_fields_are_kept_as_whoever_changed_them_says(arrival, engineer, lead):
    fill(arrival, engineer, arrived_on="2026-11-20")
    fill(arrival, lead, seen={}, inside="Gate 3")
    assert arrival.values == {"arrived_on": "2026-11-20", "inside": "Gate 3"}


def test_two_values_of_one_field_are_both_shown_and_the_second_press_decides(arrival, engineer, lead):
    client = Client()
    client.force_login(lead)
    address = f"/jobs/{arrival.job.ticket.reference}/steps/arrival/"
    assert 'name="seen" value="{}"' in client.get(address).content.decode()
    fill(arrival, engineer, "Array", inside="Gate 3")
    sent = {"inside": "Gate 5", "seen": "{}", "act": "save"}
    refused = client.post(address, sent)
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "Somebody wrote here meanwhile: “Gate 3”" in page
    assert "Gate 5" in page
    client.post(address, {**sent, "seen": json.dumps({"inside": "Gate 3"})})
    arrival.refresh_from_db()
    assert (arrival.values["inside"], arrival.values["packing"]) == ("Gate 5", [line("Array")])
    assert "&quot;inside&quot;: &quot;Gate 3&quot;" in page


@pytest.mark.parametrize("seen", ["", "no json", "[1]", "3", '{"packing": 5}'])
def test_a_broken_memory_of_the_form_breaks_nothing(arrival, engineer, lead, seen):
    fill(arrival, engineer, "Array")
    client = Client()
    client.force_login(lead)
    address = f"/jobs/{arrival.job.ticket.reference}/steps/arrival/"
    sent = {"inside": "Gate 5", "packing-0-item": "Rails", "packing-0-ordered": "1", "packing-0-arrived": "1"}
    sent |= {"packing-0-damaged": "0", "seen": seen, "act": "save"}
    assert client.post(address, sent).status_code == 302


def test_over_rest_with_what_was_seen(arrival, engineer, lead):
    fill(arrival, engineer, "Array", inside="Gate 3")
    client = Client()
    client.force_login(lead)
    address = f"/api/v1/jobs/{arrival.job.ticket.reference}/steps/arrival/"
    body = {"values": {"packing": [line("Rails")]}, "seen": {}}
    answer = client.put(address, body, content_type="application/json")
    assert [one["item"] for one in answer.json()["steps"][0]["values"]["packing"]] == ["Array", "Rails"]
    body = {"values": {"inside": "Gate 5"}, "seen": {}}
    assert client.put(address, body, content_type="application/json").status_code == 400
