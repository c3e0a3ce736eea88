"""Who hears of what happens to a ticket, and who does not."""

import pytest
from django.db import transaction

from accounts.actors import GUEST, SYSTEM, Actor
from accounts.models import Team
from accounts.roles import Role
from customers.models import Membership
from notifications import services as notifications
from notifications.models import Delivery, Notice
from tests.conftest import person
from tests.notifications.conftest import NOW
from tickets import services

pytestmark = pytest.mark.django_db


def test_reporter_gets_a_confirmation_of_what_he_reported_himself(case, mails):
    assert mails() == {("received", "alice@demo.test")}


def test_guest_gets_a_confirmation_at_the_address_he_gave(db, mails):
    contact = services.Contact(name="Guest", email="guest@elsewhere.test")
    services.report(intake=services.Intake(title="Dead screen", contact=contact), by=GUEST, at=NOW, now=NOW)
    assert mails() == {("received", "guest@elsewhere.test")}


def test_customer_hears_of_a_reply_and_its_author_does_not(case, agent, mails, empty_outbox):
    empty_outbox()
    services.watch(ticket=case, user=agent, by=SYSTEM)
    services.reply(ticket=case, body="We look into it.", by=Actor(user=agent), now=NOW)
    assert mails() == {("replied", "alice@demo.test")}


def test_owner_hears_of_the_customers_reply(case, agent, alice, mails, empty_outbox):
    services.assign(ticket=case, assignee=agent, by=SYSTEM, now=NOW)
    empty_outbox()
    services.reply(ticket=case, body="Still broken.", by=Actor(user=alice), now=NOW)
    assert mails() == {("customer_replied", "agent@demo.test")}


def test_team_hears_of_the_customers_reply_while_nobody_owns_the_ticket(
    case, agent, engineer, alice, mails, empty_outbox
):
    team = Team.objects.create(code="night", name="Night")
    team.members.add(agent, engineer)
    services.edit(ticket=case, changes={"team": team}, by=SYSTEM, now=NOW)
    empty_outbox()
    services.reply(ticket=case, body="Still broken.", by=Actor(user=alice), now=NOW)
    assert mails() == {("customer_replied", "agent@demo.test"), ("customer_replied", "engineer@demo.test")}


def test_new_owner_hears_of_it_unless_he_took_it_himself(case, agent, lead, mails, empty_outbox):
    empty_outbox()
    services.assign(ticket=case, assignee=agent, by=Actor(user=agent), now=NOW)
    assert mails() == set()
    services.assign(ticket=case, assignee=lead, by=Actor(user=agent), now=NOW)
    assert mails() == {("assigned", "lead@demo.test")}


@pytest.mark.parametrize("kind", ["departed", "waiting", "restored", "resolved", "closed", "cancelled"])
def test_customer_and_followers_hear_of_public_steps(case, happen, agent, manager, kind, mails, empty_outbox):
    services.watch(ticket=case, user=manager, by=SYSTEM)
    empty_outbox()
    happen(case, kind, by=agent)
    assert {address for _, address in mails()} == {"alice@demo.test", "manager@demo.test"}


def test_nobody_outside_hears_of_what_is_internal(case, happen, agent, lead, mails, empty_outbox):
    empty_outbox()
    services.note(ticket=case, body="They never pay.", by=Actor(user=agent), now=NOW)
    services.edit(ticket=case, changes={"cause": "operation"}, by=Actor(user=agent), now=NOW)
    happen(case, "contingency_declared", by=lead)
    happen(case, "loaner_requested", by=agent)
    assert "alice@demo.test" not in {address for _, address in mails()}
    assert not Notice.objects.filter(user__email="alice@demo.test").exists()


def test_one_person_hears_of_one_event_once(case, happen, agent, alice, mails, empty_outbox):
    services.watch(ticket=case, user=alice, by=SYSTEM)
    services.edit(ticket=case, changes={"contact_email": "ALICE@demo.test"}, by=SYSTEM, now=NOW)
    empty_outbox()
    happen(case, "departed", by=agent)
    assert Delivery.objects.count() == 1


def test_closed_accounts_hear_of_nothing(case, happen, agent, alice, mails, empty_outbox):
    empty_outbox()
    alice.is_active = False
    alice.save()
    happen(case, "departed", by=agent)
    assert mails() == set()


def test_nothing_is_announced_that_was_rolled_back(case, agent, empty_outbox):
    empty_outbox()
    with transaction.atomic():
        services.reply(ticket=case, body="Hello", by=Actor(user=agent), now=NOW)
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()


def test_nobody_hears_of_what_is_written_in_silence(report, alice, mails):
    with notifications.silence():
        report(by=alice, reporter=alice)
    assert mails() == set()
    report(by=alice, reporter=alice)
    assert mails() == {("received", "alice@demo.test")}


@pytest.fixture
def planned(acme, agent):
    """Nobody reported it: the program planned it."""
    intake = services.Intake(title="Half-year check", kind="inspection", organisation=acme.organisation, site=acme.hq)
    return services.report(intake=intake, by=SYSTEM, at=NOW, now=NOW)


def test_planned_work_is_told_to_the_customers_people_of_its_site(
    planned, alice, bob, carol, agent, mails, empty_outbox
):
    empty_outbox()
    fields = {"planned_at": NOW}
    services.record(ticket=planned, type="visit_planned", by=Actor(user=agent), at=NOW, now=NOW, fields=fields)
    assert mails() == set()  # a plan of ours; announcing it tells
    services.record(ticket=planned, type="visit_done", by=Actor(user=agent), at=NOW, now=NOW)
    assert mails() == {("progress", "alice@demo.test")}


def test_who_follows_planned_work_hears_of_it_and_the_others_do_not(planned, alice, acme, agent, mails, empty_outbox):
    boss = person("boss", Role.CUSTOMER)
    Membership.objects.create(user=boss, organisation=acme.organisation)
    services.watch(ticket=planned, user=boss, by=SYSTEM)
    empty_outbox()
    services.reply(ticket=planned, body="We come at nine.", by=Actor(user=agent), now=NOW)
    assert mails() == {("replied", "boss@demo.test")}


def test_a_fault_without_reporter_is_told_to_nobody_else(acme, alice, agent, mails, empty_outbox):
    intake = services.Intake(title="Dead screen", organisation=acme.organisation, site=acme.hq)
    case = services.report(intake=intake, by=Actor(user=agent), at=NOW, now=NOW)
    empty_outbox()
    services.reply(ticket=case, body="We look into it.", by=Actor(user=agent), now=NOW)
    assert mails() == set()
