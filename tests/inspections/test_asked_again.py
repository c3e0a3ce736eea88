"""Was it really cured? Which findings of earlier visits a visit asks about, however the visits overlap."""

import uuid
from datetime import timedelta

import pytest

from accounts.actors import Actor
from inspections import facts, services
from inspections.models import Finding
from tests.inspections import papers
from tests.inspections.conftest import DAY, NOW

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def begin(report, acme, version, engineer):
    """`begin(at)`: a visit of SN-1234, begun at that instant, or at `begun` on a phone of which the desk hears then."""

    def make(at, begun=None):
        case = report(kind="inspection", equipment=acme.unit, at=NOW, now=NOW)
        return services.begin(ticket=case, version=version, by=Actor(engineer), now=at, at=begun)

    return make


@pytest.fixture
def find(answer, engineer):
    """`find(visit, "dust", at, outcome=...)`: a check that failed."""

    def note(visit, item, at, outcome="watch"):
        place = visit.sheets.get()
        answer(item, sheet=place, at=at, now=at, result="failed", finding="A nest", outcome=outcome)
        return Finding.objects.get(sheet=place, item=item)

    return note


@pytest.fixture
def answer(engineer):
    def give(item, *, sheet, at, now, **values):
        entry = services.Entry(uuid.uuid4(), sheet.pk, item, at, values)
        services.take(inspection=sheet.inspection, entries=[entry], by=Actor(engineer), now=now)

    return give


def asked(visit):
    return list(visit.sheets.get().asks.all())


def test_finding_of_the_visit_that_was_begun_first_and_signed_last_is_asked_about(begin, find, engineer):
    """long  9h ----------------- 17h signed
    short     10h ---- 11h signed
    next                             12h, a day later
    """
    long, short = begin(NOW), begin(NOW + HOUR)
    one, two = find(long, "dust", NOW + HOUR), find(short, "light", NOW + HOUR)
    papers.sign(short, engineer, NOW + 2 * HOUR)
    papers.sign(long, engineer, NOW + 8 * HOUR)
    assert asked(begin(NOW + DAY)) == [one, two]


def test_visit_asks_about_nothing_that_was_signed_after_it_was_begun(begin, find, engineer):
    first = begin(NOW)
    one = find(first, "dust", NOW)
    papers.sign(first, engineer, NOW + 3 * HOUR)
    late = begin(NOW + 5 * HOUR, begun=NOW + HOUR)  # begun without signal, heard of later
    assert asked(late) == []
    papers.sign(late, engineer, NOW + 6 * HOUR)
    assert asked(begin(NOW + DAY)) == [one]


def test_visit_that_was_never_signed_does_not_swallow_what_it_asked(begin, find, engineer):
    first = begin(NOW)
    one = find(first, "dust", NOW)
    papers.sign(first, engineer, NOW + HOUR)
    assert asked(begin(NOW + DAY)) == [one]
    signed = begin(NOW + 2 * DAY)
    assert asked(signed) == [one]
    papers.sign(signed, engineer, NOW + 2 * DAY + HOUR)
    assert asked(begin(NOW + 3 * DAY)) == []


def test_what_was_cured_on_the_spot_is_asked_about_too(begin, find, engineer):
    first = begin(NOW)
    one = find(first, "dust", NOW, outcome="cured")
    papers.sign(first, engineer, NOW + HOUR)
    later = begin(NOW + DAY)
    assert asked(later) == [one]
    check = facts.load(later).asked[0]
    assert check.item.text == "Was it really cured? 3. No dust on the grilles"
    assert check.judgement.blocks_sign_off
