"""Checklists in the browser: read by staff, written by leads, each press a change that a second writer notices."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from inspections.models import Checklist, ChecklistVersion

pytestmark = pytest.mark.django_db
LIST = "/inspections/checklists/daily-server-round/"
EDIT = f"{LIST}edit/"
ROUND = f"{EDIT}sections/round/"
NUL = (
    b'{"code": "x", "name": "a\\u0000", "sections": [{"code": "a", "title": "A", "items": [%s]}]}'
    % b'{"code": "c", "text": "T"}'
)
CHECK = {"text": "Doors are locked", "kind": "check", "photo": "optional", "mandatory": "on"}


@pytest.fixture
def office(client, lead):
    client.force_login(lead)
    return client


def row(code="daily-server-round"):
    return Checklist.objects.get(code=code)


def seen(code="daily-server-round"):
    return row(code).draft_number


def items(code="daily-server-round"):
    return [item["code"] for part in row(code).draft["sections"] for item in part["items"]]


def test_engineer_reads_what_is_asked_and_what_is_good(client, engineer):
    client.force_login(engineer)
    page = client.get(LIST).content.decode()
    assert "Room temperature" in page
    assert "18 to 27\xa0°C" in page
    assert "Edit" not in page
    assert client.get(EDIT).status_code == 403


def test_list_names_all_ten(client, agent):
    client.force_login(agent)
    page = client.get("/inspections/checklists/").content.decode()
    assert all(version.name in page for version in ChecklistVersion.objects.all())


def test_customer_sees_none(client, alice):
    client.force_login(alice)
    assert client.get("/inspections/checklists/").status_code == 403
    assert client.get(LIST).status_code == 403


def test_new_check_goes_into_the_draft_and_by_publishing_into_force(office):
    answer = office.post(f"{ROUND}new-check/", {**CHECK, "seen": seen()})
    assert answer.headers["Location"].startswith(EDIT)
    assert items()[-1] == "doors-are-locked"
    assert "Doors are locked" not in office.get(LIST).content.decode()
    office.post(f"{EDIT}finish/", {"act": "publish", "seen": seen()})
    page = office.get(LIST).content.decode()
    assert "Doors are locked" in page
    assert "version 2" in page
    assert "Doors are locked" not in office.get(f"{LIST}?version=1").content.decode()


def test_check_is_changed_where_it_stands(office):
    office.post(f"{ROUND}checks/reachable/", {**CHECK, "text": "Every server answers", "seen": seen()})
    entry = row().draft["sections"][0]["items"][2]
    assert (entry["code"], entry["text"]) == ("reachable", "Every server answers")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"kind": "reading"}, "unit"),
        ({"kind": "reading", "unit": "V", "low": "9", "high": "8"}, "high"),
        ({"kind": "reading", "unit": "V", "low": "warm"}, "low"),
        ({"kind": "choice", "option_0": "Good"}, "option_0"),
    ],
)
def test_wrong_check_is_refused_beside_its_field_and_loses_nothing(office, typed, field):
    answer = office.post(f"{ROUND}new-check/", {**CHECK, "hint": "Look twice", **typed, "seen": seen()})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "Look twice" in page
    assert row().draft is None


def test_options_keep_their_codes_when_their_words_change(office):
    typed = {**CHECK, "text": "Picture", "kind": "choice", "option_0": "Good", "option_1": "Poor", "failure_1": "on"}
    office.post(f"{ROUND}new-check/", {**typed, "seen": seen()})
    typed |= {"option_1": "Bad", "code_0": "good", "code_1": "poor", "seen": seen()}
    office.post(f"{ROUND}checks/picture/", typed)
    options = row().draft["sections"][0]["items"][-1]["options"]
    assert options == [{"code": "good", "text": "Good"}, {"code": "poor", "text": "Bad", "failure": True}]


def test_checks_move_and_go(office):
    before = [item["code"] for item in ChecklistVersion.objects.get(checklist=row()).document["sections"][0]["items"]]
    office.post(f"{EDIT}move/", {"act": "down", "section": "round", "item": before[0], "seen": seen()})
    assert items() == [before[1], before[0], *before[2:]]
    office.post(f"{EDIT}move/", {"act": "delete", "section": "round", "item": before[0], "seen": seen()})
    assert items() == before[1:]
    answer = office.post(
        f"{EDIT}move/", {"act": "up", "section": "round", "item": "never-was", "seen": seen()}, follow=True
    )
    assert "that part is gone" in answer.content.decode()


def test_new_section_of_a_new_list(office):
    office.post("/inspections/new-checklist/", {"name": "机房巡检", "code": "room_round"})
    office.post(
        "/inspections/checklists/room-round/edit/new-section/", {"title": "环境", "area": "environment"} | {"seen": 1}
    )
    assert row("room-round").draft["sections"] == [
        {"code": "section", "title": "环境", "area": "environment", "items": []}
    ]
    page = office.get("/inspections/checklists/room-round/edit/").content.decode()
    assert "This draft is not a checklist yet" in page
    office.post(
        "/inspections/checklists/room-round/edit/sections/section/new-check/", {**CHECK, "text": "门", "seen": 2}
    )
    office.post("/inspections/checklists/room-round/edit/finish/", {"act": "publish", "seen": 3})
    assert row("room-round").versions.get().name == "机房巡检"


def test_slower_of_two_is_told_and_keeps_what_was_typed(office):
    office.post(f"{ROUND}new-check/", {**CHECK, "seen": seen()})
    answer = office.post(f"{ROUND}new-check/", {**CHECK, "text": "Windows are shut", "seen": 0})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Somebody changed this draft" in page
    assert "Windows are shut" in page
    assert items()[-1] == "doors-are-locked"


def test_export_can_be_imported_again(office):
    document = json.loads(office.get(f"{LIST}export/").content)
    document |= {"code": "night-round", "name": "Night round"}
    file = SimpleUploadedFile("night.json", json.dumps(document).encode())
    assert office.post("/inspections/import-checklist/", {"file": file}).status_code == 302
    assert row("night-round").draft == document


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"{", b"[]", b"code = ", b'{"code": "x"}', b"{" * 100_000, b'{"code": 7, "name": "X"}', NUL],
)
def test_file_that_is_no_checklist_is_refused_at_its_field(office, content):
    answer = office.post("/inspections/import-checklist/", {"file": SimpleUploadedFile("x.json", content)})
    assert answer.status_code == 400
    assert 'id="id_file_error"' in answer.content.decode()


def test_retired_list_says_so_and_comes_back(office):
    office.post(f"{EDIT}finish/", {"act": "retire"})
    assert "Not used any more" in office.get(LIST).content.decode()
    office.post(f"{EDIT}finish/", {"act": "use"})
    assert not row().is_retired


@pytest.mark.parametrize("version", ["9", "0", "x", "9" * 40, "draft"])
def test_version_that_is_not_there_is_not_found(office, version):
    assert office.get(f"{LIST}?version={version}").status_code == 404
    assert office.get(f"{LIST}export/?version={version}").status_code == 404
