"""The words of a list in the browser: one language beside the original, saved without script, missing ones counted."""

import re

import pytest

from inspections.checklists import words
from inspections.models import Checklist

pytestmark = pytest.mark.django_db
LIST = "/inspections/checklists/daily-server-round/"
EDIT = f"{LIST}edit/"
WORDS = f"{EDIT}words/"
THAI = f"{WORDS}?in=th"
REACHABLE = "items.reachable.text"


@pytest.fixture
def office(client, lead):
    client.force_login(lead)
    return client


def row(code="daily-server-round"):
    return Checklist.objects.get(code=code)


def typed(page):
    """What the browser would send of a page as it is."""
    found = dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page))
    return {**found, "seen": row().draft_number}


def new_check(office, text):
    office.post(
        f"{EDIT}sections/round/new-check/",
        {"text": text, "kind": "check", "photo": "optional", "mandatory": "on", "seen": row().draft_number},
    )


def test_words_are_saved_beside_the_original_and_shown_to_readers_of_the_language(office):
    page = office.get(THAI).content.decode()
    assert "Every server answers over the network" in page
    values = {**typed(page), REACHABLE: "เซิร์ฟเวอร์ทุกเครื่อง \r\n ตอบสนอง"}
    assert office.post(THAI, values).headers["Location"] == THAI
    assert words.words_in(row().draft, "th")[REACHABLE] == "เซิร์ฟเวอร์ทุกเครื่อง ตอบสนอง"
    office.post(f"{EDIT}finish/", {"act": "publish", "seen": row().draft_number})
    assert "เซิร์ฟเวอร์ทุกเครื่อง ตอบสนอง" in office.get(f"{LIST}?in=th").content.decode()
    assert "เซิร์ฟเวอร์ทุกเครื่อง ตอบสนอง" not in office.get(LIST).content.decode()


def test_new_text_is_missing_in_every_language_until_somebody_writes_it(office):
    new_check(office, "Doors are locked")
    assert office.get(EDIT).content.decode().count("1 of 12 texts is missing") == 3
    page = office.get(f"{THAI}&missing=1").content.decode()
    assert list(typed(page)) == ["items.doors-are-locked.text", "seen"]
    answer = office.post(THAI, {**typed(page), "items.doors-are-locked.text": "ประตูล็อก"}, follow=True)
    assert "Every text has its words in ไทย." in answer.content.decode()
    assert words.missing(row().draft, "th") == []


def test_changed_text_asks_for_its_words_and_shows_the_former_ones(office):
    office.post(
        f"{EDIT}sections/round/checks/reachable/",
        {"text": "Every server answers twice", "kind": "check", "photo": "optional", "seen": row().draft_number},
    )
    page = office.get(THAI).content.decode()
    assert "Before it said “Every server answers over the network”" in page
    assert typed(page)[REACHABLE] == ""


def test_page_that_changes_nothing_begins_no_draft(office):
    office.post(THAI, typed(office.get(THAI).content.decode()))
    assert row().draft is None


def test_slower_of_two_keeps_what_was_typed(office):
    values = {**typed(office.get(THAI).content.decode()), REACHABLE: "ช้ากว่า"}
    new_check(office, "Doors are locked")
    answer = office.post(THAI, values)
    assert answer.status_code == 400
    assert "ช้ากว่า" in answer.content.decode()
    assert words.words_in(row().draft, "th")[REACHABLE] != "ช้ากว่า"


def test_words_too_long_are_refused_at_their_field(office):
    answer = office.post(THAI, {**typed(office.get(THAI).content.decode()), "name": "ย" * 151})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode()
    assert row().draft is None


def test_edited_list_is_offered_the_words_of_the_product_and_keeps_its_own(office, lead):
    bare = {key: value for key, value in row().versions.get().document.items() if key != "words"}
    Checklist.objects.filter(code="daily-server-round").update(
        draft={**bare, "words": {"th": {"items": {"reachable": {"text": "ของเรา"}}}}}
    )
    page = office.get(EDIT).content.decode()
    assert "32 texts without words" in page
    office.post(WORDS, {"act": "fill", "seen": row().draft_number})
    assert words.words_in(row().draft, "th")[REACHABLE] == "ของเรา"
    assert [words.missing(row().draft, language) for language in ("zh-hans", "zh-hant", "th")] == [[], [], []]
    assert "Take them over" not in office.get(EDIT).content.decode()


def test_list_in_chinese_is_offered_english(office):
    office.post(EDIT, {"name": "机房巡检", "purpose": "daily", "language": "zh-hans", "seen": row().draft_number})
    assert row().draft["language"] == "zh-hans"
    page = office.get(f"{WORDS}?in=en").content.decode()
    assert '<span lang="zh-hans">机房巡检</span>' in page
    assert office.get(f"{WORDS}?in=zh-hans").status_code == 404


@pytest.mark.parametrize("language", ["xx", "en", "TH", "th/../", "9" * 300])
def test_language_that_the_list_cannot_have_is_not_found(office, language):
    assert office.get(WORDS, {"in": language}).status_code == 404


def test_long_list_is_saved_page_by_page(office):
    items = [{"code": f"c{n}", "text": f"Check {n}", "hint": f"Hint {n}"} for n in range(400)]
    section = {"code": "round", "title": "Round", "items": items}
    Checklist.objects.filter(code="daily-server-round").update(
        draft={"code": "daily-server-round", "name": "Round", "sections": [section]}
    )
    values = typed(office.get(f"{THAI}&page=3").content.decode())
    assert len(values) == 203
    office.post(f"{THAI}&page=3", {**values, "items.c399.text": "สุดท้าย"})
    assert words.words_in(row().draft, "th") == {"items.c399.text": "สุดท้าย"}


def test_engineer_and_customer_write_no_words(client, engineer, alice):
    for person in (engineer, alice):
        client.force_login(person)
        assert client.get(THAI).status_code == 403
        assert client.post(THAI, {"act": "fill", "seen": 0}).status_code == 403
