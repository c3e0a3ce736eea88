"""Plans over REST: made, changed under If-Match, taken out of use; by those who manage plans and nobody else."""

import pytest

from customers.models import Equipment
from inspections.models import Plan
from tickets.models import Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]
GIVEN = {
    "site": "acme-hq", "checklist": "monthly-preventive", "every": "weeks", "days": 2, "weekday": 2,
    "begins_on": "2026-11-01",
}  # fmt: skip


@pytest.fixture
def body(acme):
    return {**GIVEN, "contract": acme.contract.number}


def test_plan_is_made_and_what_it_owes_soon_is_planned(api, lead, body, engineer):
    answer = api(lead).post("inspection-plans/", {**body, "assignee": engineer.email, "minutes": 60})
    assert answer.status_code == 201
    found = answer.json()
    assert (found["every"], found["days"], found["weekday"], found["minutes"]) == ("weeks", 2, 2, 60)
    assert found["assignee"] == engineer.email
    assert len(found["inspections"]) == Ticket.objects.filter(kind="inspection").count() > 3


def test_plan_is_changed_under_its_version(api, lead, body):
    client = api(lead)
    first = client.post("inspection-plans/", body)
    where = f"inspection-plans/{first.json()['id']}/"
    tag = first.headers["ETag"]
    assert client.patch(where, {"every": "month", "weekday": None}, If_Match=tag).json()["every"] == "month"
    assert client.patch(where, {"days": 3}, If_Match=tag).status_code == 412
    assert client.patch(where, {"active": False}).json()["active"] is False
    assert not Plan.objects.get().is_active


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"equipment": "NO-SUCH"}, "equipment"),
        ({"equipment": "SN-1235"}, "equipment"),
        ({"every": "month"}, "weekday"),
        ({"every": "dates", "weekday": None}, "dates"),
        ({"site": "borealis-1"}, "site"),
        ({"days": 0}, "days"),
        ({"colour": "red"}, "colour"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"begins_on": "2023-12-31"}, "begins_on"),
    ],
)
def test_bad_input_is_named_by_its_field(api, lead, body, borealis, values, field):
    answer = api(lead).post("inspection-plans/", {**body, **values})
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) == {field}
    assert not Plan.objects.exists()


def test_others_make_and_change_none(api, lead, agent, alice, carol, body):
    made = api(lead).post("inspection-plans/", {**body, "maker_contact": "Mr Lam"}).json()
    where = f"inspection-plans/{made['id']}/"
    for person in (agent, alice):
        assert api(person).post("inspection-plans/", body).status_code == 403
        assert api(person).patch(where, {"days": 3}).status_code == 403
    assert api(alice).get(where).json()["maker_contact"] is None
    assert api(carol).get(where).status_code == 404


def test_plan_by_importance_over_rest(api, lead, acme):
    Equipment.objects.filter(pk=acme.unit.pk).update(importance="vital")
    body = {
        "contract": acme.contract.number, "site": "acme-hq", "checklist": "monthly-preventive", "every": "importance",
        "begins_on": "2026-11-01", "vital_every": "quarter",
    }  # fmt: skip
    assert set(api(lead).post("inspection-plans/", body).json()["errors"]) == {"equipment"}
    found = api(lead).post("inspection-plans/", {**body, "equipment": "SN-1234"}).json()
    assert (found["every"], found["pace"], found["ordinary_every"]) == ("importance", "quarter", "half-year")
    assert api(lead).patch(f"inspection-plans/{found['id']}/", {"vital_every": "weeks"}).status_code == 400
    assert api(lead).patch(f"inspection-plans/{found['id']}/", {"vital_every": "year"}).json()["pace"] == "year"
