"""The calendar of visits: each on its site's day, for the desk all, for a customer those of his sites."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.inspections.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client, person, query="?day=2026-12-01"):
    client.force_login(person)
    return client.get(f"/inspections/calendar/{query}").content.decode()


def day_of(page, reference):
    """The day under which the visit stands."""
    return page[: page.index(f"/{reference}/")].rpartition('data-day="')[2][:10]


def test_visit_stands_on_the_day_of_its_site(client, book, delta, lead):
    """An hour before midnight in UTC it is tomorrow in Shanghai; at nine it is the same day in Berlin."""
    china, berlin = book(15, 23), book(15, 8, organisation=delta.organisation, site=delta.site)
    page = shown(client, lead)
    assert day_of(page, china.reference) == "2026-12-16"
    assert day_of(page, berlin.reference) == "2026-12-15"
    assert "09:00" in page
    assert "07:00" in page


def test_week_shows_its_seven_days(client, book, lead):
    inside, outside = book(16), book(21)
    page = shown(client, lead, "?view=week&day=2026-12-17")
    assert page.count("data-day=") == 7
    assert inside.reference in page
    assert outside.reference not in page


def test_customer_sees_his_sites_and_moves_nothing(client, book, acme, alice, bob, carol):
    ticket = book(16)
    page = shown(client, alice)
    assert f"/portal/{ticket.reference}/" in page
    assert "/move/" not in page
    assert ticket.reference not in shown(client, bob)
    assert ticket.reference not in shown(client, carol)


def test_desk_chooses_an_engineer_or_a_customer(client, book, delta, lead, engineer):
    his, other = book(16, assignee=engineer), book(17, organisation=delta.organisation, site=delta.site)
    page = shown(client, lead, f"?day=2026-12-01&engineer={engineer.pk}")
    assert (his.reference in page, other.reference in page) == (True, False)
    page = shown(client, lead, f"?day=2026-12-01&customer={delta.organisation.pk}")
    assert (his.reference in page, other.reference in page) == (False, True)


def test_closed_and_worked_days_are_named(client, book, lead):
    book(31)
    page = shown(client, lead)
    assert "closed in CN" in page[page.index('data-day="2027-01-01"') :]


def test_storekeeper_sees_and_moves_nothing(client, book, storekeeper):
    ticket = book(16)
    page = shown(client, storekeeper)
    assert ticket.reference in page
    assert "/move/" not in page


@pytest.mark.parametrize(
    "query", ["?day=x", "?view=year&day=2026-13-40", "?engineer=x&customer=999999", "?day=0001-01-01"]
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(client, book, lead, query):
    client.force_login(lead)
    assert client.get(f"/inspections/calendar/{query}").status_code == 200


def test_calendar_costs_the_same_however_full(client, book, lead):
    client.force_login(lead)
    counts = []
    for more in (1, 8):
        for number in range(more):
            book(10 + number)
        client.get("/inspections/calendar/?day=2026-12-01")
        with CaptureQueriesContext(connection) as found:
            client.get("/inspections/calendar/?day=2026-12-01")
        counts.append(len(found))
    assert counts == [counts[0]] * 2
    assert counts[0] <= 12
