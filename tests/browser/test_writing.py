"""Writing in a real browser: drafts that survive everything, a reply that stops and that can be had back, a lost
session, two agents on one field.
"""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.actors import Actor
from tickets import services
from tickets.models import Draft, Reply, SavedReply, Ticket, WaitingReply

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "#composer-body"
SAVED = "[data-draft-state]:has-text('Draft saved')"


@pytest.fixture(autouse=True)
def _wait(settings):
    settings.SEND_WAIT_SECONDS = 20


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


def _saves(answer, kind, text):
    sent = answer.request.post_data or ""
    return "/draft/" in answer.url and f"\n{kind}\r" in sent and text in sent


def test_reply_and_note_keep_their_own_words(desk):
    write(desk, "Dear customer")
    desk.reload()
    with desk.expect_response(lambda answer: "/draft/" in answer.url and "note" in (answer.request.post_data or "")):
        desk.keyboard.press("Control+;")
    assert desk.input_value(BODY) == "Dear customer"  # typed under the wrong tab: it goes along
    desk.reload()
    assert desk.is_checked("[data-kind=note]")
    assert list(Draft.objects.values_list("kind", "body")) == [("note", "Dear customer")]


def test_a_reply_that_went_along_to_the_note_untouched_comes_back(desk):
    write(desk, "Dear customer")
    desk.reload()
    for kind in ("note", "reply"):
        with desk.expect_response(lambda answer, kind=kind: _saves(answer, kind, "Dear customer")):
            desk.keyboard.press("Control+;")
        assert desk.input_value(BODY) == "Dear customer"
    assert desk.is_checked("[data-kind=reply]")
    desk.reload()
    assert list(Draft.objects.values_list("kind", "body")) == [("reply", "Dear customer")]
    assert desk.input_value(BODY) == "Dear customer"


def test_what_was_changed_as_a_note_stays_a_note(desk):
    write(desk, "Dear customer")
    desk.keyboard.press("Control+;")
    write(desk, "He never pays on time")
    desk.keyboard.press("Control+;")
    assert desk.is_checked("[data-kind=reply]")
    assert desk.input_value(BODY) == ""


def test_a_note_never_becomes_a_public_reply_by_a_key(desk):
    desk.keyboard.press("n")
    write(desk, "He never pays on time")
    for key in ("Escape", "r"):
        desk.keyboard.press(key)
    assert desk.is_checked("[data-kind=reply]")
    assert desk.input_value(BODY) == ""
    write(desk, "Dear customer")
    for text in ("He never pays on time", "Dear customer"):
        desk.keyboard.press("Control+;")
        assert desk.input_value(BODY) == text
    desk.reload()
    assert sorted(Draft.objects.values_list("kind", "body")) == [
        ("note", "He never pays on time"),
        ("reply", "Dear customer"),
    ]


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
    desk.wait_for_selector(f"{BODY}:focus")
    desk.keyboard.press("Control+Enter")  # the same press again is "Send anyway"
    desk.wait_for_selector(".msg--waiting")
    assert Reply.objects.count() == 1
    assert desk.locator(f"{BODY}:focus").count() == 0


