"""New ticket from a serial number: it fills in customer, site and unit; where several units match, a person chooses."""

import re

import pytest
from django.test import Client

from tests import places
from tests.screens.test_new_ticket import blank
from tickets.models import Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def twin(borealis):
    """Another customer's unit, whose number differs from SN-1234 in its hyphen only."""
    return places.unit(borealis.site, "SN1234", borealis.unit.product)


def refresh(desk, **typed):
    answer = desk.post("/tickets/new/", {"refresh": "1", "title": "Fan loud", **typed})
    assert answer.status_code == 200
    return answer.content.decode()


def chosen(page):
    """The words that the lists of the place have chosen."""
    lists = [page.split(f'name="{name}"')[1].split("</select>")[0] for name in ("organisation", "site", "equipment")]
    return [re.search(r"selected>([^<]+)<", each)[1] for each in lists]


def test_the_number_fills_in_customer_site_and_unit_and_is_done(desk, acme):
    page = refresh(desk, serial="sn1234")
    assert chosen(page) == ["Acme", "acme-hq", "Server 1, SN-1234"]
    assert "value=" not in re.search(r'<input [^>]*name="serial"[^>]*>', page)[0]
    assert "Stopped completely" in page
    assert 'value="Fan loud"' in page


def test_a_link_with_a_number_opens_the_form_filled_in(desk, acme):
    assert chosen(desk.get("/tickets/new/?serial=SN-1234").content.decode())[2] == "Server 1, SN-1234"


def test_sent_at_once_the_ticket_has_the_place_of_its_unit(desk, acme):
    assert desk.post("/tickets/new/", blank(desk) | {"serial": "SN 1234"}).status_code == 302
    made = Ticket.objects.get()
    assert (made.organisation, made.site, made.equipment) == (acme.organisation, acme.hq, acme.unit)


def test_of_two_units_a_person_chooses(desk, acme, twin):
    page = refresh(desk, serial="SN1234")
    assert re.findall(r'name="match" value="(\d+)"', page) == [str(acme.unit.pk), str(twin.pk)]
    assert "Choose the unit that is meant." in page
    refused = desk.post("/tickets/new/", blank(desk) | {"serial": "SN1234"})
    assert refused.status_code == 400
    assert not Ticket.objects.exists()
    assert desk.post("/tickets/new/", blank(desk) | {"serial": "SN1234", "match": twin.pk}).status_code == 302
    assert Ticket.objects.get().equipment == twin


def test_a_piece_of_the_number_offers_the_units_and_decides_nothing(desk, acme):
    page = refresh(desk, serial="1234")
    assert re.findall(r'name="match" value="(\d+)"', page) == [str(acme.unit.pk)]
    assert chosen(refresh(desk, serial="1234", match=acme.unit.pk))[2] == "Server 1, SN-1234"


@pytest.mark.parametrize("typed", ["XX-99", "-", "%", "12", "\x00", "9" * 200])
def test_a_number_of_no_unit_is_said_beside_the_field(desk, acme, typed):
    assert "No unit in service has this serial number." in refresh(desk, serial=typed)
    answer = desk.post("/tickets/new/", blank(desk) | {"serial": typed})
    assert answer.status_code == 400
    assert not Ticket.objects.exists()


def test_a_unit_out_of_service_is_not_offered(desk, acme):
    type(acme.unit).objects.update(is_retired=True)
    assert "No unit in service has this serial number." in refresh(desk, serial="SN-1234")
