"""A list in further languages: read strictly, kept with the text it says, and shown text by text."""

import json

import pytest

from inspections.checklists import ChecklistError, editing, in_language, read, words

PICTURE = {
    "code": "picture", "text": "Picture", "kind": "choice",
    "options": [{"code": "good", "text": "Good"}, {"code": "poor", "text": "Poor", "failure": True}],
}  # fmt: skip
CLEAN = {"code": "clean", "text": "No dust", "hint": "On the floor too."}
THAI = {
    "name": "ห้อง",
    "sections": {"room": "สภาพห้อง"},
    "items": {"clean": {"text": "ไม่มีฝุ่น"}, "picture": {"text": "ภาพ", "options": {"good": "ดี"}}},
}


def document(**more):
    section = {"code": "room", "title": "The room", "items": [CLEAN, PICTURE]}
    return {"code": "x", "name": "Room", "sections": [section], "words": {"th": THAI}, **more}


def test_reader_gets_each_text_in_his_language_and_the_rest_as_it_was_written():
    found = in_language(read(document()), "th")
    section = found.sections[0]
    assert (found.name, section.title) == ("ห้อง", "สภาพห้อง")
    assert (section.items[0].text, section.items[0].hint) == ("ไม่มีฝุ่น", "On the floor too.")
    assert [option.text for option in section.items[1].options] == ["ดี", "Poor"]
    assert section.items[1].options[1].is_failure


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans", "xx"])
def test_no_language_stands_in_for_another(language):
    checklist = read(document(words={"th": THAI, "zh": {"name": "房间"}}))
    assert in_language(checklist, language).name == "Room"


def test_list_written_in_thai_has_english_words():
    checklist = read(document(language="th", name="ห้อง", words={"en": {"name": "Room"}}))
    assert (in_language(checklist, "en").name, in_language(checklist, "th").name) == ("Room", "ห้อง")


def test_list_without_words_reads_as_before():
    old = {key: value for key, value in document().items() if key != "words"}
    assert in_language(read(old), "th") == read(old)
    assert read({**old, "words": None, "language": None}) == read(old)


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({"Thai": {}}, "words.Thai"),
        ({"en": {"name": "Room"}}, "words.en"),
        ({"th": []}, "words.th"),
        ({"th": {"name": ""}}, "words.th.name"),
        ({"th": {"name": 7}}, "words.th.name"),
        ({"th": {"name": "x" * 151}}, "words.th.name"),
        ({"th": {"title": "x"}}, "words.th.title"),
        ({"th": {"sections": {"cellar": "x"}}}, "words.th.sections.cellar"),
        ({"th": {"items": {"gone": {"text": "x"}}}}, "words.th.items.gone"),
        ({"th": {"items": {"clean": "x"}}}, "words.th.items.clean"),
        ({"th": {"items": {"clean": {"colour": "x"}}}}, "words.th.items.clean.colour"),
        ({"th": {"items": {"picture": {"hint": "there is none"}}}}, "words.th.items.picture.hint"),
        ({"th": {"items": {"picture": {"options": {"fair": "x"}}}}}, "words.th.items.picture.options.fair"),
        ({"th": {"items.clean.text": "x"}}, "words.th.items.clean.text"),
    ],
)
def test_wrong_words_are_refused_at_their_place(table, place):
    with pytest.raises(ChecklistError) as refused:
        read(document(words=table))
    assert refused.value.path == place


def test_too_many_languages_are_refused():
    codes = [f"{a}{b}" for a in "abcd" for b in "uvwxyz"]
    with pytest.raises(ChecklistError):
        read(document(words={code: {"name": "x"} for code in codes}))


def test_words_survive_json_and_a_change_elsewhere():
    there = json.loads(json.dumps(document()))
    moved = editing.move_item(there, "room", "clean", 1)
    assert in_language(read(moved), "th") != in_language(read(there), "th")
    assert moved["words"] == there["words"]


def test_words_of_a_changed_text_are_missing_and_of_others_stay():
    """An old translation says an old thing."""
    changed = editing.put_item(document(), "room", {**CLEAN, "text": "No dust and no water"}, code="clean")
    assert "items.clean.text" in words.missing(changed, "th")
    assert words.words_in(changed, "th")["items.picture.text"] == "ภาพ"
    assert read(changed)


def test_words_go_with_their_text():
    without_check = editing.without_item(document(), "room", "clean")
    assert "clean" not in without_check["words"]["th"]["items"]
    without_option = editing.put_item(
        document(), "room", {**PICTURE, "options": [{"code": "a", "text": "A"}, {"code": "b", "text": "B"}]}, "picture"
    )
    assert "options" not in without_option["words"]["th"]["items"]["picture"]
    assert editing.without_section(document(), "room")["words"] == {"th": {"name": "ห้อง"}}
    assert read(without_check)
    assert read(without_option)


def test_list_that_becomes_thai_has_no_thai_words_besides():
    assert "words" not in editing.with_head(document(), {"language": "th"})


def test_what_is_missing_is_counted():
    assert words.missing(document(), "th") == ["items.clean.hint", "items.picture.options.poor"]
    assert len(words.missing(document(), "zh-hans")) == len(words.texts(document())) == 7
    assert words.missing(document(), "en") == []


def test_known_words_fill_gaps_and_replace_nothing():
    known = {"th": {"Room": "อื่น", "Poor": "ไม่ดี"}, "zh-hans": {"Good": "良好"}, "en": {"Room": "Room"}}
    filled = words.filled(document(), known)
    assert (filled["words"]["th"]["name"], words.missing(filled, "th")) == ("ห้อง", ["items.clean.hint"])
    assert filled["words"]["zh-hans"] == {"items": {"picture": {"options": {"good": "良好"}}}}
    assert "en" not in filled["words"]
    assert read(filled)
