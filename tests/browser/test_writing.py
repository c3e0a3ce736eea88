"""Writing in a real browser: drafts that survive everything, a reply that stops and that can be had back, a lost
session, two agents on one field.
"""

from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.actors import Actor
from tickets import services
from tickets.models import Draft, Reply, Ticket, WaitingReply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "#composer-body"
SAVED = "[data-draft-state]:has-text('Draft saved')"


@pytest.fixture(autouse=True)
def _wait(settings):
    settings.SEND_WAIT_SECONDS = 10


@pytest.fixture
def quiet(report):
    return report(level="4")


def sign_in(context, live_server, person):
    client = Client()
    client.force_login(person)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


@pytest.fixture
def desk(page, live_server, agent, quiet):
    sign_in(page.context, live_server, agent)
    page.goto(live_server.url + quiet.get_absolute_url())
    return page


def write(page, text):
    page.fill(BODY, text)
    with page.expect_response("**/draft/"):
        page.locator(BODY).blur()
    page.wait_for_selector(SAVED)


def test_a_draft_survives_a_reload_and_is_there_on_another_device(desk, chromium, live_server, agent):
    write(desk, "We come at ten")
    desk.reload()
    assert desk.input_value(BODY) == "We come at ten"
    other = chromium.new_context()
    sign_in(other, live_server, agent)
    second = other.new_page()
    second.goto(desk.url)
    assert second.input_value(BODY) == "We come at ten"
    write(second, "We come at eleven")
    desk.reload()
    assert desk.input_value(BODY) == "We come at eleven"
    other.close()


def test_reply_and_note_keep_their_own_words(desk):
    write(desk, "Dear customer")
    desk.reload()
    with desk.expect_response(lambda answer: "/draft/" in answer.url and "note" in (answer.request.post_data or "")):
        desk.keyboard.press("Control+;")
    assert desk.input_value(BODY) == "Dear customer"  # typed under the wrong tab: it goes along
    desk.reload()
    assert desk.is_checked("[data-kind=note]")
    assert list(Draft.objects.values_list("kind", "body")) == [("note", "Dear customer")]


def test_undo_send_puts_the_words_back(desk):
    desk.fill(BODY, "We come at ten")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".msg--waiting >> text=Sending in")
    assert desk.input_value(BODY) == ""
    desk.click("text=Undo send")
    desk.wait_for_selector("text=Your reply is a draft again")
    assert desk.input_value(BODY) == "We come at ten"
    assert not WaitingReply.objects.exists()


def test_the_send_stops_once_for_a_newer_message(desk, quiet, alice):
    desk.fill(BODY, "We come at ten")
    services.reply(ticket=quiet, body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".composer__newer >> text=It works again")
    assert desk.input_value(BODY) == "We come at ten"
    desk.click("button:has-text('Send anyway')")
    desk.wait_for_selector(".msg--waiting")
    assert Reply.objects.count() == 1


def test_a_session_lost_while_typing_loses_no_word(desk, live_server, agent):
    desk.fill(BODY, "We come at ten")
    Session.objects.all().delete()
    desk.evaluate("Date.now = ((real) => () => real() + 120000)(Date.now)")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("#session-over[open]")
    assert desk.input_value(BODY) == "We come at ten"
    desk.fill("#session-over-password", "wrong")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#session-over >> text=That did not work")
    desk.fill("#session-over-password", "correct horse")
    desk.keyboard.press("Enter")
    desk.wait_for_selector(".msg--waiting")
    assert WaitingReply.objects.get().body == "We come at ten"


def test_two_agents_on_one_field_see_both_values_and_choose(desk, quiet, lead):
    desk.goto(desk.url + "?act=edit#act")
    desk.fill("#act [name=title]", "Mine")
    services.edit(ticket=quiet, changes={"title": "Theirs"}, by=Actor(user=lead), now=datetime.now(UTC))
    desk.click("#act [data-send]")
    desk.wait_for_selector("text=Lead changed this ticket")
    assert Ticket.objects.get(pk=quiet.pk).title == "Theirs"
    assert desk.input_value("#act [name=title]") == "Mine"


def test_the_small_forms_keep_their_words_until_they_are_sent(desk):
    address = desk.url
    desk.goto(address + "?act=waiting#act")
    desk.fill("#act [name=note]", "site permit")
    desk.goto(address)
    desk.goto(address + "?act=waiting#act")
    assert desk.input_value("#act [name=note]") == "site permit"
    desk.click("#act [data-send]")
    desk.wait_for_selector(".toast")
    desk.goto(address + "?act=resumed#act")
    assert desk.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('act:'))") == []
