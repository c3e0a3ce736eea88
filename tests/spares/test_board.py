"""The board: what waits, where there is stock, the one sensible next step, and what each press does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actors import Actor
from spares import services
from spares.kinds import State
from spares.models import Cover, PartRequest, Piece
from tests.spares.conftest import NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def need(room, ticket, agent):
    """`need(part)` on the ticket of the fixture; `need("words")`; `ticket=` for another."""

    def made(what=None, **values):
        part, wanted = (None, what) if isinstance(what, str) else (what or room.fan, "")
        now = datetime.now(UTC)
        on = values.pop("ticket", ticket)
        return services.ask(ticket=on, part=part, wanted=wanted, by=Actor(user=agent), at=now, now=now, **values)[0]

    return made


@pytest.fixture
def seen(client, storekeeper):
    """The text of an address for the storekeeper."""
    client.force_login(storekeeper)
    return lambda address="/spares/", **query: client.get(address, query, follow=True).content.decode()


@pytest.fixture
def press(client, storekeeper):
    client.force_login(storekeeper)
    return lambda card, step, **values: client.post(f"/spares/cards/{card.pk}/{step}/", values)


@pytest.fixture
def served(room, ticket):
    return Cover.objects.create(store=room.near, organisation=ticket.organisation)


def column(page, name):
    return page.split(f"<h2>{name}</h2>", 1)[1].split("</section>", 1)[0]


def test_customers_are_sent_home(client, alice):
    client.force_login(alice)
    assert client.get("/spares/")["Location"] == "/portal/"


def test_from_need_to_delivery_without_our_stock(client, ticket, agent, seen):
    def recorded(kind):
        now = datetime.now(UTC)
        tickets.record(ticket=ticket, type=kind, by=Actor(user=agent), at=now, now=now)
        return ticket.reference in seen()

    assert recorded("spare_needed")
    assert "Name the part" in seen()
    assert not recorded("spare_delivered")


def test_a_card_says_where_there_is_stock_and_one_press_keeps_it(room, bring, need, served, seen, press):
    bring(room.fan, room.near, 2)
    card = need()
    asked = column(seen(), "Requested")
    assert "Kwai Chung has 2" in asked
    assert "Asked by" in asked
    assert press(card, "reserve", store=room.near.pk, seen=card.version)["Location"] == "/spares/"
    page = seen()
    assert "FT-4" not in column(page, "Requested")
    assert "Scan out" in column(page, "Picking")


def test_an_empty_depot_raises_an_alarm_with_the_way_out(room, bring, need, served, seen, press):
    bring(room.board, room.regional, "S1")
    card = need(room.board)
    page = seen()
    assert "GC-110-MB: Kwai Chung has not enough" in page
    assert "Send from Nanshan" in page
    assert "Kwai Chung 0, Nanshan 1" in column(page, "Requested")
    press(card, "reserve", store=room.regional.pk)
    assert "Send from" not in seen()


def test_what_is_due_next_stands_on_top(room, need, report, seen):
    now = timezone.now()
    late = report(title="Late one", at=now - timedelta(days=30), now=now - timedelta(days=30))
    first, second = need(), need(ticket=late)
    first.ticket.refresh_from_db()
    late.refresh_from_db()
    page = column(seen(), "Requested")
    order = sorted(
        [first, second], key=lambda card: card.ticket.next_due_at if card.ticket_id != late.pk else late.next_due_at
    )
    assert page.index(f'id="card-{order[0].pk}"') < page.index(f'id="card-{order[1].pk}"')


def test_one_depot_only(room, bring, need, served, seen):
    bring(room.fan, room.near, 1)
    need()
    assert "FT-4" in seen("/spares/", store="kwai-chung")
    assert "FT-4" not in seen("/spares/", store="nanshan")
    assert "FT-4" in seen("/spares/", store="nonesuch")


def test_the_whole_way_of_a_part_with_a_serial_number(room, bring, need, seen, press):
    bring(room.board, room.near, "S1", "S2")
    card = need(room.board)
    press(card, "reserve", store=room.near.pk)
    refused = press(card, "send")
    assert refused.status_code == 400
    assert "Scan or enter the serial number" in refused.content.decode()
    press(card, "send", serial_number="S2", carrier="SF", tracking="7741", expected_at="2099-01-01T10:00")
    card.refresh_from_db()
    assert (card.state, card.tracking, card.piece) == (State.ON_THE_WAY, "7741", Piece.objects.get(serial_number="S2"))
    assert "SF 7741" in column(seen(), "On the way")
    assert press(card, "deliver", received_by="").status_code == 400
    press(card, "deliver", received_by="Ms Chan")
    assert "received by Ms Chan" in column(seen(), "With engineer")
    press(card, "use")
    card.refresh_from_db()
    assert card.state == State.USED
    seen()  # says what was done, once
    assert "GC-110-MB" not in seen()


def test_a_press_that_comes_too_late_says_what_to_do(room, bring, need, press):
    bring(room.fan, room.near, 1)
    card = need()
    press(card, "reserve", store=room.near.pk)
    again = press(card, "reserve", store=room.near.pk)
    assert again.status_code == 409
    page = again.content.decode()
    assert "This part is “Picking”" in page
    assert "Scan out" in page


def test_the_last_one_is_gone_and_the_page_says_who_has_it(room, bring, need, report, press, storekeeper):
    bring(room.fan, room.near, 1)
    bring(room.fan, room.regional, 1)
    press(need(), "reserve", store=room.near.pk)
    refused = press(need(ticket=report(title="Another")), "reserve", store=room.near.pk)
    assert refused.status_code == 400
    page = refused.content.decode()
    assert f"{storekeeper.name} reserved the last one" in page
    assert "Nanshan has 1." in page


def test_a_nameless_request_gets_its_name_and_keeps_what_was_typed(room, need, seen, press):
    card = need("some fan")
    refused = press(card, "name", part="FT-40")
    assert refused.status_code == 400
    assert 'value="FT-40"' in refused.content.decode()
    press(card, "name", part="ft-4")
    assert PartRequest.objects.get().part == room.fan
    assert press(card, "reserve", store=room.near.pk).status_code == 400  # nothing there


def test_part_of_a_delivery_goes_first_and_the_rest_waits(room, bring, need, press, seen):
    bring(room.fan, room.near, 1)
    card = need(quantity=3)
    assert press(card, "split", quantity=3).status_code == 400
    press(card, "split", quantity=1)
    assert sorted(PartRequest.objects.values_list("quantity", flat=True)) == [1, 2]


def test_engineers_see_and_use_but_do_not_take_from_a_depot(client, room, bring, need, engineer, storekeeper):
    bring(room.fan, room.near, 1)
    card = need()
    client.force_login(engineer)
    assert "FT-4" in client.get("/spares/").content.decode()
    assert client.post(f"/spares/cards/{card.pk}/reserve/", {"store": room.near.pk}).status_code == 403
    keeper = Actor(user=storekeeper)
    services.reserve(request=card, store=room.near, by=keeper, now=NOW)
    now = datetime.now(UTC)
    services.hand_over(request=card, engineer=engineer, by=keeper, at=now, now=now)
    client.post(f"/spares/cards/{card.pk}/use/")
    card.refresh_from_db()
    assert card.state == State.USED


def test_customers_take_no_step(client, need, alice):
    client.force_login(alice)
    assert client.get(f"/spares/cards/{need().pk}/use/").status_code == 403


def test_an_unknown_step_or_card_is_not_there(client, need, storekeeper):
    client.force_login(storekeeper)
    assert client.get(f"/spares/cards/{need().pk}/nonesuch/").status_code == 404
    assert client.get("/spares/cards/999999/use/").status_code == 404


def test_statements_do_not_grow(client, agent, report, room, bring, served):
    client.force_login(agent)
    bring(room.fan, room.near, 5)

    def statements():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get("/spares/").status_code == 200
        return len(caught)

    def asked():
        fault, now = report(), datetime.now(UTC)
        services.ask(ticket=fault, part=room.fan, by=Actor(user=agent), at=now, now=now)

    asked()
    client.get("/spares/")  # the first visit of a session is written down
    few = statements()
    for _ in range(8):
        asked()
    assert statements() == few <= 14
