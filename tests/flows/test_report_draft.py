"""What somebody began is kept: on every device of his own when signed in, in his browser when not."""

import pytest
from django.test import Client

from tests.flows import reporting
from tickets.models import ReportDraft, Ticket

pytestmark = pytest.mark.django_db


def test_typing_is_saved_without_going_on(walk):
    answer = walk.client.post(f"/report/{walk.draft}/fault/", {"description": "Half a sen", "level": "2", "save": "1"})
    assert answer.status_code == 204
    page = walk.client.get(f"/report/{walk.draft}/fault/").content.decode()
    assert "Half a sen</textarea>" in page
    assert 'value="2" data-gravest checked' not in page


def test_another_device_of_the_same_person_goes_on(walk, alice):
    walk.fault(level="3", description="Began at the machine")
    phone = Client()
    phone.force_login(alice)
    page = phone.get("/report/").content.decode()
    assert "You have begun a report and not sent it" in page
    assert "Began at the machine" in page
    assert "Began at the machine" in phone.get(f"/report/{walk.draft}/fault/").content.decode()


def test_nobody_else_is_offered_it(walk, bob, client):
    walk.fault(level="3", description="secret words")
    other = Client()
    assert "secret words" not in other.get("/report/").content.decode()
    other.force_login(bob)
    assert "secret words" not in other.get("/report/").content.decode()


def test_what_was_sent_or_thrown_away_is_not_offered(walk, browser, acme):
    walk.fault(level="3", description="Sent already")
    walk.check(**reporting.CONTACT)
    assert "not sent it" not in browser.get("/report/").content.decode()
    second = reporting.Walk(browser)
    second.equipment(unit=acme.unit.pk)
    second.fault(level="3", description="Thrown away")
    browser.post("/report/", {"draft": second.draft, "discard": "1"})
    assert "not sent it" not in browser.get("/report/").content.decode()
    assert ReportDraft.objects.count() == 1


def test_the_address_of_a_foreign_draft_starts_an_own_one(walk, carol, borealis):
    walk.fault(level="3", description="secret words")
    other = Client()
    other.force_login(carol)
    page = other.get(f"/report/?draft={walk.draft}").content.decode()
    assert f'name="draft" value="{walk.draft}"' not in page
    other.post("/report/", {"draft": walk.draft, "unit": borealis.unit.pk})
    assert ReportDraft.objects.get(pk=walk.draft).answers["description"] == "secret words"


def test_a_guest_who_signs_in_takes_his_draft_with_him(client, alice):
    walk = reporting.Walk(client)
    walk.equipment(thing="UPS in the cellar")
    walk.fault(level="normal", description="It beeps")
    client.force_login(alice)
    assert ReportDraft.objects.get().user is None
    client.post("/report/", {"draft": walk.draft, "unit": "none"})
    assert ReportDraft.objects.get().user == alice


def test_a_guest_is_not_asked_for_his_address_twice(client):
    reporting.by_guest(client)
    walk = reporting.Walk(client)
    walk.equipment(thing="Another one")
    page = walk.fault(level="normal").content.decode()
    assert 'value="greta@example.com"' in page
    assert "greta@example.com" not in Client().get("/report/").content.decode()


def test_a_customer_is_not_asked_for_his_number_twice(browser, acme):
    reporting.by_customer(browser, acme.unit)
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    assert 'value="+852 5555 0142"' in walk.fault(level="3").content.decode()


def test_going_back_after_sending_shows_the_same_confirmation(walk):
    walk.fault(level="3")
    walk.check(**reporting.CONTACT)
    page = walk.fault(level="1", description="Another text").content.decode()
    assert Ticket.objects.get().reference in page
    assert Ticket.objects.get().description.startswith("The alarm sounds")
