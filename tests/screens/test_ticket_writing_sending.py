"""The composer with its wait: undo send, drafts of each kind, the sentence that stops a reply once, a lost session."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actors import Actor
from tickets import services
from tickets.models import Draft, Note, Reply, WaitingReply


@pytest.fixture(autouse=True)
def _wait(settings):
    settings.SEND_WAIT_SECONDS = 10


@pytest.fixture
def quiet(report):
    return report(level="4")


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def at(ticket, part=""):
    return f"{ticket.get_absolute_url()}{part}"


def send(desk, ticket, **data):
    return desk.post(at(ticket, "messages/"), {"kind": "reply", "body": "We come at ten", **data})


def draft(desk, ticket, kind, body):
    return desk.post(at(ticket, "draft/"), {"kind": kind, "body": body})


def text_of(page):
    return re.search(r'id="composer-body"[^>]*>\n?(.*?)</textarea>', page, re.S)[1]


def test_a_reply_waits_in_the_stream_with_its_way_back(desk, quiet):
    send(desk, quiet, files=SimpleUploadedFile("rack.txt", b"front"))
    page = desk.get(at(quiet)).content.decode()
    assert not Reply.objects.exists()
    assert "Your reply leaves in 10 seconds" in page
    assert re.search(r"Sending in (10|9|11) s", page)
    desk.post(re.search(r'action="(/tickets/[^"]+/undo/)"', page)[1])
    page = desk.get(at(quiet)).content.decode()
    assert text_of(page) == "We come at ten"
    assert re.search(r'name="kept" value="[^"]+" checked>.*rack\.txt', page)


def test_files_that_came_back_go_with_the_next_press(desk, quiet):
    send(desk, quiet, files=SimpleUploadedFile("rack.txt", b"front"))
    waiting = WaitingReply.objects.get()
    desk.post(at(quiet, f"messages/{waiting.token}/undo/"))
    key = Draft.objects.get().files[0]["key"]
    send(desk, quiet, body="At eleven", kept=[key, "nonsense"])
    assert [file["name"] for file in WaitingReply.objects.get().files] == ["rack.txt"]


def test_a_page_of_the_ticket_lets_it_leave_when_nobody_else_does(desk, quiet):
    send(desk, quiet)
    WaitingReply.objects.update(leaves_at=datetime.now(UTC) - timedelta(seconds=1))
    assert "We come at ten" in desk.get(at(quiet)).content.decode()
    assert Reply.objects.get().body == "We come at ten"


def test_the_row_asks_what_became_of_it(desk, quiet):
    send(desk, quiet)
    token = WaitingReply.objects.get().token
    ask = at(quiet, f"messages/{token}/")
    assert "Sending in" in desk.get(ask, headers={"HX-Request": "true"}).content.decode()
    WaitingReply.objects.update(leaves_at=datetime.now(UTC))
    gone = desk.get(ask, headers={"HX-Request": "true"}).content.decode()
    assert "Sending in" not in gone
    assert "We come at ten" in gone
    late = desk.post(at(quiet, f"messages/{token}/undo/"), follow=True).content.decode()
    assert "The reply has left already." in late


def test_colleagues_see_that_it_waits_but_cannot_take_it_back(desk, client, quiet, lead):
    send(desk, quiet)
    token = WaitingReply.objects.get().token
    client.force_login(lead)
    page = client.get(at(quiet)).content.decode()
    assert "Sending in" in page
    assert "Undo send" not in page
    assert client.post(at(quiet, f"messages/{token}/undo/")).status_code == 404


def test_a_customer_sees_nothing_of_what_waits_or_is_drafted(desk, client, quiet, alice):
    send(desk, quiet)
    draft(desk, quiet, "note", "Between us")
    client.force_login(alice)
    page = client.get(f"/portal/{quiet.reference}/").content.decode()
    assert "We come at ten" not in page
    assert client.post(at(quiet, "draft/"), {"kind": "reply", "body": "x"}).status_code == 302
    assert Draft.objects.count() == 1


def test_drafts_are_kept_for_each_kind_and_end_with_sending(desk, quiet):
    draft(desk, quiet, "reply", "Dear")
    answer = json.loads(draft(desk, quiet, "note", "Check the fan").content)
    assert re.fullmatch(r"Draft saved \d\d:\d\d", answer["saved"])
    page = desk.get(at(quiet)).content.decode()
    assert text_of(page) == "Check the fan"
    assert re.search(r'data-other="reply"[^>]*>\nDear</textarea>', page)
    desk.post(at(quiet, "messages/"), {"kind": "note", "body": "Check the fan"})
    assert Note.objects.exists()
    assert list(Draft.objects.values_list("kind", flat=True)) == ["reply"]
    draft(desk, quiet, "reply", " ")
    assert not Draft.objects.exists()


def test_colleagues_see_that_somebody_drafts_not_what(desk, client, quiet, lead):
    draft(desk, quiet, "reply", "kanarienvogel")
    client.force_login(lead)
    page = client.get(at(quiet)).content.decode()
    assert "Agent is drafting a reply" in page
    assert "kanarienvogel" not in page


@pytest.mark.parametrize("data", [{}, {"kind": "other", "body": "x"}, {"kind": "reply", "body": "x\0y", "token": "1"}])
def test_a_draft_that_is_none_is_refused(desk, quiet, data):
    assert desk.post(at(quiet, "draft/"), data).status_code == 400


def test_the_newer_message_stands_above_the_composer_once(desk, quiet, alice):
    seen = quiet.last_seq
    services.reply(ticket=quiet, body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    stopped = send(desk, quiet, version=seen).content.decode()
    composer = stopped.split('id="composer"')[1]
    assert "It works again" in composer
    assert "Send anyway" in composer
    version = re.search(r'name="version" value="(\d+)"', composer)[1]
    assert send(desk, quiet, version=version).status_code == 302
    assert WaitingReply.objects.exists()


def test_what_arrived_while_a_reply_waited_is_shown_with_it_and_sending_again_works(desk, quiet, alice):
    send(desk, quiet, version=quiet.last_seq)
    token = WaitingReply.objects.get().token
    services.reply(ticket=quiet, body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    WaitingReply.objects.update(leaves_at=datetime.now(UTC))
    row = desk.get(at(quiet, f"messages/{token}/"), headers={"HX-Request": "true"}).content.decode()
    assert "The reply did not leave." in row
    assert f'data-returned="{at(quiet)}?write=reply#composer-body"' in row
    page = desk.get(at(quiet, "?write=reply")).content.decode()
    composer = page.split('id="composer"')[1]
    assert text_of(page) == "We come at ten"
    assert "It works again" in composer
    assert "Send anyway" in composer
    fields = dict(re.findall(r'name="(version|token|back)" value="([^"]+)"', composer))
    assert send(desk, quiet, **fields).status_code == 302
    assert WaitingReply.objects.exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("language", "said"), [("en", "Our engineer is expected on site on "), ("zh-hans", "工程师")])
def test_the_time_of_a_visit_is_said_in_the_language_and_time_of_the_site(at_ten, desk, quiet, alice, language, said):
    alice.language = language
    alice.save()
    quiet.reporter = alice
    quiet.save()
    words = desk.get(at(quiet, "visit-words/?visit_at=2026-12-01T02:30"))
    assert words.status_code == 200
    text = words.content.decode()
    assert said in text
    assert "10:30" in text  # the agent is in UTC, the site in China
    posted = desk.post(
        at(quiet, "messages/"), {"kind": "reply", "body": "Dear", "visit": "1", "visit_at": "2026-12-01T02:30"}
    )
    assert text_of(desk.get(posted["Location"]).content.decode()).startswith("Dear\n\n")


@pytest.mark.parametrize("value", ["", "soon", "0001-01-01T00:00", "9" * 400])
def test_a_time_nobody_can_mean_is_refused_and_the_words_are_kept(desk, quiet, value):
    assert desk.get(at(quiet, "visit-words/"), {"visit_at": value}).status_code == 400
    answer = desk.post(at(quiet, "messages/"), {"kind": "reply", "body": "Dear", "visit": "1", "visit_at": value})
    assert (answer.status_code, text_of(answer.content.decode())) == (400, "Dear")


def test_a_visit_that_lies_in_the_past_is_refused_beside_its_field_and_nothing_is_lost(at_ten, desk, quiet):
    form = {"kind": "reply", "body": "Dear", "visit": "1"}
    answer = desk.post(at(quiet, "messages/"), form | {"visit_at": "2026-11-16T01:59"})
    page = answer.content.decode()
    assert (answer.status_code, text_of(page)) == (400, "Dear")
    assert re.search(r"data-visit-menu open>", page)
    assert re.search(r'id="visit-at-error"[^>]*>.*?Enter a time that is still to come\.', page)
    assert re.search(r'name="visit_at" value="2026-11-16T01:59"[^>]*aria-invalid="true"', page)
    assert "composer-error" not in page
    assert "<title>Error: " in page
    words = desk.get(at(quiet, "visit-words/"), {"visit_at": "2026-11-16T01:59"})
    assert (words.status_code, words.content.decode()) == (400, "Enter a time that is still to come.")
    assert desk.post(at(quiet, "messages/"), form | {"visit_at": "2026-11-16T02:00"}).status_code == 302


def test_send_and_resolve_is_one_press(desk, quiet):
    send(desk, quiet, then="resolved")
    services.release_due(now=datetime.now(UTC) + timedelta(seconds=11))
    quiet.refresh_from_db()
    assert quiet.state == "resolved"
    assert "Sent and resolved" in desk.get("/recent/").content.decode()


def test_the_tab_stays_as_chosen_after_a_note(desk, quiet):
    answer = send(desk, quiet, kind="note")
    assert re.search(r'value="note" data-kind="note"[^>]* checked', desk.get(answer["Location"]).content.decode())


def test_a_form_sent_after_the_session_ended_comes_back_whole(client, quiet):
    answer = send(client, quiet, version="7")
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "We come at ten</textarea>" in page
    assert '<input type="hidden" name="version" value="7">' in page
    assert client.post(at(quiet, "draft/"), {}, headers={"X-Requested-With": "fetch"}).status_code == 401
    assert client.get(at(quiet), headers={"HX-Request": "true"}).status_code == 401
    assert client.get(at(quiet)).status_code == 302
    assert client.get("/session/").status_code == 401


def test_a_form_drawn_before_signing_in_again_is_offered_once_more(quiet, agent):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(agent)
    data = {"kind": "reply", "body": "We come at ten", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(at(quiet, "messages/"), data, headers={"referer": "http://testserver/"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "We come at ten</textarea>" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    assert strict.post(at(quiet, "messages/"), data | {"csrfmiddlewaretoken": token}).status_code == 302
    other = strict.post(at(quiet, "messages/"), data, headers={"referer": "https://elsewhere.test/"})
    assert "We come at ten" not in other.content.decode()


def test_who_lost_his_cookies_keeps_his_words_and_signs_in_first(quiet, agent):
    stranger = Client(enforce_csrf_checks=True)
    data = {"kind": "reply", "body": "We come at ten", "csrfmiddlewaretoken": "x" * 64}
    ours = {"referer": "http://testserver/"}
    answer = stranger.post(at(quiet, "messages/"), data, headers=ours)
    page = answer.content.decode()
    assert answer.status_code == 401
    assert "We come at ten</textarea>" in page
    assert "Sign in on a second page" in page
    asked = stranger.post(at(quiet, "messages/"), data, headers={**ours, "x-requested-with": "fetch"})
    assert (asked.status_code, asked.content) == (401, b"")
    elsewhere = stranger.post(at(quiet, "messages/"), data, headers={"referer": "https://elsewhere.test/"})
    assert "We come at ten" not in elsewhere.content.decode()
    signing_in = stranger.post("/account/sign-in/", {"login": agent.email, "password": "secret-words"}, headers=ours)
    assert (signing_in.status_code, "secret-words" in signing_in.content.decode()) == (403, False)
