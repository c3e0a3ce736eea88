"""Chinese is punctuated as Chinese writes it: full width, and no typed space or comma between two words of it.

Said of the catalogues, of what schemes say, and of pages and mails in which everything that people wrote is Chinese.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from sla import words
from tools import messages

pytestmark = pytest.mark.django_db
SCRIPTS = {"zh_Hans": "zh-hans", "zh_Hant": "zh-hant"}
HAN = r"[\u3400-\u9fff\u3001\u3002\uff08\uff09\u300a-\u300d\u201d]"
TIMES = r"%\((?:time|at|moment|day|date|due|until|start|end|end_day|visit|target|clock)\)s"
WRONG = re.compile(rf"{HAN}\s?[:,;?!](?!\w*[)])|[(]{HAN}|{HAN}[)]|{HAN} +{HAN}")
WRONG_IN_PATTERN = re.compile(rf"{WRONG.pattern}|{HAN} {TIMES}|{TIMES} {HAN}|{TIMES}[ ,:;]+{TIMES}")


@pytest.mark.parametrize("locale", SCRIPTS)
def test_no_message_types_half_width_punctuation_or_the_gap_before_a_time(locale):
    texts = [text for message in messages.messages(messages.read(locale)) for text in messages.texts(message)]
    assert [text for text in texts if WRONG_IN_PATTERN.search(text)] == []


@pytest.mark.parametrize("language", SCRIPTS.values())
def test_what_schemes_say_is_punctuated_in_full_width(language):
    texts = [text for table in words.shipped(language).values() for text in table.values()]
    assert [text for text in texts if WRONG.search(text)] == []


@pytest.fixture
def chinese(acme, alice, report):
    """A case of which everything that people wrote is Chinese."""
    acme.organisation.name = "远东电力"
    acme.organisation.save()
    acme.hq.name = "总部"
    acme.hq.save()
    acme.unit.product.name, acme.unit.place = "服务器", "机房"
    acme.unit.product.save()
    acme.unit.save()
    now = datetime.now(UTC) - timedelta(hours=1)
    return report(by=alice, title="无法启动", description="风扇很响", level="3", equipment=acme.unit, at=now, now=now)


def said(answer):
    """The words of a page, without what stands in other elements beside them."""
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", "", answer.content.decode(), flags=re.S)
    blocks = r"p|div|li|td|th|tr|dt|dd|h\d|section|option|label|legend|button|small|summary|span|kbd"
    page = re.sub(rf"</?(?:{blocks})\b[^>]*>", "\n", page)
    return [re.sub(r"\s+", " ", line).strip() for line in strip_tags(page).splitlines()]


PAGES = ("/portal/", "/portal/{0}/", "/schemes/infrastructure/", "/notifications/", "/account/")


@pytest.mark.parametrize("language", SCRIPTS.values())
@pytest.mark.parametrize("address", PAGES)
def test_customers_pages_join_no_words_by_typed_commas_and_spaces(client, alice, chinese, language, address):
    alice.language = language
    alice.save()
    client.force_login(alice)
    client.cookies["django_language"] = language
    answer = client.get(address.format(chinese.reference), follow=True)
    assert answer.status_code == 200
    assert [line for line in said(answer) if WRONG.search(line)] == []


@pytest.mark.parametrize("language", SCRIPTS.values())
def test_what_a_guest_reads_before_a_report_joins_no_sentences_by_typed_spaces(client, language):
    client.cookies["django_language"] = language
    assert [line for line in said(client.get("/report/")) if WRONG.search(line)] == []


@pytest.mark.parametrize("language", SCRIPTS.values())
def test_the_simulator_joins_no_sentences_by_typed_spaces(client, agent, language):
    agent.language = language
    agent.save()
    client.force_login(agent)
    answer = client.get("/schemes/infrastructure/")  # a crisis goes on for more steps than are shown
    assert re.search("后续步骤|後續步驟", answer.content.decode())
    assert [line for line in said(answer) if WRONG.search(line)] == []


@pytest.mark.parametrize("name", ["received", "clock_missed", "restored", "replied", "level_changed"])
def test_subjects_of_mails_have_a_colon_of_their_language(name):
    with translation.override("zh-hant"):
        subject = render_to_string(
            f"mail/{name}.subject.txt", {"reference": "SD-1", "title": "無法啟動", "target": "回覆"}
        )
    assert subject.strip().endswith("：無法啟動")


@pytest.mark.parametrize("language", SCRIPTS.values())
@pytest.mark.parametrize("name", ["received", "restored", "resolved", "replied", "level_changed", "clock_missed"])
def test_bodies_of_mails_have_the_colons_and_commas_of_their_language(name, language):
    facts = {
        "reference": "SD-1",
        "title": "無法啟動",
        "message": "風扇很響。",
        "customer": "遠東電力",
        "site": "總部",
        "level": {"code": "3", "name": "嚴重"},
        "target": "回覆",
        "owner": "陳先生",
        "promises": [{"label": "回覆", "due_at": datetime(2026, 11, 25, 6, 30, tzinfo=UTC)}],
        "answers": {"yes": "https://desk.example.test/y", "no": "https://desk.example.test/n"},
        "link": "https://desk.example.test/follow",
    }
    with translation.override(language):
        body = render_to_string(f"mail/{name}.txt", facts)
    half_width = re.findall(r"\S*[:,](?:\s.*|$)", body, flags=re.M)
    assert half_width == []
    assert [line for line in body.splitlines() if WRONG.search(line)] == []
