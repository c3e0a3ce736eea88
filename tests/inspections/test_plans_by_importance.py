"""Plans by the importance of the unit: how often its importance says, and from the day on which that changes.

half-yearly   |-----------X-----------|-----------X-----------|
vital from V          V |-X-|-X-|-X-|      what was made ahead (X) stands for the month in which it lies
"""

import random
from datetime import date, timedelta

import pytest

from accounts.actors import Actor
from common.errors import Invalid
from customers import services as places
from inspections import reports, services
from inspections.models import Inspection, Plan
from inspections.planning import MONTHS, Every
from inspections.planning.rhythm import add_months
from inspections.plans import as_owed
from tests.inspections.conftest import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = 365 * DAY


@pytest.fixture
def plan(make_plan, acme):
    return make_plan(every="importance", unit=acme.unit, begins_on=date(2026, 11, 1))


@pytest.fixture
def make_it(acme, administrator):
    """`make_it("vital")`: as an administrator says it on the unit's page."""

    def change(importance):
        places.save_equipment(unit=acme.unit, values={"importance": importance}, by=Actor(administrator))

    return change


def keys():
    return sorted(Inspection.objects.values_list("key", flat=True))


def made():
    """In the order in which they were made."""
    return [as_owed(row) for row in Inspection.objects.order_by("pk")]


@pytest.mark.parametrize(("importance", "times"), [("vital", 12), ("important", 4), ("ordinary", 2)])
def test_unit_is_visited_as_often_as_its_importance_says(plan, make_it, importance, times):
    make_it(importance)
    services.generate(now=NOW)
    services.generate(now=NOW + YEAR)
    assert sum(one < "2027-11-01" for one in keys()) == times


def test_plan_has_its_own_words_for_each_importance(make_plan, make_it, acme):
    make_plan(every="importance", unit=acme.unit, begins_on=date(2026, 11, 1), vital_every="year")
    make_it("vital")
    services.generate(now=NOW + YEAR)
    assert keys() == ["2026-11-01"]


def test_vital_from_today_is_visited_monthly_from_today(plan, make_it):
    """Made by 3 December: November to April. Its middle is 30 January, so it stands for January too."""
    services.generate(now=NOW + 13 * DAY)
    assert keys() == ["2026-11-01"]
    make_it("vital")
    services.generate(now=NOW + 13 * DAY)
    services.generate(now=NOW + 100 * DAY)
    assert keys() == ["2026-11-01", "2026-12-01", "2027-02-01", "2027-03-01", "2027-04-01"]
    assert services.generate(now=NOW + 100 * DAY) == 0


def test_unit_that_is_ordinary_again_waits_for_the_next_half_year(plan, make_it):
    make_it("vital")
    services.generate(now=NOW)
    assert keys() == ["2026-11-01", "2026-12-01", "2027-01-01"]
    make_it("ordinary")
    assert services.generate(now=NOW) == 0
    services.generate(now=NOW + 210 * DAY)
    assert keys()[3:] == ["2027-05-01"]


def test_what_fell_due_before_the_change_was_noticed_is_made_up_for(plan, make_it):
    make_it("vital")
    services.generate(now=NOW)
    make_it("important")
    services.generate(now=NOW + 130 * DAY)  # 30 March: no worker ran in between
    services.generate(now=NOW + 160 * DAY)
    assert keys() == ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01", "2027-05-01"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_year_of_changes_in_random_steps_makes_each_once_and_nothing_backwards(plan, make_it, seed):
    dice = random.Random(seed)
    at, changed_on = NOW, NOW.date()
    while at < NOW + YEAR:
        if dice.random() < 0.4:
            services.generate(now=at)  # nothing is late when it changes
            make_it(dice.choice(["vital", "important", "ordinary"]))
            changed_on = at.date()
        before = Inspection.objects.count()
        services.generate(now=at)
        new = made()[before:]
        assert all(one.closes_on > changed_on for one in new)
        assert services.generate(now=at) == 0
        at += timedelta(hours=dice.randrange(1, 1000))
    rows = made()
    doubles = [
        (first, second)
        for number, second in enumerate(rows)
        for first in rows[:number]
        if second.opens_on <= first.middle < second.closes_on
    ]
    assert doubles == []


