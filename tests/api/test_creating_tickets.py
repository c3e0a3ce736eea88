"""POST /tickets/: what is required, what is filled in, what only staff may say."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.conftest import FAULT
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_answers_201_with_number_scheme_clocks_and_address(api, agent, acme):
    body = FAULT | {"organisation": "acme", "site": "acme-hq", "equipment": "SN-1234", "level": "3"}
    answer = api(agent).post("tickets/", body)
    assert answer.status_code == 201
    ticket = answer.json()
    assert ticket["number"].startswith("SD-")
    assert ticket["scheme"] == {"code": "infrastructure", "version": 1}
    assert (ticket["state"], ticket["level"], ticket["severity"]) == ("new", "3", 3)
    assert ticket["coverage"]["status"] == "covered"
    assert {clock["target"] for clock in ticket["clocks"]} == {"respond", "restore"}
    assert ticket["next_due_at"] == min(clock["due_at"] for clock in ticket["clocks"])
    assert ticket["assignee"] is None
    assert answer["Location"] == ticket["url"]
    assert api(agent).get(ticket["url"]).json()["number"] == ticket["number"]


def test_kind_and_title_are_required(api, agent):
    answer = api(agent).post("tickets/", {})
    assert answer.status_code == 400
    assert {"kind", "title"} <= answer.json()["errors"].keys()


def test_channel_is_api_unless_staff_say_otherwise(api, agent, acme):
    client = api(agent)
    assert client.post("tickets/", FAULT).json()["channel"] == "api"
    assert client.post("tickets/", FAULT | {"channel": "phone"}).json()["channel"] == "phone"


def test_customer_gets_own_organisation_and_only_site(api, alice):
    ticket = api(alice).post("tickets/", FAULT).json()
    assert (ticket["organisation"], ticket["site"]) == ("acme", "acme-hq")


@pytest.mark.parametrize(
    ("field", "value"),
    [("received_at", "2026-11-20T17:50:00+08:00"), ("channel", "phone"), ("scheme", "power")],
)
def test_customer_may_not_set_what_staff_set(api, alice, field, value):
    answer = api(alice).post("tickets/", FAULT | {field: value})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


@pytest.mark.parametrize(
    "place", [{"organisation": "borealis"}, {"site": "borealis-1"}, {"site": "acme-plant"}, {"equipment": "SN-2234"}]
)
def test_customer_cannot_tell_foreign_places_from_missing_ones(api, alice, borealis, place):
    (field,) = place
    foreign = api(alice).post("tickets/", FAULT | place)
    missing = api(alice).post("tickets/", FAULT | {field: "no-such-thing"})
    assert foreign.status_code == missing.status_code == 400
    assert foreign.json() == missing.json()
    assert field in foreign.json()["errors"]


@pytest.mark.parametrize("field", ["organisation", "site", "equipment", "level", "scheme"])
def test_unknown_names_are_bad_input_beside_the_field(api, agent, acme, field):
    answer = api(agent).post("tickets/", FAULT | {"organisation": "acme"} | {field: "nonesuch"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_scheme_comes_from_the_contract_of_the_category(api, agent, cathay):
    body = FAULT | {"organisation": "cathay", "site": "cathay-1"}
    codes = [
        api(agent).post("tickets/", body | {"category": c}).json()["scheme"]["code"] for c in ("software", "hardware")
    ]
    assert codes == ["software", "hardware"]


def test_staff_may_name_the_scheme(api, agent, acme):
    assert api(agent).post("tickets/", FAULT | {"scheme": "telecom"}).json()["scheme"]["code"] == "telecom"


def test_without_any_contract_the_default_scheme_counts(api, agent):
    assert api(agent).post("tickets/", FAULT).json()["scheme"]["code"] == "general"


def test_staff_report_with_an_earlier_time_and_clocks_start_there(api, agent, acme):
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
    ticket = api(agent).post("tickets/", FAULT | {"organisation": "acme", "received_at": at.isoformat()}).json()
    assert ticket["received_at"] == at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert {clock["started_at"] for clock in ticket["clocks"]} == {ticket["received_at"]}


@pytest.mark.parametrize("offset", [timedelta(minutes=5), timedelta(days=-31)])
def test_received_in_the_future_or_long_ago_is_refused(api, agent, offset):
    at = (datetime.now(UTC) + offset).isoformat()
    answer = api(agent).post("tickets/", FAULT | {"received_at": at})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["received_at"])


def test_a_naive_instant_is_refused(api, agent):
    answer = api(agent).post("tickets/", FAULT | {"received_at": "2026-11-20T17:50:00"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["received_at"])


def test_the_reporter_of_a_customers_ticket_is_the_customer(api, alice):
    number = api(alice).post("tickets/", FAULT).json()["number"]
    assert Ticket.objects.get(number=number[3:]).reporter == alice
