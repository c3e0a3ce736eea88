"""The unit has an open fault: what was typed goes there as a message, once, and only for who may see it."""

import pytest

from tests.flows import reporting
from tests.tickets.files import upload
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def fault(report, acme):
    return report(title="Fan is loud", equipment=acme.unit)


@pytest.fixture
def walk(browser, acme, fault):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    return walk


def add(walk, **answers):
    facts = {"description": "Now it smells too", **answers}
    return walk.client.post(f"/report/{walk.draft}/add/", facts, follow=True)


def test_what_was_typed_and_sent_is_taken_along(walk, fault):
    walk.client.post(f"/report/{walk.draft}/files/", {"uploads": upload("smell.txt")})
    page = walk.fault(description="Half typed", add="1").content.decode()
    assert f"Add to {fault.reference}" in page
    assert "Half typed</textarea>" in page
    assert "smell.txt" in page


def test_it_becomes_one_message_with_its_files_and_no_ticket(walk, fault, alice):
    walk.client.post(f"/report/{walk.draft}/files/", {"uploads": upload("smell.txt")})
    answers = [add(walk, uploads=[upload("more.txt")]) for _ in range(2)]
    message = fault.replies.get()
    assert (message.body, message.author, message.is_from_customer) == ("Now it smells too", alice, True)
    assert sorted(message.event.attachments.values_list("name", flat=True)) == ["more.txt", "smell.txt"]
    assert Ticket.objects.count() == 1
    assert all("Now it smells too" in answer.content.decode() for answer in answers)


def test_an_empty_message_is_an_error_beside_the_field(walk, fault):
    answer = add(walk, description=" ")
    assert answer.status_code == 400
    assert "Describe what is wrong, in your own words." in answer.content.decode()
    assert not fault.replies.exists()


def test_a_fault_of_a_unit_one_cannot_see_is_never_offered(client, bob, acme, report):
    report(title="secret", equipment=acme.unit)
    client.force_login(bob)
    walk = reporting.Walk(client)
    walk.equipment(unit=acme.plant_unit.pk)
    assert add(walk).redirect_chain[-1][0].endswith("/fault/")
    assert not Ticket.objects.get().replies.exists()


def test_a_guest_never_learns_that_there_is_one(client, fault):
    walk = reporting.Walk(client)
    page = walk.equipment(thing="SN-1234").content.decode()
    assert fault.reference not in page
    assert add(walk).redirect_chain[-1][0].startswith("/report/?draft=")
    assert not fault.replies.exists()
