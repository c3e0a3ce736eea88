"""Checklists over REST: read by staff, written as whole documents, each change held against the draft's ETag."""

import json

import pytest
from rest_framework.test import APIClient

from inspections.checklists.shipped import shipped_documents
from inspections.models import Checklist

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/checklists/"
ROUND = f"{ADDRESS}daily-server-round/"


def api(person):
    client = APIClient()
    client.force_login(person)
    return client


def test_staff_read_lists_and_versions(engineer):
    answer = api(engineer).get(ADDRESS).json()["results"]
    assert len(answer) == 10
    assert answer[0] == {
        "code": "before-key-operation", "name": "Before a key operation", "version": 1, "has_draft": False,
        "retired": False,
    }  # fmt: skip
    one = api(engineer).get(ROUND).json()
    assert (one["version"], one["document"]) == (1, shipped_documents()["daily-server-round"])
    assert api(engineer).get(f"{ROUND}?version=2").status_code == 404


def test_customer_finds_none(alice):
    assert api(alice).get(ADDRESS).json()["results"] == []
    for address in (ROUND, f"{ROUND}draft/"):
        assert api(alice).get(address).status_code in (403, 404)
    assert api(alice).post(f"{ROUND}publish/").status_code == 404


def test_document_becomes_a_draft_and_the_next_version(lead):
    client, document = api(lead), shipped_documents()["daily-server-round"]
    put = client.put(f"{ROUND}draft/", {**document, "name": "Morning round"}, format="json")
    assert (put.status_code, put.json()["document"]["name"]) == (200, "Morning round")
    published = client.post(f"{ROUND}publish/", HTTP_IF_MATCH=put.headers["ETag"])
    assert (published.status_code, published.json()["version"]) == (201, 2)
    assert client.get(f"{ROUND}draft/").status_code == 404


def test_change_of_a_draft_that_changed_meanwhile_is_refused(lead):
    client, document = api(lead), shipped_documents()["daily-server-round"]
    old = client.put(f"{ROUND}draft/", document, format="json").headers["ETag"]
    assert client.put(f"{ROUND}draft/", document, format="json", HTTP_IF_MATCH=old).status_code == 200
    assert client.put(f"{ROUND}draft/", document, format="json", HTTP_IF_MATCH=old).status_code == 412
    assert client.post(f"{ROUND}publish/", HTTP_IF_MATCH=old).status_code == 412


def test_new_list_is_made_by_its_document(lead):
    document = {**shipped_documents()["daily-server-round"], "code": "night-round"}
    assert api(lead).put(f"{ADDRESS}night-round/draft/", document, format="json").status_code == 200
    assert api(lead).delete(f"{ADDRESS}night-round/draft/").status_code == 409
    assert api(lead).post(f"{ADDRESS}night-round/publish/").json()["version"] == 1


@pytest.mark.parametrize("body", ["[]", "{}", '{"code": "other"}', '{"code": "daily-server-round"}', "7", "null"])
def test_body_that_is_no_checklist_is_a_problem(lead, body):
    answer = api(lead).put(f"{ROUND}draft/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert Checklist.objects.get(code="daily-server-round").draft is None


def test_engineer_writes_none(engineer):
    document = json.dumps(shipped_documents()["daily-server-round"])
    assert api(engineer).put(f"{ROUND}draft/", document, content_type="application/json").status_code == 403
    assert api(engineer).post(f"{ROUND}publish/").status_code == 403
