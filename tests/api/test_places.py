"""Organisations, sites and equipment: lists and single rows, each within one's reach."""

import base64
import json

import pytest

pytestmark = pytest.mark.django_db
LISTS = ("organisations", "sites", "equipment")


def codes(answer):
    return [row.get("code", row.get("serial_number")) for row in answer.json()["results"]]


def test_staff_see_everything(api, agent, acme, borealis):
    client = api(agent)
    assert codes(client.get("organisations/")) == ["acme", "borealis"]
    assert codes(client.get("sites/?ordering=code")) == ["acme-hq", "acme-plant", "borealis-1"]
    assert codes(client.get("equipment/?site=acme-hq")) == ["SN-1234"]


def test_a_customer_sees_his_own(api, bob, borealis):
    client = api(bob)
    assert [codes(client.get(f"{name}/")) for name in LISTS] == [["acme"], ["acme-plant"], ["SN-1235"]]


@pytest.mark.parametrize("path", ["organisations/acme/", "sites/acme-hq/", "equipment/SN-1234/"])
def test_foreign_rows_are_404(api, agent, carol, acme, path):
    assert api(agent).get(path).status_code == 200
    foreign, missing = api(carol).get(path), api(carol).get(path.split("/")[0] + "/nonesuch/")
    assert foreign.status_code == 404
    assert foreign.json() == missing.json()


def test_lists_of_names_are_paged_too(api, agent, acme, borealis):
    client = api(agent)
    first = client.get("sites/?page_size=2&ordering=-code").json()
    second = client.get(first["next"]).json()
    assert [row["code"] for row in first["results"] + second["results"]] == ["borealis-1", "acme-plant", "acme-hq"]
    assert client.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize("value", ["a\0b", "\ud800", 3, None, [], {}])
def test_a_forged_cursor_is_refused(api, agent, acme, value):
    text = json.dumps(["code", 0, value, 1])
    cursor = base64.urlsafe_b64encode(text.encode()).decode()
    assert list(api(agent).get(f"sites/?ordering=code&cursor={cursor}").json()["errors"]) == ["cursor"]


@pytest.mark.parametrize("name", LISTS)
def test_unknown_filters_are_refused(api, agent, name):
    assert list(api(agent).get(f"{name}/?colour=red").json()["errors"]) == ["colour"]


def test_the_index_leads_everywhere(api, lead):
    client = api(lead)
    for url in client.get("").json().values():
        assert client.get(url, accept="*/*").status_code == 200, url


def test_a_serial_number_needs_no_hyphen_in_a_filter_and_no_stranger_finds_it(
    api, agent, carol, acme, borealis, report
):
    made = report(equipment=acme.unit)
    client = api(agent)
    assert codes(client.get("equipment/?serial_number=sn1234")) == ["SN-1234"]
    rows = client.get("tickets/?equipment=sn%2012.34").json()["results"]
    assert [row["number"] for row in rows] == [made.reference]
    assert api(carol).get("tickets/?equipment=sn1234").status_code == 400
    assert client.get("tickets/?equipment=--").status_code == 400
