"""Inspections over REST: begin, answer, sign, read; a customer reads what is signed."""

import json
import uuid

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Sheet, SignOff
from tests.inspections.conftest import DOCUMENT, NOW

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


def test_further_unit_is_added_once_and_in_the_version_that_the_visit_has(
    client, api, case, visit, version, acme, lead, engineer, carol, storekeeper
):
    body = {"unit": "sn 1235", "checklist": "array"}
    acme.plant_unit.site = acme.hq
    acme.plant_unit.save()
    for person, status in ((carol, 404), (storekeeper, 403)):
        client.force_login(person)
        assert api(f"{case.reference}/sheets/", body).status_code == status
    client.force_login(engineer)
    row = services.import_document(document={**DOCUMENT, "name": "Array, new"}, by=Actor(lead), now=NOW)
    services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)
    told = [api(f"{case.reference}/sheets/", body).json() for _again in (1, 2)]
    assert told[0] == told[1]
    assert [sheet["id"] for sheet in told[0]["state"]["sheets"]][1:] == [told[0]["sheet"]]
    assert Sheet.objects.get(unit=acme.plant_unit).version == version
    for bad, field in (
        ({"unit": "SN-0"}, "unit"),
        ({"checklist": "gone"}, "checklist"),
        ({"checklist": None}, "checklist"),
    ):
        answer = api(f"{case.reference}/sheets/", {**body, **bad})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_closing_words_of_two_devices_are_both_kept(api, case, visit, engineer):
    first = {"advice": "Replace the fan", "seen": {"advice": ""}}
    assert api(f"{case.reference}/words/", first).json()["words"]["advice"] == "Replace the fan"
    second = {"advice": "Clean the filter", "seen": {"advice": ""}}
    both = f"Replace the fan\n\n{engineer.name} wrote at the same time:\nClean the filter"
    for _again in (1, 2):
        assert api(f"{case.reference}/words/", second).json()["words"]["advice"] == both
    assert api(f"{case.reference}/words/", {"advice": "Only this"}).json()["words"]["advice"] == "Only this"
