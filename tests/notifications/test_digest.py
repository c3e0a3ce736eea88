"""Many mails of one kind for one person at once become one; few stay themselves."""

from datetime import timedelta

import pytest

from accounts.actors import SYSTEM
from notifications import services as notifications
from notifications.models import Delivery
from tests.notifications.conftest import NOW
from tickets import services
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def assigned(report, agent):
    """`assigned(n)`: n tickets given to the agent, one mail each."""

    def make(count):
        for number in range(count):
            ticket = report(title=f"Fault {number}", at=NOW, now=NOW)
            services.assign(ticket=ticket, assignee=agent, by=SYSTEM, now=NOW)

    return make


def test_five_at_once_become_one_that_lists_them(assigned, run_outbox):
    assigned(5)
    (letter,) = run_outbox(NOW)
    assert "5 tickets" in letter.subject
    assert all(f"Fault {number}" in letter.body for number in range(5))
    assert Delivery.objects.filter(status="digested", digest__status="sent").count() == 5


def test_four_stay_themselves(assigned, run_outbox):
    assigned(4)
    assert len(run_outbox(NOW)) == 4


def test_what_was_sent_already_is_in_no_summary(assigned, run_outbox):
    assigned(4)
    run_outbox(NOW)
    assigned(4)
    assert len(run_outbox(NOW + timedelta(seconds=2))) == 4


def test_confirmations_and_messages_are_never_merged(report, alice, run_outbox):
    for number in range(6):
        report(by=alice, reporter=alice, title=f"Fault {number}", at=NOW, now=NOW)
    assert len(run_outbox(NOW)) == 6


def test_summary_that_fails_is_one_row_to_send_again(assigned, run_outbox, settings):
    settings.EMAIL_BACKEND = "tests.notifications.mail_backends.Refusing"
    assigned(6)
    run_outbox(NOW)
    assert Delivery.objects.get(status="pending").kind == "digest"
    assert notifications.hand_over(now=NOW + timedelta(seconds=1)) == []


def test_summary_leaves_out_what_the_person_cannot_see_any_more(report, alice, bob, acme, agent, happen, run_outbox):
    tickets = [report(reporter=alice, at=NOW, now=NOW, title=f"Fault {number}") for number in range(5)]
    run_outbox(NOW)
    for ticket in tickets:
        happen(ticket, "departed", by=agent)
    Ticket.objects.filter(pk=tickets[0].pk).update(site=acme.plant)
    (letter,) = run_outbox(NOW)
    assert "Fault 0" not in letter.body
    assert "Fault 4" in letter.body
