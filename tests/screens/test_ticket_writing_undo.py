"""Undo on the pages: the toast has its button, the list of recent actions too, and both work without script."""

import re

import pytest
from django.test import Client

from accounts.actors import Actor
from tickets import services
from tickets.models import RecentAction, Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def assign(desk, ticket, person):
    return desk.post(f"{ticket.get_absolute_url()}assign/", {"assignee": person.pk}, follow=True).content.decode()


def undo(page):
    return re.search(r'class="toast">.*?<form method="post" action="(/recent/[^"]+/undo/)"', page, re.S)[1]


def test_the_toast_of_an_assignment_takes_it_back(desk, ticket, lead):
    page = assign(desk, ticket, lead)
    assert "Assigned to Lead" in page
    answer = desk.post(undo(page), headers={"referer": "http://testserver/tickets/?view=mine"})
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/tickets/?view=mine")
    assert Ticket.objects.get(pk=ticket.pk).assignee is None
    assert "Taken back: Assigned to Lead" in desk.get("/tickets/").content.decode()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("events/", {"type": "departed"}),
        ("level/", {"level": "1", "note": "All desks"}),
        ("edit/", {"title": "Printer", "was_title": "Server does not start"}),
    ],
)
def test_every_small_form_can_be_taken_back(desk, ticket, address, data):
    before = Ticket.objects.values("state", "level", "title").get(pk=ticket.pk)
    page = desk.post(f"{ticket.get_absolute_url()}{address}", data, follow=True).content.decode()
    assert Ticket.objects.values("state", "level", "title").get(pk=ticket.pk) != before
    desk.post(undo(page))
    assert Ticket.objects.values("state", "level", "title").get(pk=ticket.pk) == before


def test_what_went_on_says_why_it_stays(desk, ticket, lead, agent):
    action = undo(assign(desk, ticket, lead))
    services.assign(ticket=ticket, assignee=agent, by=Actor(user=lead), now=RecentAction.objects.get().at)
    page = desk.post(action, follow=True).content.decode()
    assert "The ticket went on since. Lead changed the same thing again." in page
    assert Ticket.objects.get(pk=ticket.pk).assignee == agent


def test_recent_actions_lists_them_with_their_ways_back(desk, ticket, lead):
    assign(desk, ticket, lead)
    page = desk.get("/recent/").content.decode()
    assert "Assigned to Lead" in page
    assert ticket.reference in page
    desk.post(re.search(r'action="(/recent/[^"]+/undo/)"', page)[1])
    assert "Taken back" in desk.get("/recent/").content.decode()


def test_others_and_customers_take_nothing_back(desk, client, ticket, lead, alice):
    action = undo(assign(desk, ticket, lead))
    for stranger, status in ((lead, 404), (alice, 302)):
        client.force_login(stranger)
        assert client.post(action).status_code == status
    assert Ticket.objects.get(pk=ticket.pk).assignee == lead


def test_a_way_back_to_another_host_is_not_followed(desk, ticket, lead):
    answer = desk.post(undo(assign(desk, ticket, lead)), headers={"referer": "https://elsewhere.test/"})
    assert answer["Location"] == "/recent/"
