"""A ticket's head at 1440 pixels: every button says in words what it does, in one row if possible."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from accounts.actors import Actor
from tickets import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Names of buttons that cannot be read: cut off, wrapped out of their button or pushed out of the row.
UNREAD = """() => { const row = document.querySelector(".case__acts"), edge = row.getBoundingClientRect();
  const words = row.querySelectorAll(".fits:not(.case__key) > span, b, #owner-menu summary > span");
  return [...words].filter((word) => {
    const box = word.getBoundingClientRect(), button = word.closest(".btn").getBoundingClientRect();
    return !box.width || box.bottom > button.bottom + 1 || box.right > button.right || button.right > edge.right + 1
      || word.scrollWidth > word.clientWidth + 1;
  }).map((word) => word.textContent); }"""
HEIGHT = "() => document.querySelector('.case__acts').getBoundingClientRect().height"


@pytest.fixture
def head(page, live_server, agent):
    def opened(ticket, language="en"):
        client = Client()
        client.force_login(agent)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: key, settings.LANGUAGE_COOKIE_NAME: language}
        page.context.add_cookies([{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()])
        page.goto(live_server.url + ticket.get_absolute_url())
        return page

    return opened


def happen(ticket, by, *kinds):
    now = datetime.now(UTC)
    for kind in kinds:
        services.record(ticket=ticket, type=kind, by=Actor(user=by), at=now, now=now)


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
def test_a_new_ticket_of_nobody_has_all_its_words_in_one_row(head, report, language):
    page = head(report(assignee=None), language)
    assert page.evaluate(UNREAD) == []
    assert page.evaluate(HEIGHT) < 40


@pytest.mark.parametrize("language", ["en", "zh-hans", "th"])
@pytest.mark.parametrize("kinds", [["responded", "remote_started"], ["responded", "departed"], ["waiting"]])
def test_a_long_status_and_a_long_name_leave_every_button_its_words(head, report, lead, agent, language, kinds):
    lead.name = "Thanyarat Siripongwattanakul"
    lead.save()
    ticket = report(assignee=lead)
    happen(ticket, agent, *kinds)
    page = head(ticket, language)
    assert page.evaluate(UNREAD) == []
    assert page.locator(".case__more > .btn--primary").is_visible()
