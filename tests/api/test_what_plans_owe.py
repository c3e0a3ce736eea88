"""Over REST, too, a plan that can never owe a visit is refused, and each says what it will owe."""

from datetime import UTC, datetime

import pytest
import time_machine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(datetime(2026, 11, 20, 9, tzinfo=UTC), tick=False):
        yield


def rest(api, lead, acme, **values):
    given = {"contract": acme.contract.number, "site": "acme-hq", "checklist": "yearly-system"}
    return api(lead).post("inspection-plans/", {**given, "begins_on": "2026-11-20", **values})


def test_rest_refuses_it_with_the_same_words_and_says_what_a_plan_owes(api, lead, acme):
    answer = rest(api, lead, acme, every="dates", dates=["2026-11-02"], begins_on="2026-01-01")
    assert answer.status_code == 400
    assert "This plan owes no visit because its dates are over." in answer.content.decode()
    answer = rest(api, lead, acme, every="half-year")
    assert answer.status_code == 201
    owes = answer.json()["owes"]
    assert (owes["visits"], owes["first_from"], owes["first_before"]) == (2, "2026-11-20", "2027-05-20")
    assert owes["nothing"] is None
    assert owes["text"].startswith("This plan owes 2 visits")
    acme.hq.is_active = False
    acme.hq.save()
    owes = api(lead).get(f"inspection-plans/{answer.json()['id']}/").json()["owes"]
    assert (owes["visits"], owes["first_from"], owes["nothing"]) == (0, None, "unserved")
