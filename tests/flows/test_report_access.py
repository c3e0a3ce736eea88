"""How people get in, told with a report: an access note of the ticket, until somebody writes it to the site."""

import re
from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from customers import services as places
from tests.flows import reporting
from tickets import services

pytestmark = pytest.mark.django_db
CODE = "The code of the door is 4711"


@pytest.fixture
def guests(client):
    """A guest's report that says how to get in, and the page he follows it on."""
    page = reporting.by_guest(client, access=f"{CODE}\r\nRing twice").content.decode()
    followed = re.search(r'href="(/portal/follow/[^"]+)"', page)[1]
    return reporting.reported(), lambda: type(client)().get(followed).content.decode()


def placed(ticket, acme, agent):
    services.place(
        ticket=ticket, organisation=acme.organisation, site=acme.hq, by=Actor(user=agent), now=datetime.now(UTC)
    )
    ticket.refresh_from_db()
    return ticket


def test_it_is_an_access_note_and_neither_in_the_description_nor_in_the_log(guests):
    ticket, _page = guests
    assert ticket.access_notes == f"{CODE}\nRing twice"
    assert "4711" not in ticket.description
    assert "4711" not in str(list(ticket.events.values_list("data", flat=True)))


def test_whoever_goes_there_reads_it_and_the_desk_mends_it_before_the_site_is_known(guests, client, agent):
    ticket, _page = guests
    client.force_login(agent)
    assert f"<dt>Access</dt><dd>{CODE}<br>Ring twice <a" in client.get(f"/tickets/{ticket.reference}/").content.decode()
    seen = ticket.access_notes.replace("\n", "\r\n")
    sent = {"access_notes": "Ring twice", "seen": seen}
    said = client.post(f"/tickets/{ticket.reference}/access/", sent, follow=True).content.decode()
    assert "<dt>Access</dt><dd>Ring twice <a" in said
    assert "Access notes changed" in said
    answer = client.post(f"/tickets/{ticket.reference}/access/", {"access_notes": "Gate 7", "seen": seen})
    assert (answer.status_code, "“Ring twice”" in answer.content.decode()) == (409, True)


def test_a_guest_reads_what_he_told_and_nothing_else_of_the_place(guests, acme, agent):
    ticket, page = guests
    assert "4711" in page()
    placed(ticket, acme, agent)
    places.write_access_notes(site=acme.hq, notes="Alarm code 1234", by=Actor(user=agent))
    assert "4711" in page()
    assert "1234" not in page()
    assert "access notes" not in page()


def test_at_a_site_both_are_shown_and_written_to_the_site_together(guests, client, acme, agent):
    ticket, page = guests
    places.write_access_notes(site=acme.hq, notes="Gate 2", by=Actor(user=agent))
    placed(ticket, acme, agent)
    client.force_login(agent)
    address = f"/tickets/{ticket.reference}/access/"
    form = client.get(address).context["form"]
    assert form["access_notes"].value() == f"Gate 2\n{CODE}\nRing twice"
    client.post(address, {"access_notes": f"Gate 2, {CODE}", "seen": form["seen"].value()})
    acme.hq.refresh_from_db()
    ticket.refresh_from_db()
    assert (acme.hq.access_notes, ticket.access_notes) == (f"Gate 2, {CODE}", "")
    assert "4711" not in page()


def test_a_customers_answer_stands_beside_what_is_known_of_his_site(browser, alice, acme):
    places.write_access_notes(site=acme.hq, notes="Gate 2", by=Actor(user=alice))
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    assert "Already noted for this site: “Gate 2”" in walk.fault(level="3").content.decode()
    walk.check(**{**reporting.CONTACT, "access": CODE})
    ticket = reporting.reported()
    assert "4711" not in ticket.description
    page = browser.get(f"/portal/{ticket.reference}/").content.decode()
    assert f"<p>Gate 2<br>{CODE}</p>" in page
    acme.hq.refresh_from_db()
    assert acme.hq.access_notes == "Gate 2"


def test_too_long_an_answer_stays_in_its_field_and_in_the_draft(client):
    walk = reporting.Walk(client)
    walk.equipment(thing="UPS")
    walk.fault(level="normal")
    answer = walk.check(**{**reporting.GUEST, "access": "x" * (places.LONGEST_NOTES + 1)})
    assert answer.status_code == 400
    assert "Shorten the text to 1000 characters." in answer.content.decode()
    assert "x" * 1001 in client.get(f"/report/{walk.draft}/check/").content.decode()