def test_a_message_within_the_wait_brings_the_reply_back_beside_it(desk, quiet, alice):
    desk.fill(BODY, "We come at ten")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".msg--waiting")
    services.reply(ticket=quiet, body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    desk.wait_for_selector(".composer__newer >> text=It works again")
    assert desk.input_value(BODY) == "We come at ten"
    desk.click("button:has-text('Send anyway')")
    desk.wait_for_selector(".msg--waiting")


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


def test_a_draft_that_was_refused_tells_that_the_session_is_over(desk, quiet):
    Session.objects.all().delete()
    with desk.expect_response("**/draft/"):
        desk.fill(BODY, "We come at ten")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("#session-over[open]")
    assert desk.input_value(BODY) == "We come at ten"


def test_what_was_asked_for_when_the_session_was_over_is_asked_for_once_more_and_nothing_is_doubled(desk, quiet):
    asked, written = [], []
    desk.on("request", lambda request: "/part/act/" in request.url and asked.append(request.url))
    desk.on("request", lambda request: request.url.endswith("/events/") and written.append(request.method))
    desk.fill(BODY, "Half a sentence")
    desk.click("#status-menu > summary")
    Session.objects.all().delete()
    desk.click("#status-menu >> text=Wait for the customer")
    desk.wait_for_selector("#session-over[open]")
    desk.fill("#session-over-password", "correct horse")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("#act [name=note]")
    assert len(asked) == 2  # the one that was refused, and again
    assert desk.locator("#act [name=note]").count() == 1
    desk.fill("#act [name=message]", "site permit")
    desk.click("#act [data-send]")
    desk.wait_for_selector(".toast")
    assert written == ["POST"]
    assert quiet.events.filter(type="waiting").count() == 1
    assert desk.input_value(BODY) == "Half a sentence"


@pytest.mark.parametrize("title", ["Mine", "Theirs"])
def test_two_agents_on_one_field_see_both_values_and_choose(desk, quiet, lead, title):
    desk.goto(desk.url + "?act=edit#act")
    desk.fill("#act [name=title]", "Mine")
    services.edit(ticket=quiet, changes={"title": "Theirs"}, by=Actor(user=lead), now=datetime.now(UTC))
    desk.click("#act [data-send]")
    desk.wait_for_selector("text=Lead changed this ticket")
    assert Ticket.objects.get(pk=quiet.pk).title == "Theirs"
    assert desk.input_value("#act [name=title]") == "Mine"
    desk.locator("#act").get_by_role("radio", name=title).check()
    desk.click("#act [data-send]")
    desk.wait_for_selector(f"h1:has-text('{title}')")
    desk.wait_for_selector("#act[hidden]", state="attached")
    assert Ticket.objects.get(pk=quiet.pk).title == title


def test_on_a_phone_a_saved_reply_is_chosen_where_one_writes(chromium, live_server, agent, quiet):
    SavedReply.objects.create(title="Thanks", body="Thank you for the photos.")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    sign_in(context, live_server, agent)
    phone = context.new_page()
    phone.goto(live_server.url + quiet.get_absolute_url())
    phone.tap(BODY)
    phone.tap(".composer__foot summary[aria-keyshortcuts='/']")
    phone.get_by_role("button", name="Thanks").tap()
    assert phone.input_value(BODY) == "Thank you for the photos."
    context.close()


def test_a_form_that_an_address_opens_stands_under_no_bar_on_a_phone(desk):
    desk.set_viewport_size({"width": 390, "height": 844})
    desk.goto(desk.url + "?act=restored#act")
    under = """() => { const at = document.querySelector("#act-title").getBoundingClientRect();
      return document.elementFromPoint(at.left + 4, at.top + at.height / 2)?.id; }"""
    assert desk.evaluate(under) == "act-title"


@pytest.mark.parametrize("width", [1280, 1024])
def test_status_and_owner_are_read_whole(desk, quiet, agent, width):
    now = datetime.now(UTC)
    services.assign(ticket=quiet, assignee=agent, by=Actor(user=agent), now=now)
    services.record(ticket=quiet, type="waiting", by=Actor(user=agent), at=now, now=now)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.reload()
    cut = """() => [...document.querySelectorAll("#status-menu b, #owner-menu summary > span:not(.av)")]
      .filter((name) => name.scrollWidth > name.clientWidth).map((name) => name.textContent)"""
    assert desk.evaluate(cut) == []


def test_a_visit_in_the_past_is_told_beside_its_field_and_the_reply_stays(desk):
    desk.fill(BODY, "We come")
    desk.click("[data-visit-menu] > summary")
    problem = desk.locator("#visit-at-error")
    assert not problem.is_visible()
    desk.fill("#visit-at", "2020-01-01T10:00")
    desk.click("[data-visit]")
    desk.wait_for_selector("#visit-at-error:has-text('Enter a time that is still to come.')")
    assert (desk.input_value("#visit-at"), desk.input_value(BODY)) == ("2020-01-01T10:00", "We come")
    assert desk.evaluate("document.activeElement.id") == "visit-at"
    desk.fill("#visit-at", "2090-01-01T10:00")
    desk.click("[data-visit]")
    desk.wait_for_selector("[data-visit-menu]:not([open])")
    assert desk.input_value(BODY).startswith("We come Our engineer is expected")
    desk.click("[data-visit-menu] > summary")
    assert not problem.is_visible()


def test_while_a_small_form_is_open_its_button_is_the_only_filled_one(desk):
    filled = """() => [...document.querySelectorAll("main .btn--primary")].filter((one) => one.getClientRects().length
      && getComputedStyle(one).color !== getComputedStyle(document.body).color).map((one) => !!one.closest("#act"))"""
    assert False in desk.evaluate(filled)
    desk.click("#status-menu > summary")
    desk.click("#status-menu >> text=Wait for the customer")
    desk.wait_for_selector("#act [data-send]")
    assert desk.evaluate(filled) == [True]


def test_that_a_reply_did_not_leave_is_said_once_wherever_its_author_is(desk, live_server, quiet, alice):
    desk.fill(BODY, "We come at ten")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".msg--waiting")
    desk.goto(live_server.url + "/tickets/")
    services.reply(ticket=quiet, body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    services.release_due(now=datetime.now(UTC) + timedelta(seconds=21))
    for times in (1, 0):
        desk.goto(live_server.url + "/tickets/")
        desk.evaluate("""() => { document.querySelector("[data-count=bell] .count").id = "as-it-was";
          document.dispatchEvent(new CustomEvent("desk:changed")); }""")
        desk.wait_for_selector("#as-it-was", state="detached")
        assert desk.locator("#toasts .toast").count() == times


def test_the_small_forms_keep_their_words_until_they_are_sent(desk):
    address = desk.url
    desk.goto(address + "?act=waiting#act")
    desk.fill("#act [name=note]", "site permit")
    desk.goto(address)
    desk.goto(address + "?act=waiting#act")
    assert desk.input_value("#act [name=note]") == "site permit"
    desk.fill("#act [name=message]", "Please send the site permit")
    desk.click("#act [data-send]")
    desk.wait_for_selector(".toast")
    desk.goto(address + "?act=resumed#act")
    assert desk.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('act:'))") == []


def test_on_a_phone_a_finger_turns_the_reply_into_a_note(chromium, live_server, agent, quiet):
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    sign_in(phone, live_server, agent)
    page = phone.new_page()
    page.goto(live_server.url + quiet.get_absolute_url())
    page.tap(BODY)
    page.tap(".composer label:has([data-kind=note])")
    assert page.is_checked("[data-kind=note]")
    page.tap(".composer .composer__to.for-note")
    assert page.locator("[data-send]").is_visible()
    phone.close()


@pytest.mark.parametrize("is_scripted", [True, False])
def test_the_empty_field_says_what_is_written_into_it(chromium, live_server, agent, quiet, is_scripted):
    with chromium.new_context(java_script_enabled=is_scripted) as context:
        sign_in(context, live_server, agent)
        page = context.new_page()
        page.goto(live_server.url + quiet.get_absolute_url())
        reply, note = page.locator(".composer__ask .for-reply"), page.locator(".composer__ask .for-note")
        assert (reply.is_visible(), note.is_visible()) == (True, False)
        page.locator(".composer__tabs label", has_text="Internal note").click()
        assert (reply.is_visible(), note.is_visible()) == (False, True)
        page.fill(BODY, "Fan ordered")
        assert not note.is_visible()
