"""A plan at acme-hq, made as a lead makes it."""

from datetime import UTC, date, datetime

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Checklist, Plan

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def make_plan(acme, lead):
    """`make_plan(every="month", begins_on=..., ...)`: a plan that exists since NOW."""

    def make(**values):
        checklist = Checklist.objects.get(code="monthly-preventive")
        given = {"contract": acme.contract, "site": acme.hq, "checklist": checklist, "begins_on": date(2026, 1, 1)}
        values = {**given, "every": "month", **values}
        return services.save_plan(plan=Plan(), values=values, by=Actor(lead), today=NOW.date()).row

    return make
