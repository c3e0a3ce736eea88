"""Scheme 3 owes at least four events a year: how many are used and left, for managers and the customer."""

from datetime import date

import pytest

from accounts.actors import Actor
from common.errors import Forbidden, Invalid
from customers.models import Contract
from jobs import reports, services
from jobs.models import Allowance
from tests.jobs.conftest import NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db


def ask(make_period, dora, day, n=0):
    period = make_period(name=f"Event {n}", begins_on=day, last_on=day)
    return services.ask_assurance(period=period, by=Actor(dora), now=NOW)


def owed(user, back=0):
    found = reports.owed_of(list(Contract.objects.concerning(user)), NOW.date(), back)
    lines = {one.number: [line for line in lines if line.label == "Event assurance"] for one, lines in found.items()}
    return {number: (line.owed, line.used, line.left) for number, [line] in lines.items()}


def test_four_a_year_by_scheme_and_what_is_used_counts_by_the_contracts_year(make_period, dora, lead, agent):
    assert owed(lead) == {"C-delta-teleconference": (4, 0, 4)}
    jobs = [ask(make_period, dora, date(2026, 12, n), n) for n in (1, 2)]
    ask(make_period, dora, date(2027, 1, 1), 3)
    assert owed(lead) == owed(dora) == {"C-delta-teleconference": (4, 2, 2)}
    assert owed(lead, back=-1) == {"C-delta-teleconference": (4, 1, 3)}
    tickets.record(ticket=jobs[0].ticket, type="cancelled", by=Actor(agent), at=NOW, now=NOW)
    assert owed(lead) == {"C-delta-teleconference": (4, 1, 3)}


def test_more_than_four_are_done_and_none_is_left(make_period, dora, lead):
    for n in range(1, 6):
        ask(make_period, dora, date(2026, 12, n), n)
    assert owed(lead) == {"C-delta-teleconference": (4, 5, 0)}


def test_contract_may_promise_more_never_less_than_its_scheme(studio, lead, agent):
    services.save_allowance(contract=studio.contract, kind="assurance", per_year=6, by=Actor(lead))
    assert owed(lead) == {"C-delta-teleconference": (6, 0, 6)}
    with pytest.raises(Invalid):
        services.save_allowance(contract=studio.contract, kind="assurance", per_year=3, by=Actor(lead))
    with pytest.raises(Forbidden):
        services.save_allowance(contract=studio.contract, kind="assurance", per_year=8, by=Actor(agent))
    assert Allowance.objects.get().per_year == 6


def last(contract, begins, ends):
    Contract.objects.filter(pk=contract.pk).update(starts_on=begins, ends_on=ends)
    contract.refresh_from_db()


@pytest.mark.parametrize(
    ("begins", "ends", "owes", "with_six"),
    [
        (date(2026, 9, 1), date(2026, 12, 1), 1, 2),
        (date(2026, 9, 1), date(2027, 3, 1), 2, 3),
        (date(2026, 9, 1), date(2026, 12, 2), 2, 2),
        (date(2026, 2, 1), date(2026, 11, 1), 3, 5),  # over, and its year is not
        (date(2025, 9, 1), date(2026, 12, 1), 1, 2),
        (date(2025, 9, 1), date(2027, 9, 1), 4, 6),
    ],
)
def test_year_that_the_contract_cuts_short_owes_as_much_of_it(studio, lead, begins, ends, owes, with_six):
    """Rounded up, as of inspections; so does what the contract promises more."""
    last(studio.contract, begins, ends)
    found = reports.owed_of([studio.contract], NOW.date(), 0)
    assert [line.owed for line in found[studio.contract] if line.label == "Event assurance"] == [owes]
    services.save_allowance(contract=studio.contract, kind="assurance", per_year=6, by=Actor(lead))
    found = reports.owed_of([studio.contract], NOW.date(), 0)
    assert [line.owed for line in found[studio.contract] if line.label == "Event assurance"] == [with_six]


def test_page_of_an_event_counts_what_is_left_of_a_short_year(client, studio, make_period, dora, lead):
    last(studio.contract, date(2026, 9, 1), date(2027, 1, 1))
    job = ask(make_period, dora, date(2026, 12, 1))
    client.force_login(lead)
    assert "1 of 2 used in its year, 1 left" in client.get(f"/jobs/{job.ticket.reference}/").content.decode()


def test_contract_that_was_over_before_its_year_owes_nothing(studio):
    last(studio.contract, date(2025, 1, 1), date(2025, 7, 1))
    assert reports.owed_of([studio.contract], NOW.date(), 0) == {}


def test_page_of_what_contracts_owe_shows_it(client, make_period, dora, lead, carol):
    ask(make_period, dora, date(2026, 12, 1))
    for person in (lead, dora):
        client.force_login(person)
        page = client.get("/inspections/plans/").content.decode()
        assert "promised 4, planned 1 — 3 missing" in page
    client.force_login(carol)
    assert "promised 4" not in client.get("/inspections/plans/").content.decode()


def test_lead_writes_down_what_a_contract_promises_more(client, studio, lead, agent, dora):
    address = f"/jobs/promised/{studio.contract.pk}/"
    client.force_login(lead)
    assert 'value="4"' in client.get(address).content.decode()
    assert client.post(address, {"assurance": "3", "training": "1"}).status_code == 400
    assert client.post(address, {"assurance": "6", "training": "1"}).headers["Location"] == "/inspections/plans/"
    assert owed(lead) == {"C-delta-teleconference": (6, 0, 6)}
    assert Allowance.objects.count() == 1
    for person in (agent, dora):
        client.force_login(person)
        assert client.get(address).status_code == 403
