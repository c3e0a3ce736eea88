"""A phone that goes from hand to hand: what somebody gave is sent as his, and never as another's."""

import pytest

from inspections.models import AnswerEntry, Inspection
from tests.browser.phones import address, card, expect, kept, press, ready
from tests.browser.test_visit_loses_nothing import tag, write
from tests.flows.workers import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def authors():
    return dict(AnswerEntry.objects.values_list("item", "author__email"))


def test_answers_wait_for_the_person_who_gave_them(phone, product, visit, engineer, agent):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    press(page, "dust", "Pass")
    write(page, "All in order")
    expect(tag(page)).to_contain_text("No signal, 2 saved here")

    page.goto("about:blank")
    page.context.clear_cookies()
    product.sign_in(page.context, agent)
    page.context.set_offline(False)
    page.goto(address(product, visit))
    ready(page)
    others = page.locator("[data-others]")
    expect(others).to_contain_text(f"2 things of {engineer.name} are kept on this phone")
    expect(others).to_contain_text(f"when {engineer.name} signs in")
    expect(card(page, "dust").locator("[value=passed]")).not_to_be_checked()
    page.locator("a[data-part]").first.click()
    card(page, "temp").locator("input[name=reading-temp]").fill("25")
    write(page, "Replace the fan", "advice")
    assert eventually(lambda: Inspection.objects.get().advice == "Replace the fan", seconds=20)
    expect(tag(page)).to_contain_text("All sent")
    assert authors() == {"temp": agent.email}

    page.context.clear_cookies()
    product.sign_in(page.context, engineer)
    page.reload()
    ready(page)
    assert eventually(lambda: Inspection.objects.get().summary == "All in order", seconds=20)
    assert authors() == {"temp": agent.email, "dust": engineer.email}
    assert Inspection.objects.get().advice == "Replace the fan"
    expect(others).to_be_hidden()


def test_page_that_stayed_open_sends_nothing_as_who_signed_in_beside_it(phone, product, visit, engineer, agent):
    page = phone(engineer)
    page.context.clear_cookies()
    product.sign_in(page.context, agent)
    press(page, "dust", "Pass")
    expect(tag(page)).to_contain_text(f"1 kept until {engineer.name} signs in")
    assert not AnswerEntry.objects.exists()
