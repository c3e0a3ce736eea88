"""While Chinese is composed no key does anything: in the list, on a ticket, in the search box and in the composer.

Chromium marks such keys with `isComposing`, Safari sends the one that ends a composition without it, as key code 229.
"""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from tickets.models import TicketEvent, WaitingReply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PRESS = """([keys, init]) => {
  const took = [];
  for (const key of keys) {
    const event = new KeyboardEvent("keydown", {
      key, code: key.length === 1 ? "Key" + key.toUpperCase() : key, bubbles: true, cancelable: true, ...init });
    document.activeElement.dispatchEvent(event);
    if (event.defaultPrevented) took.push(key);
  }
  return took;
}"""
MARKS = [{"isComposing": True}, {"keyCode": 229}]
KEYS = [*"jkxraislewnzucf", "/", ".", "?", "Enter", "Escape", "ArrowDown"]
STATE = """() => [location.href, document.activeElement.id || document.activeElement.tagName,
  document.querySelectorAll("dialog[open], details[open], input:checked, tr.is-focus").length]"""


@pytest.fixture
def desk(page, live_server, agent, report):
    now = datetime.now(UTC)
    tickets = [report(title=f"Fault {hours}", at=now - timedelta(hours=hours)) for hours in (2, 1)]
    client = Client()
    client.force_login(agent)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])

    def at(address):
        page.goto(live_server.url + address.format(number=tickets[0].reference))
        page.wait_for_load_state()
        return page

    return at


@pytest.mark.parametrize("address", ["/tickets/", "/tickets/{number}/"])
def test_no_key_does_anything_on(desk, address):
    page = desk(address)
    before = page.evaluate(STATE)
    assert [page.evaluate(PRESS, [KEYS, mark]) for mark in MARKS] == [[], []]
    assert page.evaluate(STATE) == before


@pytest.mark.parametrize("field", ["input[type=search]", "#composer-body"])
def test_nothing_leaves_a_field_in_which_somebody_composes(desk, field):
    page = desk("/tickets/{number}/")
    page.locator(field).first.focus()
    events = TicketEvent.objects.count()
    before = page.evaluate(STATE)
    for mark, held in itertools.product(MARKS, [{}, {"ctrlKey": True}, {"metaKey": True}]):
        assert page.evaluate(PRESS, [["Enter", "Escape", ";", "k", "/"], mark | held]) == []
    assert page.evaluate(STATE) == before
    assert (TicketEvent.objects.count(), WaitingReply.objects.exists()) == (events, False)


def test_a_real_composition_ends_in_the_text_and_sends_nothing(desk):
    page = desk("/tickets/{number}/")
    page.locator("#composer-body").focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "fuwuqi", "selectionStart": 6, "selectionEnd": 6})
    assert page.evaluate(PRESS, [["Enter"], {"ctrlKey": True}]) == []  # a composition is open, whatever the key says
    keyboard.send("Input.insertText", {"text": "服务器"})
    assert page.input_value("#composer-body") == "服务器"
    assert not WaitingReply.objects.exists()
