"""A customer's message while it is written: kept for him alone, files as they come, sent once with all of them."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.tickets.files import picture, upload
from tickets import follow, services
from tickets.models import PendingFile, ReportDraft

pytestmark = pytest.mark.django_db


class Page:
    """A case in one browser, as its form stands there."""

    def __init__(self, client, address):
        self.client, self.address = client, address
        self.text = client.get(address).content.decode()
        self.nonce = re.search(r'name="nonce" value="(\w+)"', self.text)[1]
        self.files = re.search(r'data-uploads="([^"]+)"', self.text)[1]

    def press(self, **facts):
        facts = {"action": "write", "body": "", "nonce": self.nonce, **facts}
        return self.client.post(self.address, facts, follow=True)

    def add(self, file):
        return self.client.post(self.files, {"uploads": file})


@pytest.fixture
def address(report, acme, alice):
    return f"/portal/{report(equipment=acme.unit, reporter=alice).reference}/"


@pytest.fixture
def page(client, alice, address):
    client.force_login(alice)
    return Page(client, address)


@pytest.fixture
def by_link(ticket):
    return lambda: Page(Client(), f"/portal/follow/{follow.token(ticket.pk)}/")


def test_what_is_typed_waits_on_every_device_of_the_same_person_only(page, alice, bob, address):
    assert page.press(body="Half a sen", save="1").status_code == 204
    phone, other = Client(), Client()
    phone.force_login(alice)
    other.force_login(bob)
    assert "Half a sen</textarea>" in Page(phone, address).text
    assert "Half a sen" not in other.get(address).content.decode()


def test_files_come_at_once_and_go_with_the_message(page):
    answers = [page.add(picture("plate.png")), page.add(upload("log.txt"))]
    assert [answer.status_code for answer in answers] == [201, 201]
    preview = re.search(r'src="([^"]+)"', answers[0].content.decode())[1]
    assert page.client.get(preview).status_code == 200
    text = page.press(body="Look", uploads=[upload("third.txt")]).content.decode()
    assert all(f">{name}</a>" in text for name in ("plate.png", "log.txt", "third.txt"))
    assert 'data-kept="SD-' in text
    assert not ReportDraft.objects.exists()


def test_files_alone_are_a_message(page):
    page.add(upload("log.txt"))
    assert ">log.txt</a>" in page.press().content.decode()


def test_a_bad_file_costs_neither_the_text_nor_the_good_one(page):
    answer = page.press(body="Look", uploads=[upload("good.txt"), upload("void.txt", b"")])
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "void.txt is empty" in text
    assert "Remove good.txt" in text
    assert ">good.txt</a>" in page.press(body="Look").content.decode()


def test_a_file_is_taken_out_again_without_script_and_the_text_stays(page):
    page.add(upload("wrong.txt"))
    text = page.press(body="Look", remove=str(PendingFile.objects.get().key)).content.decode()
    assert "wrong.txt" not in text
    assert "Look</textarea>" in text


def test_a_second_press_writes_nothing_and_another_text_is_another_message(page):
    for body in ("First", "First", "Second"):
        text = page.press(body=body).content.decode()
    assert [text.count(f">{body}<") for body in ("First", "Second")] == [1, 1]


def test_a_guests_message_is_his_browsers_not_everybodys_with_the_link(by_link):
    mine = by_link()
    mine.press(body="My half sentence", save="1")
    mine.add(picture("plate.png"))
    key = PendingFile.objects.get().key
    again = Page(mine.client, mine.address)
    assert "My half sentence</textarea>" in again.text
    assert again.nonce == mine.nonce
    other = by_link()
    assert "My half sentence" not in other.text
    assert other.client.get(f"{mine.files}{key}/").status_code == 404
    assert other.client.post(mine.files, {"uploads": upload()}).status_code == 404
    other.client.post(mine.address, {"body": "x", "nonce": mine.nonce, "uploads": upload()})
    assert "My half sentence</textarea>" in Page(mine.client, mine.address).text
    assert PendingFile.objects.get().key == key


def test_another_organisation_has_no_way_in(page, carol):
    other = Client()
    other.force_login(carol)
    assert other.post(page.files, {"uploads": upload()}).status_code == 404


def test_a_draft_of_a_message_is_no_report(page, client):
    page.add(upload("log.txt"))
    draft = ReportDraft.objects.get()
    assert "not sent it" not in client.get("/report/").content.decode()
    assert client.get(f"/report/{draft.pk}/fault/").status_code == 302
    assert client.post(f"/report/{draft.pk}/files/", {"uploads": upload()}).status_code == 404


def test_whose_file_waited_too_long_is_told(page):
    page.add(upload("log.txt"))
    services.sweep_drafts(now=datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert "We no longer have this file" in Page(page.client, page.address).text


@pytest.mark.parametrize("nonce", ["", "x", "\x00", str(uuid.UUID(int=0)), "9" * 64])
def test_no_name_of_a_form_breaks_the_page(page, nonce):
    assert page.press(body="Words", nonce=nonce, uploads=[upload()]).status_code in {200, 400}
    assert page.press(body="Wor\x00ds", nonce=nonce, save="1").status_code == 204


def test_a_message_sent_when_the_session_was_over_waits_in_the_form_after_signing_in(page, alice):
    del page.client.cookies["sessionid"]
    assert page.client.post(page.address, {"body": "Half", "nonce": page.nonce, "save": "1"}).status_code == 401
    answer = page.press(body="Typed too late")
    assert "Your session is over" in answer.content.decode()
    facts = {"login": alice.email, "password": "correct horse"}
    back = page.client.post(answer.redirect_chain[-1][0], facts, follow=True).content.decode()
    assert "Typed too late</textarea>" in back
    assert "Typed too late</textarea>" in page.client.get(page.address).content.decode()


def test_a_guests_files_of_a_lost_session_are_said_to_be_missing(by_link):
    page = by_link()
    page.add(upload("log.txt"))
    del page.client.cookies["sessionid"]
    answer = page.press(body="Here is the log").content.decode()
    assert "Here is the log" in answer
    assert "but a file is missing" in answer
