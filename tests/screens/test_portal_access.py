"""How people get in at a site: the customer reads and changes it on the page of his case, whoever comes reads it."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from common.errors import NotVisible
from customers import services as places
from customers.models import Site
from notifications.models import Delivery
from tickets import follow, services

pytestmark = pytest.mark.django_db
NOTES = "Permit PTW-3391, concourse control room"


@pytest.fixture
def page(client, alice, ticket):
    client.force_login(alice)
    return lambda: client.get(f"/portal/{ticket.reference}/").content.decode()


@pytest.fixture
def change(client, ticket, page):
    def send(notes, seen=""):
        answer = {"action": "access", "notes": notes, "seen": seen}
        return client.post(f"/portal/{ticket.reference}/", answer, follow=True)

    return send


def stored(ticket):
    return Site.objects.get(pk=ticket.site_id).access_notes


def test_the_customer_writes_how_we_get_in_and_the_desk_reads_it(change, page, client, ticket, agent):
    assert "Add access notes" in page()
    said = change(NOTES).content.decode()
    assert "Thank you. The access notes are saved." in said
    assert f"<p>{NOTES}</p>" in page()
    assert "Change access notes" in page()
    client.force_login(agent)
    text = client.get(f"/tickets/{ticket.reference}/").content.decode()
    assert f"<dt>Access</dt><dd>{NOTES} <a" in text
    assert "Access notes changed" in text


@pytest.fixture
def desk(client, engineer, ticket):
    """What staff get, and send, on the page of the notes."""
    client.force_login(engineer)
    address = f"/tickets/{ticket.reference}/access/"
    return lambda **sent: client.post(address, sent, follow=True) if sent else client.get(address)


def test_an_engineer_writes_them_from_the_ticket(desk, client, ticket):
    assert 'href="access/">Add access notes' in client.get(f"/tickets/{ticket.reference}/").content.decode()
    assert "Access notes" in desk().content.decode()
    said = desk(access_notes=NOTES, seen="").content.decode()
    assert "The access notes are saved." in said
    assert f'<dt>Access</dt><dd>{NOTES} <a href="access/">Change</a></dd>' in said
    assert stored(ticket) == NOTES


def test_what_a_colleague_wrote_meanwhile_is_shown_before_it_is_overwritten(desk, change, ticket, engineer, client):
    change(NOTES)
    client.force_login(engineer)
    answer = desk(access_notes="Ring twice", seen="")
    assert answer.status_code == 409
    assert f"Somebody else changed the notes meanwhile: “{NOTES}”" in answer.content.decode()
    assert "Ring twice" in answer.content.decode()
    desk(access_notes="Ring twice", seen=NOTES)
    assert stored(ticket) == "Ring twice"


def test_too_long_a_note_comes_back_to_the_desk_with_its_error(desk, ticket):
    answer = desk(access_notes="x" * (places.LONGEST_NOTES + 1), seen="")
    assert answer.status_code == 400
    assert "Shorten the text to" in answer.content.decode()
    assert stored(ticket) == ""


def test_the_notes_stand_on_the_card_of_the_visit(still, change, page, ticket, engineer):
    change(NOTES)
    now = datetime.now(UTC)
    services.record(ticket=ticket, type="departed", by=Actor(user=engineer), at=now, now=now)
    card = page().split("<h2>Visit today</h2>")[1].split("</section>")[0]
    assert f"<dt>Access</dt><dd>{NOTES}</dd>" in card
    assert "Change access notes" in card
    assert page().count(f"<dd>{NOTES}</dd>") == 1


def test_whoever_works_on_it_hears_of_the_change_but_not_in_the_log_of_codes(change, ticket, agent, engineer):
    services.assign(ticket=ticket, assignee=engineer, by=Actor(user=agent), now=datetime.now(UTC))
    change("The code of the door is 4711")
    assert Delivery.objects.filter(user=engineer, event__type="access_changed").exists()
    event = ticket.events.get(type="access_changed")
    assert "4711" not in str(event.data)


def test_the_same_text_again_is_no_change(change, ticket):
    change("Gate 2\r\nRing twice")
    change("Gate 2\r\nRing twice", seen="Gate 2\r\nRing twice")
    assert stored(ticket) == "Gate 2\nRing twice"
    assert ticket.events.filter(type="access_changed").count() == 1


def test_what_a_colleague_wrote_meanwhile_is_shown_and_nothing_is_lost(change, ticket, agent):
    places.write_access_notes(site=ticket.site, notes="Gate 7", by=Actor(user=agent))
    answer = change("Gate 2", seen="")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Somebody else changed the notes meanwhile: “Gate 7”" in text
    assert "Gate 2</textarea>" in text
    assert "<title>Error:" in text
    assert stored(ticket) == "Gate 7"
    change("Gate 2", seen="Gate 7")
    assert stored(ticket) == "Gate 2"


def test_what_was_typed_outlives_the_session(client, alice, ticket, change):
    client.logout()
    change("Gate 2, ring twice")
    client.force_login(alice)
    text = client.get(f"/portal/{ticket.reference}/").content.decode()
    assert "Gate 2, ring twice</textarea>" in text
    assert '<details class="access" id="access" data-keep open>' in text
    assert stored(ticket) == ""


def test_too_long_a_text_is_an_error_beside_the_field(change, ticket):
    answer = change("x" * 1001)
    assert answer.status_code == 400
    assert "Shorten the text to 1000 characters." in answer.content.decode()
    assert stored(ticket) == ""


def test_a_guest_neither_sees_nor_changes_what_is_known_of_a_place(client, ticket, agent):
    places.write_access_notes(site=ticket.site, notes=NOTES, by=Actor(user=agent))
    address = f"/portal/follow/{follow.token(ticket.pk)}/"
    text = client.get(address).content.decode()
    assert NOTES not in text
    assert "access notes" not in text
    assert client.post(address, {"action": "access", "notes": "Mine", "seen": ""}).status_code == 404
    assert stored(ticket) == NOTES


def test_a_case_that_is_over_offers_nothing_to_change(change, page, ticket, agent):
    now = datetime.now(UTC)
    for kind in ("resolved", "closed"):
        services.record(ticket=ticket, type=kind, by=Actor(user=agent), at=now, now=now)
    assert "access notes" not in page()
    change(NOTES)
    assert stored(ticket) == ""


def test_nobody_writes_to_a_site_of_others(carol, ticket):
    with pytest.raises(NotVisible):
        places.write_access_notes(site=ticket.site, notes="x", by=Actor(user=carol))


def test_administrators_write_them_with_the_site(client, administrator, acme):
    client.force_login(administrator)
    page = client.get(f"/customers/sites/{acme.hq.pk}/").context["form"]
    values = {name: page[name].value() or "" for name in page.fields}
    client.post(f"/customers/sites/{acme.hq.pk}/", {**values, "access_notes": "Gate 2\r\nRing twice"})
    assert Site.objects.get(pk=acme.hq.pk).access_notes == "Gate 2\nRing twice"
