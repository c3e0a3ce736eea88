"""The session ends, or somebody signs in, while a report is written: not a word is lost, with or without script."""

import re

import pytest
from django.test import Client

from tests.flows import reporting
from tickets.models import ReportDraft

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse"


def lose(client):
    """What deleting the session's cookie does; the one against forgery stays."""
    del client.cookies["sessionid"]


def sign_in(client, answer, user):
    """On the page that an answer led to; returns the page that follows."""
    address = answer.redirect_chain[-1][0]
    assert address.startswith("/account/sign-in/?next=/"), address
    return client.post(address, {"login": user.email, "password": PASSWORD}, follow=True)


def test_step_2_comes_back_after_signing_in_again(walk, alice):
    lose(walk.client)
    answer = walk.fault(level="2", description="Typed too late")
    assert "Your session is over" in answer.content.decode()
    back = sign_in(walk.client, answer, alice)
    assert back.redirect_chain[-1][0] == f"/report/{walk.draft}/fault/"
    page = back.content.decode()
    assert "Typed too late</textarea>" in page
    assert re.search(r'value="2"[^>]* checked', page)
    assert "Typed too late</textarea>" in walk.client.get(f"/report/{walk.draft}/fault/").content.decode()


def test_step_3_comes_back_after_signing_in_again(walk, alice):
    walk.fault(level="3")
    lose(walk.client)
    answer = walk.check(**{**reporting.CONTACT, "access": "By the back gate"})
    page = sign_in(walk.client, answer, alice).content.decode()
    assert "By the back gate</textarea>" in page
    assert 'value="+852 5555 0142"' in page


def test_a_script_is_not_told_that_it_was_saved(walk):
    lose(walk.client)
    for step in ("fault", "check"):
        answer = walk.client.post(f"/report/{walk.draft}/{step}/", {"description": "Half", "save": "1"})
        assert answer.status_code == 401
    assert walk.client.post(f"/report/{walk.draft}/add/", {"description": "Half", "save": "1"}).status_code == 401


def test_looking_at_an_own_draft_asks_to_sign_in(walk, alice):
    walk.fault(level="3", description="Words of before")
    lose(walk.client)
    page = sign_in(walk.client, walk.client.get(f"/report/{walk.draft}/fault/", follow=True), alice)
    assert "Words of before" in page.content.decode()


def test_step_1_says_why_it_asks_to_sign_in(walk, acme):
    lose(walk.client)
    answer = walk.equipment(unit=acme.unit.pk)
    assert "Your session is over" in answer.content.decode()
    assert answer.redirect_chain[-1][0].startswith("/account/sign-in/")


def test_a_guest_goes_on_with_what_he_typed(client):
    walk = reporting.Walk(client)
    walk.equipment(thing="UPS in the cellar")
    lose(client)
    page = walk.fault(level="normal", description="Typed too late").content.decode()
    assert "choose the equipment again" in page.lower()
    walk.draft = re.search(r'name="draft" value="([0-9a-f-]{36})"', page)[1]
    assert "Typed too late</textarea>" in walk.equipment(thing="UPS in the cellar").content.decode()


def test_nobody_else_gets_what_was_typed(walk, alice, bob):
    lose(walk.client)
    answer = walk.fault(level="2", description="secret words")
    page = sign_in(walk.client, answer, bob)
    assert "secret words" not in page.content.decode()
    assert "secret words" not in Client().get(f"/report/{walk.draft}/fault/", follow=True).content.decode()


def test_a_guest_who_signs_in_half_way_owns_his_report_and_is_offered_it(client, alice, acme):
    walk = reporting.Walk(client)
    walk.equipment(thing="UPS in the cellar")
    page = walk.fault(level="", description="It beeps").content.decode()
    assert f'href="/account/sign-in/?next=/report/{walk.draft}/fault/"' in page
    client.post("/account/sign-in/", {"login": alice.email, "password": PASSWORD})
    offered = client.get("/report/").content.decode()
    assert "You have begun a report and not sent it" in offered
    assert "It beeps" in offered
    assert ReportDraft.objects.get().user == alice
    assert "It beeps</textarea>" in walk.equipment(unit=acme.unit.pk).content.decode()


def test_signing_in_in_another_window_keeps_what_this_one_sends(client, alice):
    walk = reporting.Walk(client)
    walk.equipment(thing="UPS in the cellar")
    client.post("/account/sign-in/", {"login": alice.email, "password": PASSWORD})
    answer = walk.fault(level="normal", description="Typed in the old window")
    assert answer.redirect_chain[-1][0] == f"/report/?draft={walk.draft}"
    assert "Typed in the old window</textarea>" in walk.equipment(unit="none").content.decode()


def test_step_3_is_kept_while_it_is_typed_and_when_it_is_refused(walk):
    walk.fault(level="3")
    address = f"/report/{walk.draft}/check/"
    answer = walk.client.post(address, {"access": "By the back gate", "save": "1"})
    assert answer.status_code == 204
    assert "By the back gate</textarea>" in walk.client.get(address).content.decode()
    walk.check(name="Grace Lam", phone="12", access="Ring twice")
    page = walk.client.get(address).content.decode()
    assert "Ring twice</textarea>" in page
    assert 'value="12"' in page


def test_changing_an_answer_from_step_3_keeps_step_3(walk):
    walk.fault(level="3")
    answer = walk.check(name="Grace Lam", phone="", access="Ring twice", change="level")
    assert answer.redirect_chain == [(f"/report/{walk.draft}/fault/#id_level", 302)]
    assert "Ring twice</textarea>" in walk.fault(level="2").content.decode()


def test_a_guest_whose_browser_forgot_every_cookie_goes_on_too(settings):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    walk = reporting.Walk(Client())
    facts = {"level": "normal", "description": "Typed too late", "name": "", "csrfmiddlewaretoken": "of before"}
    page = strict.post(f"/report/{walk.draft}/fault/", facts)
    assert page.status_code == 403
    text = page.content.decode()
    assert 'name="description" value="Typed too late"' in text
    assert "Sign in on a second page" not in text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
    again = strict.post(f"/report/{walk.draft}/fault/", facts | {"csrfmiddlewaretoken": token}, follow=True)
    assert "Typed too late" in ReportDraft.objects.get().answers["description"]
    assert "choose the equipment again" in again.content.decode()


def test_a_form_of_another_site_is_not_shown_again(client):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://evil.example"})
    answer = strict.post("/report/", {"thing": "planted"})
    assert answer.status_code == 403
    assert "planted" not in answer.content.decode()
