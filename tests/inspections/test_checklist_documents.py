"""Checklists as data: what ships, what is refused and where."""

import copy
import tomllib

import pytest

from inspections.checklists import ChecklistError, Kind, read
from inspections.checklists.shipped import FOLDER, shipped_documents

SHIPPED = shipped_documents()
READING = {"code": "t", "text": "Temperature", "kind": "reading", "unit": "°C", "low": 18, "high": 27}


def document(*items, **more):
    section = {"code": "room", "title": "Room", "area": "environment", "items": list(items)}
    return {"code": "room", "name": "Room", "sections": [section], **more}


@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_list_can_be_worked_through(code):
    checklist = read(SHIPPED[code])
    assert checklist.code == code == (FOLDER / f"{code}.toml").stem
    assert all(section.items for section in checklist.sections)


def test_ten_lists_ship():
    assert set(SHIPPED) == {
        "monthly-preventive", "yearly-system", "conference-server", "conference-terminal", "daily-server-round",
        "network-device", "power-equipment", "end-of-warranty", "before-key-operation", "event-assurance-pre-check",
    }  # fmt: skip


def test_daily_round_has_its_nine_checks():
    assert len(read(SHIPPED["daily-server-round"]).numbers()) == 9


def test_same_reading_has_one_unit_in_all_lists():
    """Trends go by the item's code."""
    units: dict[str, set[str]] = {}
    for shipped in SHIPPED.values():
        for item in read(shipped).items:
            if item.kind == Kind.READING:
                units.setdefault(item.code, set()).add(item.unit)
    assert {code: found for code, found in units.items() if len(found) > 1} == {}


@pytest.mark.parametrize("area", ["environment", "hardware", "software", "performance", "security"])
def test_preventive_inspection_looks_at_every_area(area):
    assert area in {section.area for section in read(SHIPPED["monthly-preventive"]).sections}


def test_numbers_leave_out_instructions():
    note = {"code": "i", "text": "Switch it on", "kind": "instruction"}
    assert read(document(READING, note, {"code": "c", "text": "Clean"})).numbers() == {"t": 1, "c": 2}


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ({**READING, "unit": ""}, "unit"),
        ({**READING, "low": 30}, "high"),
        ({**READING, "high": "warm"}, "high"),
        ({**READING, "high": "NaN"}, "high"),
        ({**READING, "change": -1}, "change"),
        ({**READING, "kind": "check"}, "unit"),
        ({"code": "c", "text": "Clean", "options": [{"code": "a", "text": "A"}]}, "options"),
        ({"code": "c", "text": "How?", "kind": "choice", "options": [{"code": "a", "text": "A"}]}, "options"),
        ({"code": "c", "text": "Read", "kind": "instruction", "mandatory": True}, "mandatory"),
        ({"code": "c", "text": "Clean", "severity": 5}, "severity"),
        ({"code": "Not a code", "text": "Clean"}, "code"),
        ({"code": "c"}, "text"),
        ({"code": "c", "text": "Clean", "colour": "red"}, "colour"),
        ({"code": "c", "text": "Clean\0"}, "text"),
        ({"code": "c", "text": "Clean", "hint": "\ud800"}, "hint"),
        ({"code": "c", "text": "Clean", "picture_text": "Lights"}, "picture_text"),
    ],
)
def test_wrong_item_is_refused_at_its_place(item, place):
    with pytest.raises(ChecklistError) as refused:
        read(document(item))
    assert refused.value.path == f"sections[0].items[0].{place}"


def test_code_of_an_item_is_used_once_in_the_whole_list():
    twice = copy.deepcopy(document(READING))
    twice["sections"].append({"code": "more", "title": "More", "items": [READING]})
    with pytest.raises(ChecklistError) as refused:
        read(twice)
    assert refused.value.path == "sections[1].items[0].code"


@pytest.mark.parametrize("sections", [[], [{"code": "a", "title": "A", "items": []}], "none", [7]])
def test_list_that_asks_nothing_is_refused(sections):
    with pytest.raises(ChecklistError):
        read({"code": "x", "name": "X", "sections": sections})


def test_numbers_of_a_file_stay_exact():
    toml = 'code="x"\nname="X"\n[[sections]]\ncode="a"\ntitle="A"\n[[sections.items]]\n'
    limits = read(tomllib.loads(toml + 'code="v"\ntext="V"\nkind="reading"\nunit="V"\nhigh=0.1\n')).item("v").limits
    assert str(limits.high) == "0.1"
