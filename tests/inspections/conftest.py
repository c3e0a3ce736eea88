"""A plan at acme-hq, made as a lead makes it."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Checklist, Plan
from tests.inspections import papers
from tickets import services as tickets

NOW = papers.NOW
DAY = timedelta(days=1)
DOCUMENT = {
    "code": "array",
    "name": "Array check",
    "sections": [
        {
            "code": "env",
            "title": "Environment",
            "area": "environment",
            "items": [
                {"code": "temp", "text": "Air temperature", "kind": "reading", "unit": "°C", "high": 27, "severity": 3},
                {
                    "code": "hum",
                    "text": "Humidity",
                    "kind": "reading",
                    "unit": "%",
                    "low": 20,
                    "high": 80,
                    "change": 10,
                },
                {"code": "dust", "text": "No dust on the grilles"},
            ],
        },
        {
            "code": "hw",
            "title": "Hardware",
            "area": "hardware",
            "items": [
                {"code": "label", "text": "Mind the label", "kind": "instruction"},
                {"code": "light", "text": "The light is green", "photo": "on-failure"},
                {
                    "code": "fan",
                    "text": "Fan",
                    "kind": "choice",
                    "options": [{"code": "good", "text": "Good"}, {"code": "loud", "text": "Loud", "failure": True}],
                },
                {"code": "front", "text": "The front", "kind": "photo", "mandatory": True},
                {"code": "note", "text": "Notes", "kind": "text"},
            ],
        },
    ],
}


@pytest.fixture
def make_plan(acme, lead):
    """`make_plan(every="month", begins_on=..., ...)`: a plan that exists since NOW."""

    def make(**values):
        checklist = Checklist.objects.get(code="monthly-preventive")
        given = {"contract": acme.contract, "site": acme.hq, "checklist": checklist, "begins_on": date(2026, 1, 1)}
        values = {**given, "every": "month", **values}
        return services.save_plan(plan=Plan(), values=values, by=Actor(lead), today=NOW.date()).row

    return make


@pytest.fixture
def case(report, acme):
    """An inspection ticket of the unit at acme-hq, asked for by hand."""
    return report(kind="inspection", title="Yearly check", equipment=acme.unit, at=NOW - DAY, now=NOW - DAY)


@pytest.fixture
def version(lead):
    """A list of two sections with a check of every kind, published as version 1."""
    row = services.import_document(document=DOCUMENT, by=Actor(lead), now=NOW - DAY)
    return services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW - DAY)


@pytest.fixture
def visit(case, version, engineer):
    """The visit of that ticket, begun at NOW by the engineer."""
    return services.begin(ticket=case, version=version, by=Actor(engineer), now=NOW)


@pytest.fixture
def answer(visit, engineer):
    """`answer("temp", reading="31.5", by=..., at=..., base=..., id=...)`: one entry; what became of it."""

    def give(item, *, by=None, at=NOW, now=NOW, base=None, id=None, sheet=None, **values):
        place = sheet or visit.sheets.first()
        entry = services.Entry(id or uuid.uuid4(), place.pk, item, at, values, base)
        taken, _visit = services.take(inspection=visit, entries=[entry], by=Actor(by or engineer), now=now)
        return taken[0]

    return give


@pytest.fixture
def complete(answer, visit):
    """Every mandatory check of the visit is answered, all are good."""
    for item, values in papers.GOOD:
        answer(item, **values)
    return visit


@pytest.fixture
def signed(report, acme, version, engineer):
    """The signed visit of SN-1234 at NOW, with the air temperatures of the three years before: 22, 23, 25 and 26."""
    return papers.years_of(report, acme.unit, version, engineer, NOW, ["22", "23", "25", "26"]).last


@pytest.fixture
def edition(signed, engineer):
    """Its report, made and not sent."""
    row = services.begin_report(inspection=signed, by=Actor(engineer))
    return services.keep_report(report=row, made=papers.made(row), by=Actor(engineer), now=NOW)


@pytest.fixture
def book(report, lead):
    """`book(day, hour, minute, **facts)`: a visit at that UTC time of December, two hours long; Shanghai is 8 ahead."""

    def make(day, hour=2, minute=0, **facts):
        ticket = report(kind="inspection", by=lead, now=NOW, **facts)
        at = datetime(2026, 12, day, hour, minute, tzinfo=UTC)
        tickets.move_visit(ticket=ticket, planned_at=at, by=Actor(lead), now=NOW)
        return ticket

    return make
