"""The dashboard's numbers over REST."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from tickets import services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 4, tzinfo=UTC)


def test_same_numbers_as_the_dashboard(api, manager, agent, report):
    with time_machine.travel(NOW, tick=False):
        for minutes in (10, 40):
            at = NOW - timedelta(days=9)
            ticket = report(at=at, now=at, level="2", channel="phone")
            late = at + timedelta(minutes=minutes)
            services.record(ticket=ticket, type="responded", by=Actor(user=agent), at=late, now=late)
        answer = api(manager).get("service-levels/?period=30").json()
    respond = next(row for row in answer["targets"] if row["target"] == "respond")
    assert (respond["met"], respond["missed"], respond["percent"], respond["goal"]) == (1, 1, 50.0, 95.0)
    assert answer["contracts"][0]["contract"] == "C-acme-infrastructure"
    assert answer["severities"][0]["severity"] == 2


def test_customers_and_engineers_may_not_ask(api, alice, engineer):
    assert api(alice).get("service-levels/").status_code == 403
    assert api(engineer).get("service-levels/").status_code == 403


@pytest.mark.parametrize(
    ("query", "field"),
    [("organisation=nobody", "organisation"), ("since=2026-11-10&until=2026-11-01", "until"), ("period=5", "period"),
     ("zone=Mars", "zone"), ("colour=red", "colour"), ("since=x&until=y", "since")],
)  # fmt: skip
def test_bad_parameters_name_the_field(api, manager, query, field):
    answer = api(manager).get(f"service-levels/?{query}")
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
