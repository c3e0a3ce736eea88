"""The words of the shipped lists: complete in the product's languages, and how a database that exists gets them."""

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings

from accounts.actors import Actor
from inspections import services
from inspections.checklists import in_language, read, words
from inspections.checklists.shipped import shipped_documents
from inspections.models import Checklist

SHIPPED = shipped_documents()
FURTHER = [code for code, _name in settings.LANGUAGES if code != "en"]
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
HAN, THAI = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[\u0e00-\u0e7f]")
# Characters that only the other script writes, of those that these lists need.
ONLY_SIMPLIFIED = set("设备机电压温湿滤网积尘无遮运转规约处统时钟确硬软环务库话说备态错误证载间专维护户终软该现")
ONLY_TRADITIONAL = set("設備機電壓溫濾網積塵無運轉規約處統時鐘確硬軟環務庫話說態錯誤證載間專維護戶終該現")


@pytest.mark.parametrize("language", FURTHER)
@pytest.mark.parametrize("code", SHIPPED)
def test_shipped_list_is_whole_in_every_language(code, language):
    assert words.missing(SHIPPED[code], language) == []


@pytest.mark.parametrize("code", SHIPPED)
def test_each_language_is_written_in_its_own_script(code):
    for language, script, foreign in (
        ("zh-hans", HAN, ONLY_TRADITIONAL - ONLY_SIMPLIFIED),
        ("zh-hant", HAN, ONLY_SIMPLIFIED - ONLY_TRADITIONAL),
        ("th", THAI, set()),
    ):
        for place, text in words.words_in(SHIPPED[code], language).items():
            assert script.search(text), (language, place, text)
            assert not foreign & set(text), (language, place, text)


@pytest.mark.parametrize("language", FURTHER)
def test_different_checks_of_a_list_read_differently(language):
    """Two checks that an engineer cannot tell apart are answered twice the same."""
    for document in SHIPPED.values():
        found = [item.text for section in in_language(read(document), language).sections for item in section.items]
        assert len(found) == len(set(found)), document["code"]


def test_field_words_of_the_room():
    monthly = {language: words.words_in(SHIPPED["monthly-preventive"], language) for language in FURTHER}
    assert "精密空调" in monthly["zh-hans"]["items.cooling.text"]
    assert "备份可恢复性" in monthly["zh-hans"]["items.restore-test.text"]
    assert "伺服器" in in_language(read(SHIPPED["daily-server-round"]), "zh-hant").name
    terminal = words.words_in(SHIPPED["conference-terminal"], "zh-hans")
    assert (monthly["zh-hans"]["items.room-temperature.text"], terminal["items.room-temperature.text"]) == (
        "机房温度", "会议室温度",
    )  # fmt: skip


@pytest.fixture
def old_list(db):
    """A list of an earlier product, without words."""
    document = {key: value for key, value in SHIPPED["daily-server-round"].items() if key != "words"}
    document |= {"code": "old-round"}
    services.load_shipped(now=NOW, documents={"old-round": document})
    return Checklist.objects.get(code="old-round")


NEW = {"old-round": {**SHIPPED["daily-server-round"], "code": "old-round"}}


def test_list_that_nobody_edited_gets_its_next_version_by_itself_once(old_list):
    assert services.load_shipped(now=NOW, documents=NEW) == 1
    assert services.load_shipped(now=NOW, documents=NEW) == 0
    latest, first = old_list.versions.all()
    assert (latest.number, latest.document) == (2, NEW["old-round"])
    assert words.missing(latest.document, "th") == []
    assert "words" not in first.document


def test_list_that_somebody_edits_or_edited_is_left_alone(old_list, lead):
    by, seen = Actor(lead), old_list.draft_number
    document = {**old_list.versions.get().document, "name": "Our round"}
    row = services.save_draft(checklist=old_list, document=document, seen=seen, by=by, now=NOW)
    assert services.load_shipped(now=NOW, documents=NEW) == 0
    services.publish(checklist=row, seen=row.draft_number, by=by, now=NOW)
    assert services.load_shipped(now=NOW, documents=NEW) == 0
    assert old_list.versions.first().name == "Our round"
