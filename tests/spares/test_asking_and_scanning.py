"""Asking for a part on its page, and what a scanned code leads to."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from spares import services
from spares.kinds import Condition, State
from spares.models import PartRequest
from tests.spares.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client, agent):
    client.force_login(agent)
    return lambda **values: client.post("/spares/ask/", values)


@pytest.fixture
def scan(client, storekeeper):
    client.force_login(storekeeper)
    return lambda code: client.get("/spares/scan/", {"code": code})


@pytest.fixture
def card(room, ticket, agent):
    now = datetime.now(UTC)
    return lambda part: services.ask(ticket=ticket, part=part, by=Actor(user=agent), at=now, now=now)[0]


def test_what_fits_the_unit_is_suggested(client, agent, room, acme, report):
    client.force_login(agent)
    room.fan.products.add(acme.unit.product)
    ticket = report(equipment=acme.unit)
    page = client.get("/spares/ask/", {"ticket": ticket.reference}).content.decode()
    assert "FT-4" in page
    assert "GC-110-MB" not in page
    found = client.get("/spares/ask/", {"ticket": ticket.reference, "q": "gate"}).content.decode()
    assert "GC-110-MB" in found


def test_two_of_a_part_with_serial_numbers_are_two_cards(ask, room, ticket):
    assert ask(ticket=ticket.reference, part=room.board.pk, quantity=2)["Location"] == ticket.get_absolute_url()
    assert [card.part for card in PartRequest.objects.all()] == [room.board, room.board]
    assert ticket.events.filter(type="spare_needed").count() == 1


def test_in_words(ask, room, ticket):
    ask(ticket=ticket.reference, quantity=1, wanted="the small fan on the left")
    assert PartRequest.objects.get().wanted == "the small fan on the left"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quantity": 0}, "Enter 1 or more."),
        ({"quantity": "many"}, "Enter a whole number."),
        ({"ticket": "SD-999999999"}, "There is no ticket with this number."),
        ({"ticket": "9" * 30}, "There is no ticket with this number."),
        ({"wanted": ""}, "Choose the part, or say in words what is needed."),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_kept(ask, ticket, wrong, said):
    answer = ask(**{"ticket": ticket.reference, "quantity": 2, "wanted": "a fan"} | wrong)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not PartRequest.objects.exists()


def test_customers_ask_nothing(client, alice, ticket):
    client.force_login(alice)
    assert client.get("/spares/ask/").status_code == 403
    assert client.get("/spares/scan/", {"code": "FT-4"}).status_code == 403


def test_each_code_of_a_card_leads_to_its_next_step(scan, room, bring, card, ticket, keeper):
    bring(room.board, room.near, "S1", "S2")
    one = card(room.board)
    services.reserve(request=one, store=room.near, by=keeper, now=NOW)
    step = f"/spares/cards/{one.pk}/send/"
    assert scan(ticket.reference)["Location"] == step
    assert scan("gc-110-mb")["Location"] == step
    assert scan("S2")["Location"] == f"{step}?serial=S2"
    now = datetime.now(UTC)
    services.send(request=one, by=keeper, at=now, now=now, serial_number="S2", tracking="SF-7741")
    assert scan("sf-7741")["Location"] == f"/spares/cards/{one.pk}/deliver/"
    assert scan("S2")["Location"] == f"/spares/cards/{one.pk}/deliver/?serial=S2"


def test_the_scanned_serial_number_stands_in_the_field(client, scan, room, bring, card, keeper):
    bring(room.board, room.near, "S1")
    services.reserve(request=card(room.board), store=room.near, by=keeper, now=NOW)
    assert 'value="S1"' in client.get(scan("S1")["Location"]).content.decode()


def test_a_piece_that_nobody_asked_for_says_where_it_lies(scan, room, bring):
    bring(room.board, room.near, "S9", condition=Condition.FAULTY)
    page = scan("S9").content.decode()
    assert "S9 is at Kwai Chung and faulty." in page
    assert "No open request asks for this part." in page


def test_an_unknown_code_is_no_dead_end(scan):
    page = scan("WHAT-IS-THIS").content.decode()
    assert "Nothing here has the code “WHAT-IS-THIS”." in page
    assert "/tickets/?q=WHAT-IS-THIS" in page
    assert "/spares/ask/?q=WHAT-IS-THIS" in page or "Request a part" not in page


def test_several_cards_are_a_choice(scan, room, card):
    card(room.fan), card(room.fan)
    page = scan("FT-4").content.decode()
    assert page.count("Reserve</a>") == 2


def test_a_step_in_the_wrong_state_says_what_is_wrong(client, scan, room, bring, card, keeper):
    bring(room.fan, room.near, 1)
    one = card(room.fan)
    page = client.get(f"/spares/cards/{one.pk}/send/").content.decode() if scan("") else ""
    assert "is “Requested”" in page
    assert "Reserve" in page
    assert one.state == State.REQUESTED


@pytest.mark.parametrize("text", ["a\x00b", "%", "x" * 5000, "²"])
def test_strange_text_in_an_address_breaks_no_page(client, agent, room, ticket, text):
    client.force_login(agent)
    for address in ("/spares/ask/", "/spares/scan/", "/spares/"):
        for name in ("q", "ticket", "part", "code", "store", "back"):
            assert client.get(address, {name: text}).status_code < 500, (address, name)
    answer = client.post("/spares/ask/", {"ticket": ticket.reference, "part": text, "quantity": 1, "wanted": text})
    assert answer.status_code in (302, 400)
