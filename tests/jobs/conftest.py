"""Delta has scheme 3, with two units in Berlin and a customer; Xi is a senior engineer, so is the lead."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.actors import Actor
from accounts.models import Duty
from accounts.roles import Role
from customers.models import Membership, Product
from jobs import services
from jobs.models import Job, Period
from tests import places
from tests.conftest import person

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday, 10:00 in Berlin, 17:00 in Shanghai


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def studio(delta, _now):
    product = Product.objects.create(code="mcu", name="MCU 9000")
    delta.units = [places.unit(delta.site, serial, product) for serial in ("SN-4001", "SN-4002")]
    return delta


@pytest.fixture
def dora(studio):
    """Customer of the whole of delta."""
    user = person("dora", Role.CUSTOMER)
    Membership.objects.create(user=user, organisation=studio.organisation)
    return user


@pytest.fixture
def seniors(engineer, lead):
    for user in (engineer, lead):
        Duty.objects.create(code="senior_engineer", user=user)
    return [engineer.email, lead.email]


@pytest.fixture
def make_period(studio, dora):
    def make(**values):
        given = {
            "site": studio.site,
            "name": "Live final",
            "begins_on": date(2026, 12, 12),
            "last_on": date(2026, 12, 13),
        }
        return services.save_period(period=Period(), values={**given, **values}, by=Actor(dora)).row

    return make


@pytest.fixture
def asked(make_period, dora):
    return services.ask_assurance(period=make_period(), by=Actor(dora), now=NOW)


@pytest.fixture
def do(engineer):
    """`do(job, "plan", {...}, by=person)`: the step is done."""

    def finish(job, code, given=None, by=None, now=NOW):
        job = Job.objects.get(pk=job.pk)
        return services.finish(job=job, code=code, given=services.Given(given or {}), by=Actor(by or engineer), now=now)

    return finish
