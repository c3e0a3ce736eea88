"""What was done is told where it was done: without a plan, owed by another period, or since shortened."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from inspections import reports, services
from inspections.models import Checklist, Inspection
from servicedesk.papers import analysis_paper
from tests import places
from tests.inspections import papers
from tests.inspections.conftest import DAY, NOW
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def done(report, acme, engineer):
    """`done(at, contract=..., equipment=...)`: an inspection that somebody asked for, visited at that moment."""

    def make(at=NOW - DAY, **facts):
        ticket = report(kind="inspection", title="Look at it", at=at, now=at, **{"equipment": acme.unit, **facts})
        return visited(ticket, engineer, at)

    return make


def visited(ticket, engineer, at):
    tickets.record(ticket=ticket, type="visit_done", by=Actor(engineer), at=at, now=max(at, NOW))
    return ticket


def analysed(contract, engineer, first=FIRST, last=LAST, now=NOW):
    row = services.begin_analysis(contract=contract, begins_on=first, ends_on=last, by=Actor(engineer))
    return analysis_paper(row, reader=engineer, now=now).document


def rows_of(document):
    """Of the table of inspections."""
    return next((block["rows"] for block in document["blocks"] if block.get("head", [""])[0] == "Day"), [])


def page(client, person, address="/inspections/plans/"):
    client.force_login(person)
    return client.get(address).content.decode()


def test_analysis_tells_what_was_done_without_a_plan_by_the_lists_that_were_walked(report, acme, version, engineer):
    visit = papers.signed_visit(report, acme.unit, version, engineer, NOW - DAY)
    visited(visit.ticket, engineer, NOW - DAY)
    document = analysed(acme.contract, engineer)
    [row] = rows_of(document)
    assert row[2:] == ["Array check", visit.ticket.reference, "done, without a plan"]
    assert "1 more inspection was done besides those owed." in str(document)
    assert "Amber since noon." in str(document)
    before = analysed(acme.contract, engineer, date(2026, 10, 1), date(2026, 10, 31))
    assert rows_of(before) == []
    assert "Amber since noon." not in str(before)


def test_analysis_tells_what_was_done_in_the_period_though_its_time_began_before(make_plan, acme, engineer):
    """Owed from June on, done in November: the half year from June owes it, the month of November had it done."""
    make_plan(every="half-year", begins_on=date(2026, 6, 1))
    services.generate(now=NOW)
    ticket = visited(Ticket.objects.get(inspection__key="2026-06-01"), engineer, NOW)
    november = analysed(acme.contract, engineer)
    assert [row[-2:] for row in rows_of(november)] == [[ticket.reference, "done, owed in another period"]]
    half = analysed(acme.contract, engineer, date(2026, 6, 1), LAST)
    assert [row[-1] for row in rows_of(half)] == ["done"]
    assert "1 of 1 inspection was done." in str(half)


def test_the_day_of_a_visit_is_that_of_its_site(done, acme, engineer):
    """Shanghai is eight hours ahead: at 17:00 UTC of the 31st it is November there."""
    done(NOW.replace(month=10, day=31, hour=17))
    assert len(rows_of(analysed(acme.contract, engineer))) == 1
    assert rows_of(analysed(acme.contract, engineer, date(2026, 10, 1), date(2026, 10, 31))) == []


def test_year_of_a_contract_shows_what_was_done_without_a_plan_to_the_desk_and_its_customer(
    client, done, acme, lead, alice, bob, carol
):
    ticket = done()
    for person in (lead, alice):
        shown = page(client, person)
        assert ticket.reference in shown
        assert "Without a plan" in shown
        assert "done besides 1" in shown
        assert ticket.reference in page(client, person, f"/inspections/plans/contracts/{acme.contract.pk}/")
    for stranger in (bob, carol):
        assert ticket.reference not in page(client, stranger)
    assert ticket.reference not in page(client, lead, "/inspections/plans/?back=1")


def test_what_was_done_without_a_plan_keeps_the_promise_unless_other_work_asked_for_it(client, done, acme, lead):
    telecom = places.contract(acme.organisation, "telecom")
    for days in (1, 2):
        done(NOW - days * DAY)
    Ticket.objects.update(contract=telecom)
    of_schemes = reports.promises_of_schemes()
    assert "promised 2, planned 2<" in page(client, lead)
    assert telecom.pk not in reports.falling_behind(NOW.date(), of_schemes)
    Inspection.objects.create(ticket=Ticket.objects.first(), checklist=Checklist.objects.get(code="monthly-preventive"))
    assert "promised 2, planned 1 — 1 missing" in page(client, lead)
    assert telecom.pk in reports.falling_behind(NOW.date(), of_schemes)


def test_visit_that_another_year_owes_stands_in_the_year_it_was_done_in_too(client, make_plan, acme, lead, engineer):
    """The contract's years begin on 1 January; owed from 1 December, done on 8 January."""
    make_plan(every="quarter", begins_on=date(2026, 12, 1), ends_on=date(2027, 2, 1))
    services.generate(now=NOW)
    ticket = Ticket.objects.get(inspection__key="2026-12-01")
    with time_machine.travel(NOW + 50 * DAY, tick=False):
        tickets.record(ticket=ticket, type="visit_done", by=Actor(engineer), at=NOW + 49 * DAY, now=NOW + 50 * DAY)
        this, before = page(client, lead), page(client, lead, "/inspections/plans/?back=1")
    assert ticket.reference in this
    assert "Owed 0: planned 0, done 0, accepted 0, done besides 1" in this
    assert ticket.reference in before
    assert "Owed 1: planned 0, done 1, accepted 0" in before


