"""Administrators write organisations, sites, units, contracts and memberships over REST; nobody else does."""

import pytest

from customers.models import Contract, Equipment, Membership, Organisation, Site

pytestmark = pytest.mark.django_db
SITE = {"code": "hk", "organisation": "acme", "name": "Hong Kong", "zone": "Asia/Hong_Kong", "country": "HK"}
CONTRACT = {"number": "R-1", "organisation": "acme", "scheme": "power", "starts_on": "2026-01-01"}


def test_a_place_with_its_unit_and_contract_is_made(api, administrator, acme, carol):
    rest = api(administrator)
    assert rest.post("organisations/", {"code": "nova", "name": "Nova"}).status_code == 201
    assert rest.post("sites/", SITE).status_code == 201
    unit = {"serial_number": "R-9", "product": "srv-1", "site": "hk", "warranty_months": 12}
    assert rest.post("equipment/", unit).json()["site"] == "hk"
    made = rest.post("contracts/", {**CONTRACT, "sites": ["hk"], "equipment": ["R-9"]})
    assert (made.status_code, made.json()["equipment"]) == (201, ["R-9"])
    member = rest.post("memberships/", {"email": "Carol@demo.test", "organisation": "acme", "site": "hk"})
    assert Membership.objects.get(pk=member.json()["id"]).site.code == "hk"
    assert rest.delete(f"memberships/{member.json()['id']}/").status_code == 204


def test_a_change_needs_the_version_that_was_read(api, administrator, acme):
    rest = api(administrator)
    tag = rest.get("sites/acme-hq/")["ETag"]
    assert rest.patch("sites/acme-hq/", {"travel_minutes": 45}, if_match=tag).status_code == 200
    assert rest.patch("sites/acme-hq/", {"travel_minutes": 50}, if_match=tag).status_code == 412
    assert Site.objects.get(code="acme-hq").travel_minutes == 45


def test_access_notes_are_written_and_read_with_the_site(api, administrator, acme, alice):
    rest = api(administrator)
    tag = rest.get("sites/acme-hq/")["ETag"]
    assert rest.patch("sites/acme-hq/", {"access_notes": "Gate 2"}, if_match=tag).status_code == 200
    assert api(alice).get("sites/acme-hq/").json()["access_notes"] == "Gate 2"


def test_a_repeated_write_happens_once(api, administrator, acme):
    rest = api(administrator)
    first, second = (rest.post("contracts/", CONTRACT, idempotency_key="k") for _ in range(2))
    assert first.content == second.content
    assert Contract.objects.filter(number="R-1").count() == 1


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("sites/", {**SITE, "zone": "Mars"}, "zone"),
        ("sites/", {**SITE, "organisation": "none"}, "organisation"),
        ("sites/", {**SITE, "code": "acme-hq"}, "code"),
        ("sites/", {**SITE, "surprise": 1}, "surprise"),
        ("contracts/", {**CONTRACT, "ends_on": "2025-01-01"}, "ends_on"),
        ("contracts/", {**CONTRACT, "equipment": ["SN-2234"]}, "equipment"),
        ("contracts/", {**CONTRACT, "starts_on": 5}, "starts_on"),
        ("equipment/", {"serial_number": "SN-1234", "product": "srv-1", "site": "acme-hq"}, "serial_number"),
        ("equipment/", {"serial_number": "a\0", "product": "srv-1", "site": "acme-hq"}, "serial_number"),
        ("organisations/", {"code": "a b", "name": "x"}, "code"),
        ("memberships/", {"email": "no@x.test", "organisation": "acme"}, "email"),
    ],
)
def test_bad_input_names_its_field(api, administrator, acme, borealis, path, body, field):
    answer = api(administrator).post(path, body)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


@pytest.mark.parametrize("role", ["agent", "lead", "manager", "carol"])
def test_nobody_else_writes(api, request, acme, role):
    rest = api(request.getfixturevalue(role))
    assert rest.post("sites/", SITE).status_code == 403
    assert rest.post("memberships/", {}).status_code == 403
    assert rest.patch("organisations/acme/", {"name": "Mine"}).status_code in {403, 404}
    assert rest.patch("equipment/SN-1234/", {"place": "Mine"}).status_code in {403, 404}
    assert Organisation.objects.get(code="acme").name == "Acme"
    assert Equipment.objects.get(serial_number="SN-1234").place == ""


def test_importance_over_rest(api, administrator, alice, acme):
    rest = api(administrator)
    assert rest.patch("equipment/SN-1234/", {"importance": "vital"}).json()["importance"] == "vital"
    assert rest.patch("equipment/SN-1234/", {"importance": "huge"}).status_code == 400
    found = api(alice).get("equipment/?importance=vital").json()["results"]
    assert [unit["serial_number"] for unit in found] == ["SN-1234"]
    assert api(alice).get("equipment/?importance=huge").status_code == 400
