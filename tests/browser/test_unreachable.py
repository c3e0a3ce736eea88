"""No server: whoever follows a link, opens a preview or sends a form stays where he is, with his words and a way on."""

import pytest

from tests.browser.test_live import opened, order
from tickets.models import Note, WaitingReply

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def banner(page):
    return page.locator("#toasts [data-request-failed]")


def test_a_message_and_a_link_without_a_server_wait_on_the_page(product, page, banner, agent, ticket):
    opened(product, page, agent, f"{ticket.get_absolute_url()}?write=note")
    before = page.url
    page.context.set_offline(True)
    page.fill("#composer-body", "Half a day of thinking")
    page.locator(".composer [data-send]").first.click()
    expect(banner).to_contain_text("did not reach us")
    expect(banner.get_by_role("button", name="Try again")).to_be_focused()
    page.keyboard.press("Escape")
    expect(banner).to_have_count(0)
    page.locator(".views a").first.click()
    expect(banner).to_be_visible()
    page.locator(".composer [data-send]").first.click()
    banner.get_by_role("button", name="Try again").click()
    expect(banner).to_have_count(1)
    assert (page.url, page.input_value("#composer-body")) == (before, "Half a day of thinking")
    page.context.set_offline(False)
    banner.get_by_role("button", name="Try again").click()
    expect(page.locator("#stream")).to_contain_text("Half a day of thinking", timeout=20_000)
    assert (Note.objects.count(), WaitingReply.objects.count()) == (1, 0)


def test_another_view_and_a_preview_without_a_server_offer_to_try_again(product, page, banner, agent, report):
    for _n in range(3):
        report()
    opened(product, page, agent, "/tickets/?view=open")
    last = order(page)[-1]
    expect(page.locator("#preview")).to_contain_text("SD-", timeout=20_000)
    page.context.set_offline(True)
    page.locator(f"#{last} .c-st").click()
    expect(page.locator("#preview [data-request-failed]")).to_be_visible()
    page.locator(".views [data-count=mine]").click()
    expect(banner).to_be_visible()
    expect(page.locator("tr[id^=row-]")).to_have_count(3)
    page.context.set_offline(False)
    expect(page.locator("#preview")).to_contain_text(last.removeprefix("row-"))
    banner.get_by_role("button", name="Try again").click()
    page.wait_for_url("**view=mine**")


def test_one_outage_is_told_once_where_the_newest_step_failed(product, page, banner, agent, report):
    report(), report(), report()
    opened(product, page, agent, "/tickets/?view=open")
    told, old = page.locator(".banner:visible"), page.locator("#old")
    page.context.set_offline(True)
    expect(old).to_be_visible()
    page.locator(f"#{order(page)[-1]} .c-st").click()
    expect(page.locator("#preview [data-request-failed]")).to_be_visible()
    expect(told).to_have_count(1)
    page.locator(".chip--add").click()
    expect(page.locator("#filter-form").locator("xpath=preceding-sibling::*[@data-request-failed]")).to_be_visible()
    expect(told).to_have_count(1)
    page.locator(".views [data-count=mine]").click()
    expect(banner).to_be_visible()
    expect(told).to_have_count(1)
    page.keyboard.press("Escape")
    expect(old).to_be_visible()
    expect(told).to_have_count(1)


def test_trying_again_repeats_all_that_failed(product, page, agent, report):
    report(), report(), report()
    opened(product, page, agent, "/tickets/?view=open")
    page.route("**/preview/", lambda route: route.abort())
    page.route("**/tickets/filter/**", lambda route: route.abort())
    page.locator(f"#{order(page)[-1]} .c-st").click()
    expect(page.locator("#preview [data-request-failed]")).to_be_visible()
    page.locator(".chip--add").click()
    expect(page.locator(".banner:visible")).to_have_count(1)
    page.unroute_all()
    page.locator("[data-request-failed] [data-again]").click()
    expect(page.locator("#preview")).to_contain_text("SD-")
    expect(page.locator("#filter-form form")).to_be_visible()
    expect(page.locator("[data-request-failed]")).to_have_count(0)


def test_a_report_is_not_sent_into_the_void(product, page, banner, alice, acme):
    """No stream tells these pages of the connection."""
    product.sign_in(page, alice)
    page.goto(f"{product.url}/report/")
    page.locator("label.choice", has_text="SN-1234").click()
    page.click("form[method=post] .btn--primary")
    page.wait_for_url("**/fault/")
    page.locator("[name=level][value='1']").check()
    page.fill("#id_description", "The fan howls")
    page.context.set_offline(True)
    page.locator("form[data-keep] .btn--primary").click()
    expect(banner).to_be_visible()
    assert page.input_value("#id_description") == "The fan howls"
    page.context.set_offline(False)
    banner.get_by_role("button", name="Try again").click()
    page.wait_for_url("**/check/")
