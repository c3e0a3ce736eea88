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
