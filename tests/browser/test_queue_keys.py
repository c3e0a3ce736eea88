"""Keys of the queue: what the toolbar of chosen tickets says, and going elsewhere under any keyboard layout."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from tickets import services

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect = pytest.importorskip("playwright.sync_api").expect
PRESS = """([key, code]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }))"""


@pytest.fixture
def queue(product, page, agent, report):
    tickets = [report(at=datetime.now(UTC) - timedelta(hours=hours)) for hours in (3, 2, 1)]
    product.sign_in(page, agent)
    page.goto(f"{product.url}/tickets/")
    return page, tickets


@pytest.mark.parametrize(("key", "field"), [("a", "#b-owner"), ("l", "#b-level"), ("s", "#b-status"), ("r", "#b-body")])
def test_with_tickets_chosen_a_key_opens_what_the_toolbar_says(queue, key, field):
    page, _tickets = queue
    for step in "xjx":
        page.keyboard.press(step)
    expect(page.locator("#bulk")).to_contain_text("2 selected")
    page.keyboard.press(key)
    expect(page.locator(field)).to_be_focused()
    assert page.url.endswith("/tickets/?view=due")


def test_l_offers_the_levels_of_the_chosen_tickets_alone(product, page, agent, report, cathay):
    for category in ("software", "hardware"):
        report(organisation=cathay.organisation, site=cathay.site, category=category)
    product.sign_in(page, agent)
    page.goto(f"{product.url}/tickets/")
    page.locator("input[data-scheme^=software]").check(force=True)
    page.locator("#bulk summary[data-key=l]").click()
    expect(page.locator("#b-level optgroup:not([disabled]) option").first).to_have_text("C, The system itself fails")
    expect(page.locator("#b-level optgroup:not([disabled])")).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator("input[data-scheme^=hardware]").check(force=True)
    page.locator("#bulk summary[data-key=l]").click()
    expect(page.locator("#b-level optgroup:not([disabled])")).to_have_count(2)


def test_f_leads_into_the_filter_and_escape_back_to_the_row(queue):
    page, tickets = queue
    page.keyboard.press("j")
    row = page.locator(f"#row-{tickets[1].reference} th a")
    expect(row).to_be_focused()
    page.keyboard.press("f")
    expect(page.locator("#f-q")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#f-state")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#filter-form form")).to_have_count(0)
    expect(row).to_be_focused()


def test_i_takes_all_chosen_tickets_and_no_other(queue, agent):
    page, tickets = queue
    for step in "xjxj":
        page.keyboard.press(step)
    with page.expect_navigation():
        page.keyboard.press("i")
    for ticket in tickets:
        ticket.refresh_from_db()
    assert [ticket.assignee for ticket in tickets] == [agent, agent, None]


def test_g_and_a_letter_go_there_under_a_thai_layout(queue):
    page, tickets = queue
    page.keyboard.press("j")
    page.evaluate(PRESS, ["\u0e40", "KeyG"])
    page.evaluate(PRESS, ["\u0e23", "KeyI"])
    expect(page).to_have_url(re.compile("/inspections/$"))
    tickets[0].refresh_from_db()
    assert tickets[0].assignee is None


def test_a_ticket_that_i_could_not_take_is_not_among_those_chosen_afterwards(queue, agent):
    page, tickets = queue
    banner = page.locator("#toasts [data-request-failed]")
    page.locator(f"#row-{tickets[0].reference} th a").focus()
    page.context.set_offline(True)
    page.keyboard.press("i")
    expect(banner).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(f"#row-{tickets[0].reference} th a")).to_be_focused()
    page.context.set_offline(False)
    for step in "jxjx":
        page.keyboard.press(step)
    with page.expect_navigation():
        page.keyboard.press("i")
    for ticket in tickets:
        ticket.refresh_from_db()
    assert [ticket.assignee for ticket in tickets] == [None, agent, agent]


def test_a_preview_after_the_session_is_over_asks_to_sign_in_and_then_shows_the_ticket(queue):
    page, tickets = queue
    expect(page.locator("#preview")).to_contain_text(tickets[0].reference)
    page.context.clear_cookies(name="sessionid")
    page.locator(f"#row-{tickets[2].reference} .c-st").click()  # not the next one, which is there already
    expect(page.locator("#session-over")).to_be_visible()
    page.fill("#session-over-password", "correct horse")
    page.keyboard.press("Enter")
    expect(page.locator("#session-over")).to_be_hidden()
    expect(page.locator("#preview")).to_contain_text(tickets[2].reference)


def test_a_reply_that_a_newer_message_stopped_waits_in_the_composer_and_escape_clears_the_choice(queue, alice):
    page, tickets = queue
    services.reply(ticket=tickets[1], body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    for step in "xjxr":
        page.keyboard.press(step)
    body = page.locator("#b-body")
    expect(body).to_be_focused()
    page.keyboard.type("We are on it")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(body).to_be_visible()
    expect(body).to_have_value("We are on it")
    expect(page.locator("#bulk")).to_contain_text("1 selected")
    page.keyboard.press("Escape")
    expect(body).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#bulk")).to_be_hidden()
    expect(page.locator("#list [name=ticket]:checked")).to_have_count(0)
