"""Whom a warning, a miss and a raise call: the scheme's ladder, the duty list, and never silently nobody.

infrastructure, level 3, reported 09:00: respond due 09:30 (warned 09:22:30), restore due +24 h, then level 2 and 1.
"""

from datetime import timedelta

import pytest

from accounts.actors import SYSTEM
from accounts.models import Duty, Team
from notifications.models import Delivery
from sla import services as sla
from tests.notifications.conftest import NOW
from tickets import services

pytestmark = pytest.mark.django_db
REPORTED = NOW - timedelta(hours=1)


def on_duty(code, user, **period):
    Duty.objects.create(code=code, user=user, **period)


@pytest.fixture
def called(mails, empty_outbox):
    """Sweeps at an instant and returns whom that called: {(kind, address)}."""

    def sweep(at):
        empty_outbox()
        sla.fire_due(now=at)
        return mails()

    return sweep


def test_warning_calls_the_owner_as_dedicated_engineer(case, engineer, lead, called):
    on_duty("dedicated_engineer", lead)
    on_duty("local_manager", lead)
    services.assign(ticket=case, assignee=engineer, by=SYSTEM, now=REPORTED)
    warned = called(REPORTED + timedelta(minutes=23))
    assert warned == {("clock_warned", "engineer@demo.test"), ("clock_warned", "lead@demo.test")}


def test_without_an_owner_whoever_is_on_duty_is_called(case, engineer, lead, agent, called):
    on_duty("local_manager", lead)
    on_duty("dedicated_engineer", engineer, starts_at=REPORTED, ends_at=NOW)
    on_duty("dedicated_engineer", agent, starts_at=NOW)
    warned = called(REPORTED + timedelta(minutes=23))
    assert warned == {("clock_warned", "engineer@demo.test"), ("clock_warned", "lead@demo.test")}


def test_duty_that_nobody_has_goes_to_the_administrators(case, administrator, called):
    assert called(REPORTED + timedelta(minutes=23)) == {("clock_warned", "admin@demo.test")}


def test_duty_that_nobody_has_goes_to_the_lead_of_the_team(case, administrator, lead, called):
    team = Team.objects.create(code="night", name="Night", lead=lead)
    services.edit(ticket=case, changes={"team": team}, by=SYSTEM, now=REPORTED)
    assert called(REPORTED + timedelta(minutes=23)) == {("clock_warned", "lead@demo.test")}


def test_raise_calls_the_ladder_of_the_new_level_and_tells_the_customer(case, engineer, manager, administrator, called):
    on_duty("dedicated_engineer", engineer)
    on_duty("makers_expert", manager)
    called(NOW)
    mails = called(REPORTED + timedelta(hours=24))
    assert ("level_raised", "manager@demo.test") in mails
    assert ("level_changed", "alice@demo.test") in mails


def test_a_raise_spares_its_people_the_mail_about_the_miss(case, engineer, administrator, called):
    on_duty("dedicated_engineer", engineer)
    called(NOW)
    kinds = {kind for kind, address in called(REPORTED + timedelta(hours=24)) if address == "engineer@demo.test"}
    assert kinds == {"level_raised"}


def test_scheme_without_a_ladder_calls_whoever_works_on_it(report, agent, administrator, called):
    ticket = report(scheme="general", level="urgent", at=REPORTED, now=REPORTED)
    services.assign(ticket=ticket, assignee=agent, by=SYSTEM, now=REPORTED)
    assert called(REPORTED + timedelta(minutes=100)) == {("clock_warned", "agent@demo.test")}


def test_crisis_calls_the_whole_ladder_of_the_gravest_level(case, manager, administrator, called):
    on_duty("national_expert", manager)
    called(NOW)
    assert ("crisis", "manager@demo.test") in called(REPORTED + timedelta(hours=32))


def test_a_second_sweep_announces_nothing_twice(case, administrator, called):
    called(NOW)
    sla.fire_due(now=NOW)
    assert Delivery.objects.values("event", "user").distinct().count() == Delivery.objects.count()
