"""An agent's day with the keyboard alone: through the queue, into a ticket and back to the same row."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from tickets.models import TicketEvent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def three(report):
    now = datetime.now(UTC)
    return [report(title=f"Fault {hours}", at=now - timedelta(hours=hours)) for hours in (3, 2, 1)]


@pytest.fixture
def queue(page, live_server, agent, three):
    client = Client()
    client.force_login(agent)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page.goto(live_server.url + "/tickets/")
    return page


def focused_row(page):
    return page.evaluate("document.activeElement.closest('tr')?.id")


def test_down_the_queue_into_a_ticket_and_back_to_its_row(queue, three):
    queue.keyboard.press("j")
    assert focused_row(queue) == f"row-{three[1].reference}"
    queue.keyboard.press("Enter")
    expect(queue.locator("h1")).to_contain_text("Fault 2")
    queue.wait_for_load_state()  # keys work once the scripts do
    queue.keyboard.press("u")
    expect(queue.locator("table.queue")).to_be_visible()
    expect(queue.locator(f"#row-{three[1].reference}")).to_have_class("is-focus")


def test_status_opens_where_it_is_chosen(queue, three):
    queue.keyboard.press("j")
    queue.keyboard.press("s")
    expect(queue.locator("#status-menu")).to_have_attribute("open", "")


def test_reply_from_the_keyboard(queue, three):
    queue.keyboard.press("j")
    queue.keyboard.press("r")
    expect(queue.locator("#composer-body")).to_be_focused()
    queue.keyboard.type("jkx: we are on it")
    queue.keyboard.press("Control+Enter")
    expect(queue.locator("#stream")).to_contain_text("jkx: we are on it")
    assert TicketEvent.objects.filter(ticket=three[1], type="replied").count() == 1


def tab_to(page, selector):
    """Tab by Tab, as far as somebody would go."""
    for _step in range(20):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def test_a_case_from_the_queue_to_the_next_one(queue, three):
    """Preview, open, reply, a graver level with its new times first, restored, and on to what is due next."""
    ticket = three[1]
    queue.keyboard.press("j")
    expect(queue.locator("#preview")).to_contain_text("Fault 2")
    queue.keyboard.press("Enter")
    expect(queue.locator("h1")).to_contain_text("Fault 2")
    queue.wait_for_load_state()  # keys work once the scripts do
    queue.keyboard.press("r")
    expect(queue.locator("#composer-body")).to_be_focused()
    queue.keyboard.type("We are on it")
    queue.keyboard.press("Control+Enter")
    expect(queue.locator("#stream")).to_contain_text("We are on it")
    queue.wait_for_load_state()
    queue.keyboard.press("Escape")
    queue.keyboard.press("l")
    form = queue.locator("#act-form")
    expect(form.locator("input:checked")).to_be_focused()
    while queue.evaluate("document.activeElement.value") != "1":
        queue.keyboard.press("ArrowUp")
    expect(form.locator("#level-times")).to_contain_text("At level 1")
    tab_to(queue, "[name=note]")
    queue.keyboard.type("The whole site is down")
    tab_to(queue, "[data-send]")
    queue.keyboard.press("Enter")
    expect(queue.locator(".titleline__lvl")).to_contain_text("1")
    queue.wait_for_load_state()
    queue.keyboard.press("e")
    expect(form).to_contain_text("Restore")
    expect(form.locator(":focus")).to_have_count(1)
    tab_to(queue, "[name=message]")
    queue.keyboard.type("Power supply replaced")
    queue.keyboard.press("Control+Enter")
    expect(queue.locator("#status-menu summary")).to_contain_text("Resolved")
    ticket.refresh_from_db()
    assert (ticket.level, ticket.state) == ("1", "resolved")
    queue.wait_for_load_state()  # keys work once the scripts do
    expect(queue.locator(".crumbs")).to_contain_text("3 of 3")  # its report is due later than the others
    queue.keyboard.press("k")
    expect(queue.locator("h1")).to_contain_text("Fault 1")


def test_escape_closes_a_form_and_gives_the_focus_back_but_never_drops_what_was_typed(queue, three):
    queue.keyboard.press("j")
    queue.keyboard.press("Enter")
    level = queue.locator(".titleline__lvl")
    expect(level).to_be_visible()
    queue.wait_for_load_state()
    queue.keyboard.press("l")
    panel = queue.locator("section.act")
    expect(panel.locator("input:checked")).to_be_focused()
    queue.keyboard.press("s")
    expect(queue.locator("#status-menu")).not_to_have_attribute("open", "")
    queue.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(level).to_be_focused()
    queue.keyboard.press("l")
    expect(panel.locator("input:checked")).to_be_focused()
    tab_to(queue, "textarea")
    queue.keyboard.type("They told us on the phone")
    queue.keyboard.press("Escape")
    expect(panel.locator("[data-cancel]")).to_be_focused()
