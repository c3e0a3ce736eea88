"""One press for many tickets: what can be done is done, the rest is told by number and reason, and it goes back."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.actors import Actor
from tickets import services
from tickets.models import Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def press(desk, tickets, **form):
    numbers = [ticket.reference for ticket in tickets]
    return desk.post("/tickets/bulk/", {"ticket": numbers, **form}, follow=True).content.decode()


def test_assigns_what_it_can_and_tells_the_rest_and_goes_back(desk, report, agent, lead):
    made = [report() for _n in range(3)]
    now = datetime.now(UTC)
    services.record(ticket=made[2], type="closed", by=Actor(user=agent), at=now, now=now)
    text = press(desk, made, do="assign", assignee=lead.pk)
    assert "2 of 3 assigned" in text
    assert f"{made[2].reference}: It was closed" in text
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {lead.pk, None}
    undo = re.search(r'action="(/[^"]*)"[^>]*>(?:<input[^>]*>)?<button class="btn btn--sm" aria-keyshortcuts="z"', text)
    desk.post(undo[1])
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {None}


def test_assign_to_me_level_and_status(desk, report, agent):
    made = [report(level="3"), report(level="3")]
    press(desk, made, do="mine")
    press(desk, made, do="level", level="2")
    press(desk, made, do="status", status="waiting")
    rows = Ticket.objects.values_list("assignee", "level", "state")
    assert set(rows) == {(agent.pk, "2", "waiting")}


def test_a_lower_level_needs_its_reason(desk, report):
    made = report(level="2")
    assert "Say why the level is lowered." in press(desk, [made], do="level", level="4")
    press(desk, [made], do="level", level="4", note="Works again.")
    made.refresh_from_db()
    assert made.level == "4"


def test_the_same_press_acts_once(desk, report):
    made = [report(), report()]
    form = {"do": "reply", "body": "We are on it.", "token": uuid.uuid4()}
    press(desk, made, **form), press(desk, made, **form)
    assert [ticket.replies.count() for ticket in made] == [1, 1]


def test_merging_leaves_the_one_that_goes_on(desk, report):
    stays, goes = report(), report()
    press(desk, [stays, goes], do="merge", into=stays.reference)
    goes.refresh_from_db(), stays.refresh_from_db()
    assert (goes.merged_into, stays.merged_into) == (stays, None)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"do": "assign"}, "Choose an owner."),
        ({"do": "assign", "assignee": "9" * 30}, "Choose an owner."),
        ({"do": "level"}, "Choose a level."),
        ({"do": "status", "status": "received"}, "Choose a status."),
        ({"do": "merge", "into": "x"}, "Enter the number"),
        ({"do": "nonsense"}, "Choose what to do"),
        ({"do": "reply", "body": " "}, "Write the reply first."),
    ],
)
def test_a_press_that_means_nothing_changes_nothing(desk, report, form, said):
    assert said in press(desk, [report()], **form)


def test_nothing_chosen_and_too_many(desk):
    assert "Choose at least one ticket." in press(desk, [], do="mine")
    numbers = [str(number) for number in range(1, 202)]
    answer = desk.post("/tickets/bulk/", {"ticket": numbers, "do": "mine"}, follow=True)
    assert "at most 200" in answer.content.decode()


def test_a_single_key_acts_on_its_row_alone(desk, report, agent):
    row, chosen = report(), report()
    press(desk, [chosen], do="mine", only=row.reference)
    row.refresh_from_db(), chosen.refresh_from_db()
    assert (row.assignee, chosen.assignee) == (agent, None)
