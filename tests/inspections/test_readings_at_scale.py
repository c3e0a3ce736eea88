"""What gets worse is found by the database, and comes to the same as reading every series; places come page by page."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from customers.models import Equipment
from inspections import history, services
from inspections.models import Answer, AnswerEntry, Inspection, Sheet, SignOff
from tests.inspections.conftest import DOCUMENT, NOW
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


@pytest.fixture
def measured(acme, version, engineer):
    """`measured(unit, [22, 23, ...])`: signed visits a year, with air temperatures, as rows alone."""

    def make(unit, values, of=None):
        for back, value in enumerate(reversed(values)):
            at = NOW - back * YEAR
            ticket = Ticket.objects.create(
                kind="inspection", title="Visit", organisation=acme.organisation, site=unit.site, equipment=unit,
                received_at=at, created_at=at, updated_at=at,
            )  # fmt: skip
            row = Inspection.objects.create(ticket=ticket, begun_at=at, begun_by=engineer)
            sheet = Sheet.objects.create(inspection=row, version=of or version, unit=unit)
            entry = AnswerEntry.objects.create(
                sheet=sheet, item="temp", answer={}, author=engineer, at=at, received_at=at
            )
            Answer.objects.create(sheet=sheet, item="temp", entry=entry, result="passed", reading=Decimal(str(value)))
            SignOff.objects.create(
                inspection=row, manner="absent", reason="x", signed_at=at, by=engineer, digest="0", shown={}
            )
        return unit

    return make


@pytest.fixture
def units(acme):
    def make(count):
        known = Equipment.objects.count()
        return [
            Equipment.objects.create(serial_number=f"U-{known + n}", product=acme.unit.product, site=acme.hq)
            for n in range(count)
        ]

    return make


def test_database_and_the_series_themselves_agree(measured, units, agent):
    dice = Random(4)
    steady = [[20, 21, 22], [24, 26, 29], [22, 22, 22], [20, 26, 19, 25, 21], [24, 23, 22], [21, 24], [20, 20.1, 20.2]]
    jumping = [[dice.randrange(180, 300) / 10 for _ in range(dice.randrange(2, 7))] for _ in range(30)]
    for unit, values in zip(units(37), steady + jumping, strict=True):
        measured(unit, values)
    said = history.getting_worse(history.of(agent, "en"))
    found = history.of_keys(agent, "en", history.worse_keys(agent))
    assert {one.unit for one in found} == {one.unit for one in said}
    days = [one.pace.reached_on for one in found if one.pace.reached_on]
    assert len(found) > 5
    assert days == sorted(days)


def test_drift_is_listed_where_only_the_last_reading_is_a_limit(client, measured, units, agent, lead, version):
    item = {"code": "temp", "text": "Air temperature", "kind": "reading", "unit": "°C", "change": 5}
    section = {"code": "env", "title": "Environment", "area": "environment", "items": [item]}
    row = services.import_document(document={**DOCUMENT, "sections": [section]}, by=Actor(lead), now=NOW)
    against_last = services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)
    moved, swings = units(2)
    measured(moved, [40, 37, 34, 31], of=against_last)
    measured(swings, [40, 43, 39, 42], of=against_last)
    assert [key[1] for key in history.worse_keys(agent)] == [moved.pk]
    client.force_login(agent)
    page = client.get("/inspections/readings/").content.decode()
    assert "Falling by 3\N{NO-BREAK SPACE}°C a year, visit after visit: more than 5\N{NO-BREAK SPACE}°C since" in page


def test_customer_gets_what_gets_worse_at_his_sites(measured, units, alice, carol):
    measured(units(1)[0], [20, 22, 24])
    assert len(history.worse_keys(alice)) == 1
    assert history.worse_keys(carol) == []


def test_page_costs_the_same_however_much_was_measured(client, measured, units, agent):
    client.force_login(agent)
    counts = []
    for more in (7, 8):
        for unit in units(more):
            measured(unit, [20, 22, 24])
        client.get("/inspections/readings/")  # what a process reads once is not counted
        with CaptureQueriesContext(connection) as found:
            page = client.get("/inspections/readings/").content.decode()
        counts.append(len(found))
    assert counts[0] == counts[1]
    assert page.count("<figure") == 6
    assert "Show all 15 that get worse" in page
    every = client.get("/inspections/readings/worse/").content.decode()
    assert every.count("<figure") == 15


def test_places_come_page_by_page(client, measured, units, agent):
    for unit in units(53):
        measured(unit, [20])
    client.force_login(agent)
    pages = [client.get(f"/inspections/readings/?page={n}").content.decode() for n in (1, 2)]
    assert [page.count('<th scope="row">') for page in pages] == [50, 3]
