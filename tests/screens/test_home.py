"""Everybody starts where his work is."""

import pytest
from django.test import Client

from tickets.models import Ticket


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("agent", "/tickets/"),
        ("lead", "/tickets/"),
        ("manager", "/dashboard/"),
        ("engineer", "/tickets/?view=mine"),
        ("storekeeper", "/spares/"),
        ("alice", "/portal/"),
    ],
)
def test_home_is_where_the_role_works(client: Client, request, role, address):
    client.force_login(request.getfixturevalue(role))
    assert client.get("/").headers["Location"] == address


def test_a_guest_is_asked_to_sign_in(client: Client, agent):
    assert client.get("/").headers["Location"] == "/account/sign-in/"


@pytest.mark.parametrize("address", ["/tickets/", "/tickets/filter/", "/tickets/new/", "/tickets/SD-1/"])
def test_agents_pages_send_customers_to_the_portal(client: Client, alice, address):
    client.force_login(alice)
    assert client.get(address).headers["Location"] == "/portal/"


@pytest.mark.parametrize("door", ["messages", "events", "level", "edit", "assign", "watch", "link", "unlink", "merge"])
def test_customers_cannot_write_through_agents_doors(client: Client, alice, ticket, door):
    client.force_login(alice)
    before = Ticket.objects.get(pk=ticket.pk).last_seq
    answer = client.post(f"/tickets/{ticket.reference}/{door}/", {"kind": "reply", "body": "x", "type": "closed"})
    ticket.refresh_from_db()
    assert answer.headers["Location"] == "/portal/"
    assert ticket.last_seq == before
