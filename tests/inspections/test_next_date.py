"""The next date on a report: the appointed visit where there is one, else between which days it is planned."""

from datetime import UTC, date, datetime

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Inspection
from servicedesk.papers import report_paper
from tests.inspections import papers
from tests.inspections.conftest import DAY, NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(make_plan, acme):
    return make_plan(begins_on=date(2026, 11, 1), every="month", unit=acme.unit)


@pytest.fixture
def done(plan, report, acme, version, engineer):
    """The visit of November, signed."""
    visit = papers.signed_visit(report, acme.unit, version, engineer, NOW)
    first = plan.inspections.filter(opens_on=date(2026, 11, 1)).first()
    key, opens_on, closes_on = ("2026-11-01", date(2026, 11, 1), date(2026, 12, 1))
    if first is not None:
        key, opens_on, closes_on = first.key, first.opens_on, first.closes_on
        first.delete()
    Inspection.objects.filter(pk=visit.pk).update(plan=plan, key=key, opens_on=opens_on, closes_on=closes_on)
    return Inspection.objects.get(pk=visit.pk)


def next_of(visit, engineer, language="en"):
    row = services.begin_report(inspection=visit, by=Actor(engineer))
    row = services.write_report(report=row, words={}, language=language, by=Actor(engineer))
    blocks = report_paper(row, reader=engineer, now=NOW + DAY).document["blocks"]
    place = next(n for n, block in enumerate(blocks) if block.get("text") in ("Next inspection", "下次巡检"))
    return blocks[place + 1]["text"]


def test_without_an_appointment_it_says_between_which_days(done, engineer):
    assert next_of(done, engineer) == "The next inspection is planned between 1 Dec 2026 and 31 Dec 2026."


def test_an_appointed_visit_is_named_by_its_day_and_hour(done, plan, engineer):
    services.generate(now=NOW)
    case = plan.inspections.get(opens_on=date(2026, 12, 1)).ticket
    at = datetime(2026, 12, 9, 2, 0, tzinfo=UTC)
    tickets.record(ticket=case, type="visit_planned", by=Actor(engineer), at=NOW, now=NOW, fields={"planned_at": at})
    said = next_of(done, engineer)
    assert said.startswith("The next inspection is planned for Wed 9 Dec 2026 10:00.")
    tickets.record(ticket=case, type="notice_sent", by=Actor(engineer), at=NOW, now=NOW, message="We come.")
    assert next_of(done, engineer) == "The next inspection takes place on Wed 9 Dec 2026 10:00."
    assert "2026年12月9日" in next_of(done, engineer, "zh-hans")


def test_a_visit_that_was_asked_for_by_hand_knows_the_next_one_of_its_unit(signed, report, acme, engineer):
    assert next_of(signed, engineer) == "No further inspection is planned yet."
    visit = tickets.Visit(datetime(2027, 1, 15, 2, 0, tzinfo=UTC))
    case = tickets.Intake(title="Again", kind="inspection", equipment=acme.unit, visit=visit)
    tickets.report(intake=case, by=Actor(engineer), at=NOW, now=NOW)
    assert "Fri 15 Jan 2027 10:00" in next_of(signed, engineer)
