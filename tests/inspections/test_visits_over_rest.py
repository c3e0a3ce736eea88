"""Inspections over REST: begin, answer, sign, read; a customer reads what is signed."""

import json
import uuid

import pytest

from inspections.models import SignOff

pytestmark = pytest.mark.django_db
API = "/api/v1/inspections/"


@pytest.fixture
def api(client, engineer):
    client.force_login(engineer)

    def send(address, body):
        return client.post(f"{API}{address}", json.dumps(body), content_type="application/json")

    return send


def test_whole_visit_over_rest(client, api, case, version, alice, carol):
    assert api(f"{case.reference}/begin/", {}).status_code == 400
    begun = api(f"{case.reference}/begin/", {"checklist": "array"}).json()
    sheet = begun["state"]["sheets"][0]["id"]
    assert api(f"{case.reference}/sign/", {"manner": "typed", "signer": "Zhao"}).status_code == 409
    given = {"temp": {"reading": "31.5", "outcome": "watch"}, "hum": {"reading": "45"}, "fan": {"choice": "good"}}
    given |= {item: {"result": "passed"} for item in ("dust", "light")} | {"front": {"result": "not-applicable"}}
    entries = [
        {"id": str(uuid.uuid4()), "sheet": sheet, "item": item, "at": "2026-11-20T09:00:00Z", "answer": answer}
        for item, answer in given.items()
    ]
    assert all(one["kept"] for one in api(f"{case.reference}/entries/", {"entries": entries}).json()["entries"])
    client.force_login(alice)
    assert client.get(API).json()["results"] == []
    assert client.get(f"{API}{case.reference}/").status_code == 404
    client.force_login(case.assignee or begun_by(case))
    signed = api(f"{case.reference}/sign/", {"manner": "absent", "reason": "Gate closed"}).json()
    assert (signed["sign_off"]["owed"], signed["unchanged"], signed["answered"]) == (True, True, 6)
    assert [found["outcome"] for found in signed["findings"]] == ["watch"]
    client.force_login(alice)
    assert [row["reference"] for row in client.get(API).json()["results"]] == [case.reference]
    assert api(f"{case.reference}/sign/", {"manner": "typed", "signer": "Alice"}).json()["sign_off"]["owed"] is False
    assert SignOff.objects.get().later_by == alice
    client.force_login(carol)
    assert client.get(f"{API}{case.reference}/").status_code == 404
    assert client.get(API).json()["results"] == []


def begun_by(case):
    return case.inspection.begun_by


def test_what_is_no_inspection_is_not_found(api, ticket, case):
    for reference in (ticket.reference, "SD-99999999", "x"):
        assert api(f"{reference}/begin/", {"checklist": "array"}).status_code == 404
    assert api(f"{case.reference}/begin/", {"checklist": "gone"}).status_code == 400
