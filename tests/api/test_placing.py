"""PATCH says whose a ticket is and where; coverage, scheme and clocks follow. What is not named stays while it fits."""

from datetime import UTC, datetime

import pytest

from accounts.actors import GUEST
from tickets import services
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
PLACES = ("organisation", "site", "equipment")


@pytest.fixture
def triage(db):
    now = datetime.now(UTC)
    contact = services.Contact(name="Greta", email="greta@example.com")
    return services.report(intake=services.Intake(title="Server is down", contact=contact), by=GUEST, at=now, now=now)


def address(ticket):
    return f"tickets/{ticket.reference}/"


def test_a_unit_brings_its_site_its_customer_and_his_promises(api, agent, acme, triage):
    body = api(agent).patch(address(triage), {"equipment": "SN-1234", "level": "2"}).json()
    assert [body[name] for name in PLACES] == ["acme", "acme-hq", "SN-1234"]
    assert (body["scheme"]["code"], body["level"], body["is_level_confirmed"]) == ("infrastructure", "2", True)
    assert body["coverage"]["status"] == "covered"
    assert {clock["target"] for clock in body["clocks"]} >= {"respond", "restore"}


def test_what_is_not_named_stays_while_it_fits(api, agent, acme, borealis, triage):
    client, at = api(agent), address(triage)

    def places(**body):
        answer = client.patch(at, body).json()
        return [answer[name] for name in PLACES]

    assert places(equipment="SN-1234") == ["acme", "acme-hq", "SN-1234"]
    assert places(title="New words") == ["acme", "acme-hq", "SN-1234"]
    assert places(site="acme-plant") == ["acme", "acme-plant", None]
    assert places(equipment="SN-1235") == ["acme", "acme-plant", "SN-1235"]
    assert places(equipment=None) == ["acme", "acme-plant", None]
    assert places(organisation="borealis") == ["borealis", None, None]


def test_words_and_place_are_one_write(api, agent, acme, triage):
    client, at = api(agent), address(triage)
    tag = client.get(at).headers["ETag"]
    refused = client.patch(at, {"title": "Changed", "organisation": "acme", "level": "9"}, if_match=tag)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["level"])
    assert client.get(at).json()["title"] == "Server is down"
    assert client.patch(at, {"title": "Changed", "organisation": "acme"}, if_match=tag).json()["title"] == "Changed"
    assert client.patch(at, {"site": "acme-hq"}, if_match=tag).status_code == 412


def test_the_category_of_the_same_write_chooses_the_contract(api, agent, cathay, triage):
    body = api(agent).patch(address(triage), {"organisation": "cathay", "category": "software"}).json()
    assert body["scheme"]["code"] == "software"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"organisation": None}, "organisation"),
        ({"organisation": "nowhere"}, "organisation"),
        ({"organisation": 3}, "organisation"),
        ({"site": "nowhere"}, "site"),
        ({"organisation": "acme", "site": "borealis-1"}, "site"),
        ({"equipment": "SN-0"}, "equipment"),
        ({"site": "acme-plant", "equipment": "SN-1234"}, "equipment"),
        ({"organisation": "acme", "level": "urgent"}, "level"),
        ({"level": "normal"}, "level"),
    ],
)
def test_errors_stand_beside_the_field_and_nothing_is_written(api, agent, acme, borealis, triage, body, field):
    answer = api(agent).patch(address(triage), body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    triage.refresh_from_db()
    assert triage.version == 1


def test_only_who_works_on_tickets_may(api, alice, storekeeper, ticket, triage):
    assert api(storekeeper).patch(address(triage), {"organisation": "acme"}).status_code == 403
    for body in ({"site": "acme-plant"}, {"organisation": "nowhere"}, {"level": "1"}):
        assert api(alice).patch(address(ticket), body).status_code == 403
    assert api(alice).patch(address(triage), {"organisation": "acme"}).status_code == 404


def test_customers_do_not_read_of_it(api, agent, alice, acme, triage):
    assert api(agent).patch(address(triage), {"site": "acme-hq"}).status_code == 200
    assert TicketEvent.objects.filter(ticket=triage, type="placed").exists()
    seen = api(alice).get(address(triage) + "events/").json()["results"]
    assert [event["type"] for event in seen] == ["received"]


def test_a_ticket_that_is_over_stays_where_it_was(api, agent, acme, triage):
    client, at = api(agent), address(triage)
    client.post(at + "events/", {"type": "cancelled"})
    assert client.patch(at, {"organisation": "acme"}).status_code == 409
