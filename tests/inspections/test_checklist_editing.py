"""Changes to a draft's document: each gives a new one, and a whole run of them gives what it says."""

import pytest

from inspections.checklists import ChecklistError, editing, read

A, B, C = ({"code": code, "text": code.upper()} for code in "abc")


@pytest.fixture
def draft():
    """room: a, b; host: c."""
    document = editing.empty("x", "X")
    document = editing.put_section(document, {"code": "room", "title": "Room"})
    document = editing.put_section(document, {"code": "host", "title": "Host", "area": "security"})
    for section, item in (("room", A), ("room", B), ("host", C)):
        document = editing.put_item(document, section, item)
    return document


def shape(document):
    return [(section["code"], "".join(item["code"] for item in section["items"])) for section in document["sections"]]


def test_draft_of_parts_is_a_list(draft):
    assert [item.code for item in read(draft).items] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("section", "code", "by", "expected"),
    [
        ("room", "a", 1, [("room", "ba"), ("host", "c")]),
        ("room", "a", -1, [("room", "ab"), ("host", "c")]),
        ("room", "b", 1, [("room", "a"), ("host", "bc")]),
        ("host", "c", -1, [("room", "abc"), ("host", "")]),
        ("host", "c", 1, [("room", "ab"), ("host", "c")]),
    ],
)
def test_item_moves_within_its_section_and_from_its_end_into_the_next(draft, section, code, by, expected):
    before = shape(draft)
    assert shape(editing.move_item(draft, section, code, by)) == expected
    assert shape(draft) == before


def test_section_moves_and_goes(draft):
    assert shape(editing.move_section(draft, "host", -1)) == [("host", "c"), ("room", "ab")]
    assert shape(editing.move_section(draft, "host", 1)) == shape(draft)
    assert shape(editing.without_section(draft, "room")) == [("host", "c")]
    assert shape(editing.without_item(draft, "room", "a")) == [("room", "b"), ("host", "c")]


def test_item_keeps_its_place_when_it_is_changed(draft):
    changed = editing.put_item(draft, "room", {**A, "text": "Anew", "hint": ""}, code="a")
    assert changed["sections"][0]["items"][0] == {"code": "a", "text": "Anew"}


def test_code_that_another_item_has_is_refused(draft):
    with pytest.raises(ChecklistError) as refused:
        editing.put_item(draft, "room", {**A, "code": "c"}, code="a")
    assert refused.value.path == "code"


def test_section_keeps_its_items_when_its_head_changes(draft):
    changed = editing.put_section(draft, {"code": "room", "title": "The room"}, code="room")
    assert shape(changed) == shape(draft)
    with pytest.raises(ChecklistError):
        editing.put_section(draft, {"code": "host", "title": "Twice"})


def test_what_is_not_there_cannot_be_changed(draft):
    with pytest.raises(KeyError):
        editing.put_item(draft, "cellar", A)
    with pytest.raises(KeyError):
        editing.move_item(draft, "room", "c", 1)
