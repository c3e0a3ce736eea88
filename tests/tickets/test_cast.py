"""Who of the fixed cast sees a ticket at acme-hq."""

import pytest

from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def test_customer_of_the_site_sees_it(ticket, alice):
    assert ticket in Ticket.objects.visible_to(alice)


def test_colleague_of_another_site_does_not(ticket, bob):
    assert not Ticket.objects.visible_to(bob).exists()


def test_stranger_does_not(ticket, carol):
    assert not Ticket.objects.visible_to(carol).exists()


@pytest.mark.django_db(transaction=True)
def test_a_log_that_was_committed_can_be_cleaned_up_between_tests(ticket):
    assert ticket.events.filter(type="received").count() == 1