@pytest.mark.parametrize("seed", [4, 5])
def test_a_year_after_the_last_change_is_as_if_it_had_always_been_so(plan, make_it, seed):
    dice, at = random.Random(seed), NOW
    for _ in range(4):
        make_it(dice.choice(["vital", "important", "ordinary"]))
        services.generate(now=at)
        at += timedelta(hours=dice.randrange(1, 600))
    make_it("important")
    while at < NOW + 3 * YEAR:
        services.generate(now=at)
        at += timedelta(hours=dice.randrange(1, 2000))
    quarters = [add_months(plan.begins_on, number) for number in range(12, 36, MONTHS[Every.QUARTER])]
    there = [day for day in quarters if Inspection.objects.filter(opens_on=day, closes_on=add_months(day, 3)).exists()]
    assert there == quarters
    between = Inspection.objects.filter(opens_on__gte=quarters[0], opens_on__lt=add_months(plan.begins_on, 36))
    assert between.count() == len(quarters)


def test_year_of_the_contract_shows_what_was_made_and_what_is_owed_now(plan, make_it):
    services.generate(now=NOW + 13 * DAY)
    make_it("vital")
    services.generate(now=NOW + 13 * DAY)
    row = Plan.objects.select_related("contract", "site").get()
    [year] = reports.years([row], today=date(2027, 1, 15))
    lines = {line.owed.key: (line.owed.closes_on, line.stage) for line in year.lines}
    assert row.how_often == "Every month, by importance"
    assert lines["2027-02-01"] == (date(2027, 3, 1), "owed")
    assert "2027-01-01" not in lines
    [before] = reports.years([row], today=date(2026, 12, 1))
    assert {line.owed.key: line.owed.closes_on for line in before.lines} == {
        "2026-11-01": date(2027, 5, 1), "2026-12-01": date(2027, 1, 1),
    }  # fmt: skip


def test_rhythm_that_is_changed_counts_from_that_day_on(make_plan, lead):
    plan = make_plan(every="half-year", begins_on=date(2026, 6, 1))
    services.generate(now=NOW)
    services.generate(now=NOW + 300 * DAY)
    services.save_plan(plan=plan, values={"every": "month"}, by=Actor(lead), today=(NOW + 300 * DAY).date())
    services.generate(now=NOW + 300 * DAY)
    assert keys() == ["2026-06-01", "2026-12-01", "2027-06-01", "2027-09-01~2", "2027-10-01~2"]


def test_site_has_no_importance_so_the_plan_names_a_unit(make_plan):
    with pytest.raises(Invalid) as refused:
        make_plan(every="importance")
    assert set(refused.value.errors) == {"unit"}


def test_form_offers_it_and_asks_for_the_unit(client, lead, make_plan, acme):
    client.force_login(lead)
    checklist = Plan.checklist.field.related_model.objects.get(code="yearly-system").pk
    values = {
        "site": acme.hq.pk, "checklist": checklist, "every": "importance", "days": "1", "dates": "", "unit": "",
        "begins_on": "2026-10-01", "ends_on": "", "manner": "on-site", "minutes": "120", "assignee": "",
    }  # fmt: skip
    where = f"/inspections/plans/of/{acme.contract.pk}/new/"
    assert 'id="id_unit_error"' in client.post(where, values).content.decode()
    assert client.post(where, {**values, "unit": "SN-1234", "ordinary_every": "year"}).status_code == 302
    assert (Plan.objects.get().vital_every, Plan.objects.get().ordinary_every) == ("month", "year")