def shorten(contract, ends_on):
    contract.ends_on = ends_on
    contract.save()


def test_contract_that_ends_earlier_now_still_shows_what_was_done_and_what_is_booked(
    client, make_plan, acme, lead, engineer
):
    make_plan(every="month")
    services.generate(now=NOW)
    november, december = (Ticket.objects.get(inspection__key=key) for key in ("2026-11-01", "2026-12-01"))
    visited(november, engineer, NOW)
    shorten(acme.contract, date(2026, 10, 15))
    shown = page(client, lead)
    assert november.reference in shown
    assert december.reference in shown  # somebody has to call it off
    assert "Owed 2: planned 1, done 1, accepted 0" in shown
    assert november.reference in str(rows_of(analysed(acme.contract, engineer, date(2026, 1, 1))))
    tickets.record(ticket=december, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    assert december.reference not in page(client, lead)


def test_what_is_called_off_after_the_contract_has_ended_is_owed_by_nobody(client, make_plan, acme, lead):
    make_plan(every="month")
    services.generate(now=NOW)
    later = date(2026, 12, 5)
    ticket = Ticket.objects.get(inspection__key="2026-11-01")
    tickets.record(ticket=ticket, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    assert reports.falling_behind(later, {}) == {acme.contract.pk}
    shorten(acme.contract, date(2026, 10, 15))
    assert reports.falling_behind(later, {}) == set()
    assert ticket.reference not in page(client, lead)


def test_more_that_was_done_without_a_plan_costs_no_more_statements(client, done, make_plan, acme, lead, engineer):
    client.force_login(lead)
    make_plan()
    counts = []
    for more in (1, 5):
        for n in range(more):
            done(NOW - (n + 1) * DAY)
        client.get("/inspections/plans/")  # what a process reads once is not counted
        analysed(acme.contract, engineer)
        with CaptureQueriesContext(connection) as of_page:
            client.get("/inspections/plans/")
        with CaptureQueriesContext(connection) as of_paper:
            analysed(acme.contract, engineer)
        counts.append((len(of_page), len(of_paper)))
    assert counts[0] == counts[1]
