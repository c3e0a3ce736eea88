"""A plan says what it will owe; one that can never owe a visit is refused with the reason beside its field."""

from datetime import date, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from common.errors import Invalid
from inspections import prospects, services
from inspections.models import Checklist, Plan
from tests.inspections.conftest import NOW

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TYPED = {
    "every": "half-year", "days": "1", "dates": "", "begins_on": "2026-11-20", "ends_on": "", "manner": "on-site",
    "minutes": "120", "unit": "", "assignee": "", "seen": "",
}  # fmt: skip
NEVER = [
    ({"every": "dates", "dates": [date(2026, 11, 1)], "begins_on": date(2026, 12, 1)}, "dates", "are before"),
    (
        {"every": "dates", "dates": [date(2027, 6, 1)], "ends_on": date(2027, 3, 1)},
        "dates",
        "none of its dates is between Thu 1 Jan 2026 and Mon 1 Mar 2027",
    ),
    ({"every": "dates", "dates": [date(2026, 11, 2)]}, "dates", "its dates are over"),
    ({"every": "once", "dates": [date(2026, 11, 19)]}, "dates", "its dates are over"),
    ({"every": "month", "ends_on": date(2026, 11, 1)}, "ends_on", "its time was over on Sun 1 Nov 2026"),
    (  # a Monday; the plan ends on Wednesday
        {"every": "weeks", "weekday": 4, "begins_on": date(2026, 11, 23), "ends_on": date(2026, 11, 25)},
        "ends_on",
        "it ends on Wed 25 Nov 2026, before the first day it asks for",
    ),
    (  # a Saturday and a Sunday
        {"every": "working-days", "begins_on": date(2026, 11, 21), "ends_on": date(2026, 11, 23)},
        "ends_on",
        "before the first day it asks for",
    ),
]


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(("values", "field", "words"), NEVER)
def test_plan_that_can_never_owe_a_visit_is_refused_beside_its_field(make_plan, values, field, words):
    with pytest.raises(Invalid) as refused:
        make_plan(**values)
    assert list(refused.value.errors) == [field]
    [said] = refused.value.errors[field]
    assert said.startswith("This plan owes no visit because")
    assert words in said
    assert not Plan.objects.exists()


def test_contract_that_is_over_owes_nothing(make_plan, acme):
    acme.contract.ends_on = date(2026, 11, 10)
    acme.contract.save()
    with pytest.raises(Invalid, match="its contract was over on Tue 10 Nov 2026"):
        make_plan()


def test_page_says_so_beside_the_field_and_keeps_what_was_typed(client, acme, lead):
    client.force_login(lead)
    typed = {**TYPED, "site": acme.hq.pk, "checklist": checklist("yearly-system").pk, "every": "dates"}
    typed |= {"begins_on": "2026-01-01", "dates": "2026-11-02"}
    answer = client.post(f"/inspections/plans/of/{acme.contract.pk}/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_dates_error"' in page
    assert "This plan owes no visit because its dates are over." in page
    assert "2026-11-02" in page


def checklist(code):
    return Checklist.objects.get(code=code)


@pytest.mark.parametrize(
    ("every", "begins", "words"),
    [
        (
            "half-year",
            "2026-11-20",
            "owes 2 visits in the next twelve months, the first from Fri 20 Nov 2026 to Wed 19 ",
        ),
        ("year", "2026-11-20", "owes 1 visit in the next twelve months, from Fri 20 Nov 2026 to Fri 19 Nov 2027"),
        ("year", "2027-09-01", "owes no visit in the next twelve months: the first is owed from Wed 1 Sep 2027 to"),
    ],
)
def test_saved_plan_says_what_it_will_owe(client, acme, lead, every, begins, words):
    client.force_login(lead)
    typed = {**TYPED, "site": acme.hq.pk, "checklist": checklist("yearly-system").pk}
    typed |= {"every": every, "begins_on": begins}
    page = client.post(f"/inspections/plans/of/{acme.contract.pk}/new/", typed, follow=True).content.decode()
    assert f"This plan {words}" in page
    assert f"This plan {words}" in client.get(f"/inspections/plans/{Plan.objects.get().pk}/").content.decode()


@pytest.mark.parametrize(
    ("what", "words"), [("unit", "out of service"), ("site", "out of service"), ("moved", "stands at another site")]
)
def test_plan_that_owes_nothing_for_now_warns_on_its_page(client, make_plan, acme, lead, what, words):
    plan = make_plan(unit=acme.unit)
    if what == "site":
        acme.hq.is_active = False
        acme.hq.save()
    else:
        acme.unit.is_retired, acme.unit.site = what == "unit", acme.plant if what == "moved" else acme.hq
        acme.unit.save()
    client.force_login(lead)
    page = client.get(f"/inspections/plans/{plan.pk}/").content.decode()
    assert "This plan owes no visit because" in page
    assert words in page


def test_plan_that_is_there_may_be_ended_and_keeps_what_nobody_changes(make_plan, lead):
    plan = make_plan(every="dates", dates=[date(2026, 12, 1)])
    by = Actor(lead)
    later = TODAY + timedelta(days=60)
    services.save_plan(plan=Plan.objects.get(), values={"minutes": 60}, by=by, today=later)
    with pytest.raises(Invalid) as refused:
        services.save_plan(plan=Plan.objects.get(), values={"dates": [date(2025, 1, 1)]}, by=by, today=later)
    assert list(refused.value.errors) == ["dates"]
    services.save_plan(plan=Plan.objects.get(), values={"ends_on": date(2026, 12, 31)}, by=by, today=later)
    plan.refresh_from_db()
    assert (plan.minutes, plan.ends_on, plan.dates) == (60, date(2026, 12, 31), [date(2026, 12, 1)])


def test_end_of_warranty_that_nobody_has_written_down_is_said(make_plan, acme):
    given = {"checklist": checklist("end-of-warranty"), "every": "once", "dates": [date(2027, 1, 15)]}
    acme.unit.warranty_months, acme.unit.accepted_on, acme.unit.delivered_on = None, None, None
    acme.unit.save()
    plan = make_plan(unit=acme.unit, **given)
    assert "SN-1234 has no end of warranty: the given date counts." in prospects.of(plan, TODAY).words
    whole = make_plan(site=acme.plant, **given)
    acme.plant.equipment.update(accepted_on=None, delivered_on=None)
    assert "No unit at this site has an end of warranty ahead" in prospects.of(whole, TODAY).words
    acme.unit.warranty_months, acme.unit.accepted_on = 24, date(2025, 1, 15)
    acme.unit.save()
    assert not prospects.of(plan, TODAY).doubt
