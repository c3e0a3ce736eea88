"""Lists over REST are read to their end page by page, in every ordering they offer, forwards and back."""

from datetime import date

import pytest

from accounts.actors import Actor
from customers.models import Contract
from inspections import services
from inspections.models import Checklist, Plan
from jobs import services as jobs
from jobs.models import Period
from tests import places
from tests.inspections.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]
TODAY = NOW.date()


@pytest.fixture
def filled(acme, lead):
    """Three of each."""
    telecom = places.contract(acme.organisation, "telecom")
    Contract.objects.create(organisation=acme.organisation, number="N-1", scheme_code="power", starts_on=places.STARTED)
    checklist = Checklist.objects.get(code="monthly-preventive")
    for n in range(3):
        values = {"contract": telecom, "site": acme.hq, "checklist": checklist, "begins_on": TODAY, "every": "month"}
        services.save_plan(plan=Plan(), values=values, by=Actor(lead), today=TODAY)
        services.begin_analysis(contract=telecom, begins_on=TODAY, ends_on=date(2026, 11, 21 + n), by=Actor(lead))
        days = {"begins_on": date(2026, 12, 1 + n // 2), "last_on": date(2026, 12, 3)}
        jobs.save_period(period=Period(), values={"site": acme.hq, "name": f"Event {n}", **days}, by=Actor(lead))
        wanted = jobs.Wanted(kind="training", site=acme.hq, name=f"Training {n}", **days)
        jobs.make(wanted=wanted, by=Actor(lead), now=NOW)
    services.generate(now=NOW)


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("where", "column"),
    [
        ("inspections", "id"), ("inspections", "closes_on"), ("inspection-plans", "id"), ("contracts", "starts_on"),
        ("jobs", "begins_on"), ("periods", "begins_on"), ("system-analyses", "id"), ("system-analyses", "ends_on"),
    ],
)  # fmt: skip
def test_every_page_of_a_list_is_there_and_each_row_once(api, lead, filled, where, column, sign):
    client = api(lead)
    whole = client.get(f"{where}/?ordering={sign}{column}").json()["results"]
    assert len(whole) >= 3
    page = client.get(f"{where}/?ordering={sign}{column}&page_size=2").json()
    first, rows = page, page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        rows = rows + page["results"]
        before = client.get(page["previous"]).json()
    assert rows == whole
    assert len(whole) > 4 or before["results"] == first["results"]
