"""A customer's whole story on a phone, in each language: report, follow, message, restored, "does it work?", survey.

Buttons are found by what they do, since their words are what is tested: no English of ours may be left on a page.
"""

import os
import re
from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tests import english
from tickets import services
from tickets.models import SurveyAnswer, Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
GAPS = re.compile(r"[\u4e00-\u9fff，。：；、）] +[\u4e00-\u9fff（]|[\u4e00-\u9fff] ?\([^)]*[\u4e00-\u9fff]")
DATES = {
    "en": r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}|today|tomorrow",
    "zh-hans": r"\d{1,2}月\d{1,2}日|今天|明天|周[一二三四五六日]",
    "zh-hant": r"\d{1,2}月\d{1,2}日|今日|明日|星期[一二三四五六日]|[（(][一二三四五六日][)）]",
    "th": r"\d{1,2} (ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\.|ต\.ค\.|พ\.ย\.|ธ\.ค\.)|(วัน|พรุ่ง).นี้",
}
LENGTHS = {
    "en": r"\d+ (hour|minute)",
    "zh-hans": r"\d+ ?(小时|分钟)",
    "zh-hant": r"\d+ ?(小時|分鐘)",
    "th": r"\d+ (ชั่วโมง|ชม\.|นาที)",
}
WORDS = {"en": "The alarm sounds.", "zh-hans": "警报响了。", "zh-hant": "警報響了。", "th": "มีเสียงเตือน"}
CAST = ("Alice", "Acme", "alice@example.com")


class Phone:
    """Reads each page it comes to; PICTURES names a folder for what it looked like."""

    def __init__(self, page, language):
        self.page, self.language, self.seen = page, language, ""

    def reads(self, name):
        page = self.page
        assert page.get_attribute("html", "lang") == self.language
        assert page.evaluate(SIDEWAYS) <= 0, name
        if self.language != "en":
            assert english.left_on_page(page.content(), self.language, CAST) == [], name
        text = page.inner_text("main")
        if self.language.startswith("zh"):
            assert [line for line in text.splitlines() if GAPS.search(line)] == [], name
        self.seen += text
        if os.environ.get("PICTURES"):
            page.screenshot(path=f"{os.environ['PICTURES']}/{self.language}-{name}.png", full_page=True)


def write_and_follow(phone, live_server):
    page = phone.page
    phone.reads("1-equipment")
    page.locator("label.choice", has_text="SN-1234").click()
    page.click("form[method=post] .btn--primary")
    page.wait_for_url("**/fault/")
    page.locator("[name=level][value='1']").check()
    phone.reads("2-fault")
    page.fill("#id_description", WORDS[phone.language])
    page.locator("form[data-keep] .btn--primary").click()
    page.wait_for_url("**/check/")
    phone.reads("3-check")
    page.fill("[name=phone]", "+852 5555 0142")
    page.locator("main form .btn--primary").click()
    page.wait_for_url("**/sent/")
    phone.reads("4-sent")
    ticket = Ticket.objects.get()
    page.goto(f"{live_server.url}/portal/{ticket.reference}/")
    page.fill("#id_body", WORDS[phone.language])
    page.locator("#write .btn--primary").click()
    page.locator(".mine .said", has_text=WORDS[phone.language]).nth(1).wait_for()
    phone.reads("5-case")
    return ticket


def judge(phone, live_server, ticket, agent):
    page = phone.page
    for step in ("restored", "resolved"):
        services.record(ticket=ticket, type=step, by=Actor(user=agent), at=datetime.now(UTC), now=datetime.now(UTC))
    page.reload()
    page.locator("details.disclose summary").click()
    phone.reads("6-does-it-work")
    page.locator("button[name=action][value=works]").click()
    page.wait_for_url(re.compile("/survey/"))
    page.locator("[name=score][value='5']").check(force=True)
    phone.reads("7-survey")
    with page.expect_navigation():
        page.locator("main form .btn--primary").click()
    phone.reads("8-thanks")
    page.goto(f"{live_server.url}/portal/")
    phone.reads("9-list")


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
def test_a_whole_story_on_a_phone_in(language, page, live_server, client, alice, acme, agent):
    alice.language = language
    alice.save()
    client.force_login(alice)
    page.set_viewport_size({"width": 390, "height": 844})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.goto(f"{live_server.url}/report/")
    phone = Phone(page, language)
    ticket = write_and_follow(phone, live_server)
    judge(phone, live_server, ticket, agent)
    assert (SurveyAnswer.objects.get().score, Ticket.objects.get().state) == (5, "closed")
    assert re.search(DATES[language], phone.seen)
    assert re.search(LENGTHS[language], phone.seen)
